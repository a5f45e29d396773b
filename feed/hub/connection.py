"""Reaching a hub: its address, the token that opens it, and its streams made or checked."""

from __future__ import annotations

import asyncio
import os
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import urlsplit

from platformdirs import user_state_path

from feed.errors import SourceUnreadable, UsageProblem
from feed.hub.subjects import LATEST, LINES, STREAM, VALUES
from feed.records import record

if TYPE_CHECKING:
    from nats.aio.client import Client
    from nats.js import JetStreamContext

Role = Literal["recorder", "reader"]
TOKEN: Final = "NIGHTDESK_HUB_TOKEN"  # noqa: S105  # a name, no secret
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_CONNECT: Final = 5
"""Seconds: a program that draws its first screen on a busy machine needs more than two."""
_CLOSE: Final = 2
_INSTALL: Final = "`pip install 'nightdesk[hub]'` brings it"


@record(frozen=True, slots=True)
class Hub:
    """The address of a hub and how its door is opened."""

    url: str
    """Without any secret: it may be shown."""
    role: Role
    token: str = field(default="", repr=False)
    ca: Path | None = None
    """The certificate that the hub's own is signed with; the system's where none is given."""


def hub_folder() -> Path:
    """Return the folder of the hub on this machine: its config, its tokens and its store."""
    return user_state_path("nightdesk") / "hub"


def token_file(role: Role) -> Path:
    """Return the file that holds a role's token on the machine of the hub."""
    return hub_folder() / f"{role}.token"


def hub_at(url: str, role: Role, *, token_at: Path | None = None, ca: Path | None = None) -> Hub:
    """Return the hub at an address, with the token of a role.

    The token comes from `token_at`, else from the environment, else, for a hub on this machine,
    from the file that `nightdesk hub` wrote.

    Args:
        url: `nats://host:port`, or `tls://host:port`.
        role: `recorder` publishes, `reader` looks on.
        token_at: a file that holds the token.
        ca: the certificate that the hub's own is signed with.

    Raises:
        UsageProblem: the address is none, or holds a secret, which everybody on the machine could
            read in the list of processes.
        SourceUnreadable: the file of the token cannot be read.

    """
    parts = urlsplit(url)
    if parts.scheme not in {"nats", "tls"} or not parts.hostname:
        raise UsageProblem(f"{url} is no address of a hub", "give nats://host:4222")
    if parts.username or parts.password:
        raise UsageProblem(
            "a token in the address can be read by everybody on this machine",
            f"put it into {TOKEN} or into a file that --token-file names",
        )
    token = os.environ.get(TOKEN, "")
    if token_at is None and not token and parts.hostname in _LOOPBACK:
        token_at = token_file(role) if token_file(role).exists() else None
    if token_at is not None:
        try:
            token = token_at.read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:
            raise SourceUnreadable(f"the token in {token_at} cannot be read: {error}") from error
    return Hub(url, role, token, ca)


def need_the_client() -> None:
    """Raise UsageProblem where the library that speaks to a hub is not installed."""
    try:
        import nats  # noqa: F401, PLC0415
    except ImportError as error:
        raise UsageProblem("a hub needs the library nats-py", _INSTALL) from error


@asynccontextmanager
async def connected(hub: Hub, *, name: str) -> AsyncIterator[Client]:
    """Connect once; a connection that breaks is left, and the caller comes back.

    Raises OSError, asyncio.TimeoutError or nats.errors.Error where there is no way in.
    """
    import nats  # noqa: PLC0415

    async def quiet(_error: Exception) -> None:
        """Leave it to the call that fails: the library would print a traceback."""

    tls = None
    if hub.ca is not None or hub.url.startswith("tls:"):
        tls = ssl.create_default_context(cafile=None if hub.ca is None else str(hub.ca))
    credentials = {"user": hub.role, "password": hub.token} if hub.token else {}
    client = await nats.connect(
        hub.url, name=name, allow_reconnect=False, connect_timeout=_CONNECT, error_cb=quiet,
        max_outstanding_pings=2, ping_interval=5, tls=tls, **credentials,
    )  # fmt: skip
    try:
        yield client
    finally:
        with suppress(Exception):
            await asyncio.wait_for(client.close(), _CLOSE)


async def make_streams(stream: JetStreamContext) -> None:
    """Make the hub's two streams, or take them as they are.

    Raises nats.js.errors.Error where the role may not, or a stream of another shape is there.
    """
    from nats.js.api import DiscardPolicy, StorageType, StreamConfig  # noqa: PLC0415
    from nats.js.errors import NotFoundError  # noqa: PLC0415

    lines = StreamConfig(
        name=STREAM, subjects=[LINES], storage=StorageType.FILE, discard=DiscardPolicy.NEW,
        max_msgs_per_subject=1, discard_new_per_subject=True, deny_delete=True, deny_purge=True,
    )  # fmt: skip
    latest = StreamConfig(
        name=LATEST, subjects=list(VALUES), storage=StorageType.FILE, max_msgs_per_subject=1
    )
    for config in (lines, latest):
        try:
            await stream.stream_info(str(config.name))
        except NotFoundError:
            await stream.add_stream(config)
