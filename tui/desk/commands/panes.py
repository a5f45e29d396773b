"""The commands about the desk itself: its panes, help, export, quit."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Literal

from feed.english import capitalised
from feed.reports.digest import digest, digest_as_text
from feed.reports.standing_text import standing_as_csv, standing_as_markdown
from feed.reports.summary import standing_summary
from tui.control_grid.widget import ControlGrid
from tui.desk.commands.find import clear_filter
from tui.desk.commands.open import save_night, save_texts
from tui.desk.help import Help
from tui.details.chooser import Choice, Chooser
from tui.panes.pane_tabs import PANES
from tui.panes.screen_picture import screen_as_svg
from tui.settings.commands import COMMANDS
from tui.update_log.widget import UpdateLog

if TYPE_CHECKING:
    from tui.desk.screen import DeskScreen
    from tui.settings.keymap import Keymap

_TWICE_WITHIN = 2.0
"""Seconds within which the key to quit a live night is to be pressed again."""


def show_help(desk: DeskScreen) -> None:
    """Show every key."""
    desk.app.push_screen(Help(desk.pane, desk.keys, desk.run, desk.current.standing.all_councils))


def show_palette(desk: DeskScreen) -> None:
    """Offer every command by its name, wherever the viewer is; what is chosen is done there."""
    if isinstance(desk.app.screen, Chooser):
        return
    desk.app.push_screen(Chooser("Commands", command_choices(desk.keys), desk.run))


def command_choices(keys: Keymap) -> list[Choice]:
    """Return every command with its keys, to be chosen by its name or other words for it."""
    return [
        Choice(it.id, capitalised(it.title), keys.label(it), it.help, it.also)
        for it in COMMANDS
        if not it.by_pane and it.id != "palette"
    ]


def ask_to_quit(desk: DeskScreen) -> None:
    """Quit; while live only when asked twice."""
    now = time.monotonic()
    live = desk.current.mode != "replay"
    if live and now - desk.quit_asked_at > _TWICE_WITHIN:
        desk.quit_asked_at = now
        desk.say("The night is live: press q again to quit.", timeout=2)
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
    """Save the screen as a picture, the standing as figures and, with a mark, the changes.

    The night as a page and as a cast follow when they are made.
    """
    standing, style = desk.current.standing, desk.style
    texts = {
        ".svg": screen_as_svg(desk.app),
        ".csv": standing_as_csv(standing, style),
        ".md": standing_as_markdown(standing, style),
        ".json": json.dumps(standing_summary(standing, style), indent=1, ensure_ascii=False),
    }
    compared = desk.comparison.of(standing)
    if compared is not None:
        changes = digest(compared.before, compared.after)
        texts["-changes.md"] = digest_as_text(changes, style, marked=True)
    saved = save_texts(desk, texts)
    if saved is not None and not any(it.group == "export" for it in desk.workers):
        desk.run_worker(save_night(desk, saved), group="export", exit_on_error=False)
