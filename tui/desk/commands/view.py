"""The commands about looks, which are remembered: view, theme, style, order, watching, alerts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol, cast

from feed.model.entries import PlaceId
from feed.model.terms import HOUSE_STYLES
from tui.control_grid.order import DENSITIES, GROUPS, SORTS, DensityChoice
from tui.control_grid.widget import ControlGrid
from tui.details.chooser import Choice, Chooser
from tui.projector.screen import ProjectorScreen
from tui.scoreboard.widget import BOARD_SORTS, Scoreboard
from tui.settings.options import OUR_THEMES, VIEWS
from tui.update_log.widget import UpdateLog

if TYPE_CHECKING:
    from tui.desk.alarm import Alarm
    from tui.desk.screen import DeskScreen
    from tui.settings.options import ViewName

_DENSITY_WORDS: dict[DensityChoice, str] = {
    "auto": "as much of every name as lets all councils be seen",
    "names": "full names",
    "short": "short names",
    "letters": "letters",
    "blocks": "blocks",
    "map": "a map of tiles",
}


class _Alarmed(Protocol):
    """An app that can ring."""

    alarm: Alarm


def change_view(desk: DeskScreen) -> None:
    """Change the view."""
    go_to_view(desk, VIEWS[(VIEWS.index(desk.view_name) + 1) % len(VIEWS)])


def go_to_view(desk: DeskScreen, view: ViewName) -> None:
    """Show one of the views from now on."""
    desk.view_name = view
    desk.set_class(view == "log" and desk.app.size.width >= 80, "-log-only")
    if view == "projector":
        show_projector(desk)
    else:
        desk.focus_pane("updates")


def show_projector(desk: DeskScreen) -> None:
    """Lay the projector over the desk."""
    desk.view_name = "projector"
    desk.app.push_screen(ProjectorScreen(desk, desk.current))


def sort_pane(desk: DeskScreen) -> None:
    """Sort the pane another way."""
    _turn_sort(desk, 1)


def sort_pane_back(desk: DeskScreen) -> None:
    """Sort the pane the way before."""
    _turn_sort(desk, -1)


def _turn_sort(desk: DeskScreen, by: Literal[1, -1]) -> None:
    if desk.pane == "scoreboard" and desk.view_name != "projector":
        board = desk.query_one(Scoreboard)
        board.sort = BOARD_SORTS[(BOARD_SORTS.index(board.sort) + by) % len(BOARD_SORTS)]
        desk.remember("board_sort", board.sort)
    else:
        grid = desk.query_one(ControlGrid)
        grid.sort = SORTS[(SORTS.index(grid.sort) + by) % len(SORTS)]
        desk.remember("sort", grid.sort)


def change_group(desk: DeskScreen) -> None:
    """Group the grid another way."""
    grid = desk.query_one(ControlGrid)
    grid.group = GROUPS[(GROUPS.index(grid.grouped) + 1) % len(GROUPS)]
    desk.remember("group", grid.group)


def change_density(desk: DeskScreen) -> None:
    """Say more or less of every name in the grid."""
    grid = desk.query_one(ControlGrid)
    grid.density = DENSITIES[(DENSITIES.index(grid.density) + 1) % len(DENSITIES)]
    desk.remember("density", grid.density)
    desk.say(f"Grid: {_DENSITY_WORDS[grid.density]}", timeout=2)


def toggle_map(desk: DeskScreen) -> None:
    """Lay the grid out as a map of tiles, or in columns again."""
    grid = desk.query_one(ControlGrid)
    grid.density = "auto" if grid.density == "map" else "map"
    desk.remember("density", grid.density)
    if grid.density == "map" and not grid.is_map:
        desk.say("The grid is too narrow for the map: z gives it the whole screen.", timeout=4)


def toggle_watched(desk: DeskScreen) -> None:
    """Watch the council of the line or cell under the cursor, or no longer, and say so."""
    place = _place_in_hand(desk)
    council = None if place is None else desk.current.standing.council(place)
    if council is None:
        desk.say("No council is under the cursor.", timeout=2)
        return
    desk.watched ^= {council.id}
    desk.remember("watch", desk.wanted.names(desk.watched, desk.current.standing))
    watches = council.id in desk.watched
    said = f"Watching {council.name}" if watches else f"No longer watching {council.name}"
    desk.say(f"{said} · {desk.keys.short('watched')} lists them", timeout=3)
    desk.draw()


def _place_in_hand(desk: DeskScreen) -> PlaceId | None:
    match desk.pane:
        case "grid":
            return desk.query_one(ControlGrid).selected
        case "updates":
            entry = desk.query_one(UpdateLog).selected
            return PlaceId(entry.subject) if entry is not None and entry.subject else None
        case "scoreboard":
            board = desk.query_one(Scoreboard)
            links = [link for _, link in board.links][max(0, board.cursor - board.parties) :]
            on_link = board.cursor >= board.parties and links and links[0].what == "council"
            return PlaceId(links[0].of) if on_link else None


def change_theme(desk: DeskScreen) -> None:
    """Change to the next of our own themes."""
    at = OUR_THEMES.index(desk.app.theme) if desk.app.theme in OUR_THEMES else -1
    desk.app.theme = OUR_THEMES[(at + 1) % len(OUR_THEMES)]
    desk.draw()


def offer_themes(desk: DeskScreen) -> None:
    """Offer every theme by its name."""
    choices = [Choice(name, name) for name in sorted(desk.app.available_themes, key=_ours_first)]

    def choose(name: str) -> None:
        desk.app.theme = name

    desk.app.push_screen(Chooser("Themes", choices, choose))


def _ours_first(name: str) -> tuple[bool, str]:
    return name not in OUR_THEMES, name


def change_style(desk: DeskScreen) -> None:
    """Change the house style."""
    desk.style = HOUSE_STYLES[(HOUSE_STYLES.index(desk.style) + 1) % len(HOUSE_STYLES)]
    desk.remember("style", desk.style)
    desk.draw()
    desk.say(f"House style: {desk.style}", timeout=2)


def toggle_alerts(desk: DeskScreen) -> None:
    """Ring for alerts, or be still."""
    alarm = cast("_Alarmed", desk.app).alarm
    alarm.toggle()
    desk.remember("bell", alarm.bell)
    if not alarm.on:
        desk.remember("notify", False)
    said = "Alerts are off." if not alarm.on else f"Alerts: {alarm.says}."
    desk.say(said, timeout=3)
