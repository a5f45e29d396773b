"""Where a broadcast listens, and who is let in."""

from __future__ import annotations

import hmac
import os
import re
import secrets
import socket
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from platformdirs import user_state_path

from feed.errors import SourceUnreadable, UsageProblem

USUAL: Final = "127.0.0.1:8390"
_LISTEN: Final = re.compile(
    r"(?P<only>\d{1,5})|(?P<host>[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>\d{1,5}))?", re.ASCII
)
_EVERYWHERE: Final = frozenset({"0.0.0.0", "::"})  # noqa: S104  # it is asked for
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Door:
    """An address to listen on, and the token that opens it."""

    host: str = "127.0.0.1"
    port: int = 8390
    token: str = field(default="", repr=False)
    """Empty on loopback, where none is asked for."""
    secure: bool = False
    """Whether it speaks TLS."""
    proxy: str = ""
    """The name that a proxy on this machine passes on."""

    @property
    def is_open(self) -> bool:
        """Whether other machines can reach it."""
        return self.host not in _LOOPBACK

    @property
    def url(self) -> str:
        """The address without any secret; where it is every address, by the machine's name."""
        host = socket.gethostname() if self.host in _EVERYWHERE else self.host
        host = f"[{host}]" if ":" in host else host
        return f"{'https' if self.secure else 'http'}://{host}:{self.port}/"

    def knows_host(self, host: str) -> bool:
        """Whether a request came by a name of ours.

        On loopback a name of somebody else that leads here is a foreign page's way in (DNS
        rebinding); elsewhere the token keeps it out.
        """
        name = re.sub(r":\d*\Z", "", host).strip("[]").lower()
        return self.is_open or name in _LOOPBACK or name == self.proxy.lower() != ""

    def knows_origin(self, origin: str | None, host: str) -> bool:
        """Whether the page that opens a socket is ours; programs that are no browser say none."""
        return origin is None or origin.lower() in {
            f"{scheme}://{host.lower()}" for scheme in ("http", "https")
        }

    def opens(self, token: str) -> bool:
        """Whether a token is the right one; how long that takes tells nothing of it."""
        return hmac.compare_digest(token.encode(), self.token.encode())


def door_at(listen: str, *, secure: bool = False, proxy: str = "") -> Door:
    """Return the door at `host:port`, `host` or `port`, with its token where it is not loopback.

    Args:
        listen: where to listen.
        secure: whether it speaks TLS.
        proxy: the name that a proxy on this machine passes on.

    Raises:
        UsageProblem: that is no address.
        SourceUnreadable: the file of the token cannot be read or written.

    """
    found = _LISTEN.fullmatch(listen)
    port = int(found["port"] or found["only"] or 8390) if found else 0
    if found is None or not 0 < port < 65536:
        raise UsageProblem(f"{listen!r} is no address to listen on", f"write it as {USUAL}")
    door = Door((found["host"] or "127.0.0.1").strip("[]"), port, secure=secure, proxy=proxy)
    return replace(door, token=kept_token(token_path())) if door.is_open else door


def token_path() -> Path:
    """Return the file that holds the token of broadcasts."""
    return user_state_path("nightdesk") / "serve.token"


def kept_token(path: Path) -> str:
    """Return the token in a file that is the owner's alone; it is made where there is none.

    Raises:
        SourceUnreadable: the file cannot be read or written.

    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make(path)
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        with os.fdopen(descriptor, encoding="ascii") as file:
            os.fchmod(descriptor, 0o600)
            token = file.read().strip()
    except (OSError, ValueError) as error:
        raise SourceUnreadable(f"the token in {path} cannot be read: {error}") from error
    if not re.fullmatch(r"[\w-]{16,}", token, re.ASCII):
        raise SourceUnreadable(f"{path} holds no token", "delete it: a new one is made")
    return token


def _make(path: Path) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        descriptor = os.open(path, flags, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(24) + "\n")
