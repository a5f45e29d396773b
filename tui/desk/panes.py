"""The desk's commands about itself: panes, help, export, quit."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

from textual.screen import Screen

from feed.clock import utc_now
from feed.reports.digest import digest, digest_as_text
from feed.reports.standing_text import standing_as_csv, standing_as_markdown
from feed.reports.summary import standing_summary
from tui.control_grid.widget import ControlGrid
from tui.desk.help import Help
from tui.settings.commands import COMMANDS
from tui.update_log.widget import UpdateLog

if TYPE_CHECKING:
    from feed.model.terms import HouseStyle
    from feed.model.view import View
    from tui.desk.compare import Compared
    from tui.panes.pane_tabs import Pane
    from tui.settings.keymap import Keymap

_TWICE_WITHIN = 2.0


class LookActions(Screen[None]):
    """Changes how the desk looks, and leaves it."""

    current: View
    style: HouseStyle
    pane: Pane
    keys: Keymap
    _quit_asked_at = float("-inf")

    def draw(self) -> None:
        """Draw again; the desk does."""
        raise NotImplementedError

    def focus_pane(self, pane: Pane) -> None:
        """Go to a pane; the desk does."""
        raise NotImplementedError

    def action_run(self, command: str) -> None:
        """Do what a command of the table says; the desk does."""
        raise NotImplementedError

    def clear_filter(self) -> bool:
        """Clear the filter; the desk does."""
        raise NotImplementedError

    def compared(self) -> Compared | None:
        """Give what lies between the mark and the moment looked at; the desk does."""
        raise NotImplementedError

    def do_help(self) -> None:
        """Show every key."""
        self.app.push_screen(Help(self.pane, self.keys), self._do_from_help)

    def _do_from_help(self, place: int | None) -> None:
        if place is not None:
            self.action_run(COMMANDS[place].id)

    def do_palette(self) -> None:
        """Open the command palette."""
        self.app.action_command_palette()

    def do_quit(self) -> None:
        """Quit; while live only when asked twice."""
        now = time.monotonic()
        live = self.current.mode != "replay"
        if live and now - self._quit_asked_at > _TWICE_WITHIN:
            self._quit_asked_at = now
            self.notify("The night is live: press q again to quit.", markup=False, timeout=2)
            return
        self.app.exit()

    def do_quit_now(self) -> None:
        """Quit at once."""
        self.app.exit()

    def do_next_pane(self) -> None:
        """Go to the next pane."""
        self._turn_pane(1)

    def do_previous_pane(self) -> None:
        """Go to the pane before."""
        self._turn_pane(-1)

    def _turn_pane(self, by: int) -> None:
        panes: tuple[Pane, ...] = ("updates", "scoreboard", "grid")
        self.focus_pane(panes[(panes.index(self.pane) + by) % len(panes)])

    def do_pane_updates(self) -> None:
        """Go to the update log."""
        self.focus_pane("updates")

    def do_pane_scoreboard(self) -> None:
        """Go to the scoreboard."""
        self.focus_pane("scoreboard")

    def do_pane_grid(self) -> None:
        """Go to the grid."""
        self.focus_pane("grid")

    def do_maximise(self) -> None:
        """Give the pane in hand the whole screen, and back."""
        self.toggle_class("-maximised")

    def do_back(self) -> None:
        """End what is being typed or clear the filter, else leave a maximised pane."""
        grid = self.query_one(ControlGrid)
        if grid.jumping:
            grid.end_jump()
        elif not self.clear_filter():
            self.remove_class("-maximised")

    def do_wrap(self) -> None:
        """Wrap the log's sentences, or cut them to a line."""
        log = self.query_one(UpdateLog)
        log.wraps = not log.wraps

    def do_export(self) -> None:
        """Save the screen as a picture, the standing as figures and, with a mark, the changes."""
        folder = Path.cwd()
        stem = f"nightdesk-{utc_now():%Y%m%d-%H%M%S}"
        standing, compared = self.current.standing, self.compared()
        texts = {
            ".csv": standing_as_csv(standing, self.style),
            ".md": standing_as_markdown(standing, self.style),
            ".json": json.dumps(
                standing_summary(standing, self.style), indent=1, ensure_ascii=False
            ),
        }
        beside = "the figures beside it"
        if compared is not None:
            changes = digest(compared.before, compared.after)
            texts["-changes.md"] = digest_as_text(changes, self.style, marked=True)
            beside = f"the whole night beside it, and the changes {compared.words} by themselves"
        try:
            picture = self.app.save_screenshot(f"{stem}.svg", str(folder))
            for suffix, text in texts.items():
                (folder / f"{stem}{suffix}").write_text(text, encoding="utf-8")
        except OSError as error:
            self.notify(f"Not saved: {error.strerror}", severity="error", markup=False)
            return
        self.notify(f"Saved {picture}, {beside}.", markup=False)
