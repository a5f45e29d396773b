"""The commands about the desk itself: its panes, help, export, quit."""

from __future__ import annotations

import json
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from feed.clock import utc_now
from feed.reports.digest import digest, digest_as_text
from feed.reports.standing_text import standing_as_csv, standing_as_markdown
from feed.reports.summary import standing_summary
from tui.control_grid.widget import ControlGrid
from tui.desk.commands.find import clear_filter
from tui.desk.help import Help
from tui.panes.pane_tabs import PANES
from tui.settings.commands import COMMANDS
from tui.update_log.widget import UpdateLog

if TYPE_CHECKING:
    from tui.desk.screen import DeskScreen

_TWICE_WITHIN = 2.0
"""Seconds within which the key to quit a live night is to be pressed again."""


def show_help(desk: DeskScreen) -> None:
    """Show every key."""
    desk.app.push_screen(Help(desk.pane, desk.keys), partial(do_from_help, desk))


def do_from_help(desk: DeskScreen, place: int | None) -> None:
    """Do what was chosen on the page of keys, if anything was."""
    if place is not None:
        desk.run(COMMANDS[place].id)


def show_palette(desk: DeskScreen) -> None:
    """Open the command palette."""
    desk.app.action_command_palette()


def ask_to_quit(desk: DeskScreen) -> None:
    """Quit; while live only when asked twice."""
    now = time.monotonic()
    live = desk.current.mode != "replay"
    if live and now - desk.quit_asked_at > _TWICE_WITHIN:
        desk.quit_asked_at = now
        desk.notify("The night is live: press q again to quit.", timeout=2)
        return
    desk.app.exit()


def quit_now(desk: DeskScreen) -> None:
    """Quit at once."""
    desk.app.exit()


def go_to_next_pane(desk: DeskScreen) -> None:
    """Go to the next pane."""
    _turn(desk, 1)


def go_to_previous_pane(desk: DeskScreen) -> None:
    """Go to the pane before."""
    _turn(desk, -1)


def _turn(desk: DeskScreen, by: Literal[1, -1]) -> None:
    desk.focus_pane(PANES[(PANES.index(desk.pane) + by) % len(PANES)])


def go_to_updates(desk: DeskScreen) -> None:
    """Go to the update log."""
    desk.focus_pane("updates")


def go_to_scoreboard(desk: DeskScreen) -> None:
    """Go to the scoreboard."""
    desk.focus_pane("scoreboard")


def go_to_grid(desk: DeskScreen) -> None:
    """Go to the grid."""
    desk.focus_pane("grid")


def toggle_maximised(desk: DeskScreen) -> None:
    """Give the pane in hand the whole screen, and back."""
    desk.toggle_class("-maximised")


def go_back(desk: DeskScreen) -> None:
    """End what is being typed or clear the filter, else leave a maximised pane."""
    grid = desk.query_one(ControlGrid)
    if grid.jumping:
        grid.end_jump()
    elif not clear_filter(desk):
        desk.remove_class("-maximised")


def toggle_wrap(desk: DeskScreen) -> None:
    """Wrap the log's sentences, or cut them to a line."""
    log = desk.query_one(UpdateLog)
    log.wraps = not log.wraps


def export_screen(desk: DeskScreen) -> None:
    """Save the screen as a picture, the standing as figures and, with a mark, the changes."""
    folder = Path.cwd()
    stem = f"nightdesk-{utc_now():%Y%m%d-%H%M%S}"
    standing = desk.current.standing
    compared = desk.comparison.of(standing)
    texts = {
        ".csv": standing_as_csv(standing, desk.style),
        ".md": standing_as_markdown(standing, desk.style),
        ".json": json.dumps(standing_summary(standing, desk.style), indent=1, ensure_ascii=False),
    }
    beside = "the figures beside it"
    if compared is not None:
        changes = digest(compared.before, compared.after)
        texts["-changes.md"] = digest_as_text(changes, desk.style, marked=True)
        beside = f"the whole night beside it, and the changes {compared.words} by themselves"
    try:
        picture = desk.app.save_screenshot(f"{stem}.svg", str(folder))
        for suffix, text in texts.items():
            (folder / f"{stem}{suffix}").write_text(text, encoding="utf-8")
    except OSError as error:
        desk.notify(f"Not saved: {error.strerror}", severity="error")
        return
    desk.notify(f"Saved {picture}, {beside}.")
