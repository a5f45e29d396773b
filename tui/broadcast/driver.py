"""A driver without a terminal: what is drawn goes into the frames of a broadcast."""

from __future__ import annotations

from collections.abc import Callable

from textual._compositor import CompositorUpdate
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver
from textual.geometry import Offset

from tui.broadcast.broadcaster import Broadcaster


class BroadcastDriver(HeadlessDriver):
    """Takes no key from anybody; nothing that a looker-on does comes this way."""

    def __init__(  # noqa: PLR0913  # as Textual calls it
        self,
        broadcaster: Broadcaster,
        drawn: Callable[[], None],
        app: App[object],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._broadcaster = broadcaster
        self._drawn = drawn

    def show(self, update: CompositorUpdate, cursor: Offset, *, hold: bool) -> None:
        """Draw what the compositor has drawn anew; nobody types, so there is no cursor."""
        del cursor, hold
        self._broadcaster.paint(update)
        self._drawn()

    def name_window(self, title: str) -> None:
        """Put a title over the page."""
        self._broadcaster.name(title)
        self._drawn()
