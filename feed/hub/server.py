"""A hub on this machine: the config, the tokens and the start of a `nats-server`."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from pathlib import Path
from typing import Final

from feed.errors import SourceUnreadable, UsageProblem
from feed.hub.connection import Role
from feed.hub.subjects import LATEST, STREAM
from feed.private_folder import make_private_folder
from feed.records import record

ROLES: Final[tuple[Role, ...]] = ("recorder", "reader")
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_API: Final = "$JS.API"
_READER: Final = (
    f"{_API}.INFO",
    *(
        f"{_API}.STREAM.{verb}.{stream}"
        for verb in ("INFO", "MSG.GET")
        for stream in (STREAM, LATEST)
    ),
    f"{_API}.CONSUMER.CREATE.{STREAM}",
    f"{_API}.CONSUMER.CREATE.{STREAM}.>",
    f"{_API}.CONSUMER.INFO.{STREAM}.*",
    f"{_API}.CONSUMER.MSG.NEXT.{STREAM}.*",
)
"""What a reader may ask: the state of the streams, and consumers of its own."""
_RECORDER: Final = (
    "nd.>",
    "nd-alive.>",
    f"{_API}.INFO",
    *(f"{_API}.STREAM.{verb}.{stream}" for verb in ("CREATE", "INFO", "MSG.GET")
      for stream in (STREAM, LATEST)),
)  # fmt: skip
_HEARD: Final = ("_INBOX.>", "nd.>", "nd-alive.>")


@record(frozen=True, slots=True)
class Listening:
    """Where a hub listens."""

    host: str = "127.0.0.1"
    port: int = 4222
    certificate: Path | None = None
    key: Path | None = None

    @property
    def url(self) -> str:
        """The address to give to recorders and readers."""
        scheme = "tls" if self.certificate else "nats"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{scheme}://{host}:{self.port}"


def refuse_open_door(listening: Listening, *, insecure: bool) -> None:
    """Raise UsageProblem where anybody on the network could listen in.

    Args:
        listening: where the hub is to listen.
        insecure: it was said that this is wanted.

    """
    if (listening.certificate is None) != (listening.key is None):
        raise UsageProblem("a certificate and its key go together", "give --tls-cert and --tls-key")
    if listening.host not in _LOOPBACK and listening.certificate is None and not insecure:
        raise UsageProblem(
            f"on {listening.host} tokens and results would pass in clear",
            "give --tls-cert and --tls-key, or say --insecure",
        )


def server_program() -> str:
    """Return the path of `nats-server`; raises SourceUnreadable with the way to install it."""
    found = shutil.which("nats-server") or shutil.which(
        "nats-server", path="/usr/sbin:/usr/local/sbin"
    )
    if found is None:
        raise SourceUnreadable(
            "there is no nats-server on this machine",
            "`apt install nats-server` or `brew install nats-server` brings it",
        )
    return found


def written_config(folder: Path, listening: Listening) -> Path:
    """Write the hub's config, and a token for each role where there is none; return the config.

    Everything in the folder is the owner's alone: the folder 0700, the files 0600.

    Args:
        folder: the hub's folder; it is made.
        listening: where the hub is to listen.

    Raises:
        SourceUnreadable: the folder cannot be written.

    """
    try:
        make_private_folder(folder)
        folder.chmod(0o700)
        tokens = {role: _token(folder / f"{role}.token") for role in ROLES}
        config = folder / "nats-server.conf"
        _write(config, _config(folder, listening, tokens))
    except (OSError, ValueError) as error:
        raise SourceUnreadable(f"the hub's folder {folder} cannot be written: {error}") from error
    return config


def _token(path: Path) -> str:
    if path.exists():
        return path.read_text(encoding="ascii").strip()
    token = secrets.token_urlsafe(24)
    _write(path, token + "\n")
    return token


def _write(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)


def _config(folder: Path, listening: Listening, tokens: dict[Role, str]) -> str:
    allowed = {"recorder": _RECORDER, "reader": _READER}
    users = [
        {
            "user": role,
            "password": tokens[role],
            "permissions": {"publish": list(allowed[role]), "subscribe": list(_HEARD)},
        }
        for role in ROLES
    ]
    config: dict[str, object] = {
        "host": listening.host,
        "port": listening.port,
        "max_payload": 8 << 20,
        "jetstream": {"store_dir": str(folder / "store")},
        "authorization": {"users": users},
    }
    if listening.certificate is not None:
        config["tls"] = {"cert_file": str(listening.certificate), "key_file": str(listening.key)}
    return json.dumps(config, indent=1)
