"""The function of every command that the desk does: the other half of the table of commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from tui.desk.commands import compare, find, open, panes, time, view  # noqa: A004  # as they are

if TYPE_CHECKING:
    from tui.desk.screen import DeskScreen

RUN: Mapping[str, Callable[[DeskScreen], None]] = MappingProxyType(
    {
        "help": panes.show_help,
        "palette": panes.show_palette,
        "quit": panes.ask_to_quit,
        "quit_now": panes.quit_now,
        "next_pane": panes.go_to_next_pane,
        "previous_pane": panes.go_to_previous_pane,
        "pane_updates": panes.go_to_updates,
        "pane_scoreboard": panes.go_to_scoreboard,
        "pane_grid": panes.go_to_grid,
        "maximise": panes.toggle_maximised,
        "back": panes.go_back,
        "wrap": panes.toggle_wrap,
        "export": panes.export_screen,
        "follow": find.toggle_follow,
        "filter": find.begin_filter,
        "next_hit": find.go_to_next_hit,
        "previous_hit": find.go_to_previous_hit,
        "next_trouble": find.go_to_next_trouble,
        "previous_trouble": find.go_to_previous_trouble,
        "jump": find.begin_jump,
        "missed": open.open_missed,
        "problems": open.open_problems,
        "acknowledge": open.acknowledge,
        "night": open.open_night,
        "copy": open.copy_line,
        "sort": view.sort_pane,
        "reverse": view.sort_pane_back,
        "group": view.change_group,
        "density": view.change_density,
        "map": view.toggle_map,
        "watch": view.toggle_watched,
        "watched": open.open_watched,
        "view": view.change_view,
        "theme": view.change_theme,
        "themes": view.offer_themes,
        "style": view.change_style,
        "bell": view.toggle_alerts,
        "toggle": time.toggle_playing,
        "step_back": time.step_back,
        "step_on": time.step_on,
        "previous_change": time.step_to_previous_change,
        "next_change": time.step_to_next_change,
        "slower": time.play_slower,
        "faster": time.play_faster,
        "normal_speed": time.play_at_normal_speed,
        "minute_back": time.go_minute_back,
        "minute_on": time.go_minute_on,
        "ten_back": time.go_ten_minutes_back,
        "ten_on": time.go_ten_minutes_on,
        "go_to_time": time.ask_for_time,
        "edge": time.go_to_edge,
        "loop": time.toggle_loop,
        "gaps": time.toggle_gaps,
        "rescan": time.rescan_folder,
        "mark": compare.toggle_mark,
    }
)
"""Id of a command -> what it does; a test holds the ids to those of the table."""
