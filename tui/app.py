"""The application: themes, the session's thread, and the desk's screen."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable

from textual.app import App, SystemCommand
from textual.screen import Screen

from feed.session import Post, Session
from feed.view import View
from tui.launch import Look
from tui.messages import StandingReady
from tui.screens.desk import DeskScreen
from tui.themes import THEMES


class Desk(App[None]):
    """nightdesk on a screen."""

    TITLE = "nightdesk"
    CSS_PATH = "nightdesk.tcss"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    ESCAPE_TO_MINIMIZE = False

    def __init__(self, make: Callable[[Post], Session], look: Look | None = None) -> None:
        super().__init__(ansi_color="NO_COLOR" in os.environ)
        self.look = look or Look()
        self._make = make
        self.session: Session | None = None

    def on_mount(self) -> None:
        """Draw the first frame, then start the source."""
        for theme in THEMES:
            self.register_theme(theme)
        wanted = self.look.theme or "nightdesk-dark"
        self.theme = wanted if wanted in self.available_themes else "nightdesk-dark"
        self.session = self._make(self._post)
        self.push_screen(DeskScreen(self.session, self.look.style, self.look.view or "desk"))
        for number in (signal.SIGTERM, signal.SIGHUP):
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                self._loop_signal(number)
        self.call_after_refresh(self.session.start)

    def on_unmount(self) -> None:
        """Stop the threads and close the recording."""
        if self.session is not None:
            self.session.stop()
            self.session = None

    def get_system_commands(self, screen: Screen[object]) -> list[SystemCommand]:
        """Give the palette every command of the table."""
        if isinstance(screen, DeskScreen):
            return list(screen.palette_commands())
        return list(super().get_system_commands(screen))

    def _loop_signal(self, number: int) -> None:
        import asyncio  # noqa: PLC0415

        asyncio.get_running_loop().add_signal_handler(number, self.exit)

    def _post(self, view: View) -> None:
        """Take a view over from the session's thread."""
        self.call_later(self._hand_over, view)

    def _hand_over(self, view: View) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                screen.post_message(StandingReady(view))
