"""Every option, in one place: its default, its help, and where it may be given.

The command line, the config file, the environment, `where` and the README's table come from here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import field, fields
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, get_args

from feed.errors import did_you_mean
from feed.model.terms import LATE_AFTER, USUAL_CAUSES, AlertCause, HouseStyle
from feed.records import record
from tui.settings.keymap import key_names
from tui.settings.wall_pages import PageRule

if TYPE_CHECKING:
    from tui.control_grid.order import DensityChoice, GroupChoice, Sort

ViewName = Literal["desk", "projector", "log"]
VIEWS: tuple[ViewName, ...] = get_args(ViewName)
AlertForm = Literal["json", "slack", "teams", "ntfy"]
BoardSort = Literal["agency", "seats", "councils", "net"]
OUR_THEMES = ("nightdesk-dark", "nightdesk-light", "nightdesk-contrast")
OTHER_THEMES = (
    "ansi-dark", "ansi-light", "atom-one-dark", "atom-one-light", "catppuccin-frappe",
    "catppuccin-latte", "catppuccin-macchiato", "catppuccin-mocha", "dracula", "flexoki",
    "gruvbox", "monokai", "nord", "rose-pine", "rose-pine-dawn", "rose-pine-moon",
    "solarized-dark", "solarized-light", "textual-dark", "textual-light", "tokyo-night",
)  # fmt: skip
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(s|min|m|h)?")
_IN_SECONDS = {None: 1, "s": 1, "min": 60, "m": 60, "h": 3600}
_SLOWEST, _FASTEST = 0.25, 3600.0


def seconds(value: object) -> object:
    """Return `20s`, `5 min` or `1h` as seconds; anything else as it is."""
    if not isinstance(value, str):
        return value
    found = _DURATION.fullmatch(value.strip())
    if found is None:
        raise ValueError("is no length of time; give 20s, 5 min or 1h")
    return float(found[1]) * _IN_SECONDS[found[2]]


def minutes(value: object) -> object:
    """Return `45`, `45min` or `1h` as minutes; anything else as it is."""
    if isinstance(value, str) and value.strip()[-1:].isalpha():
        length = seconds(value)
        return length / 60 if isinstance(length, float) else length
    return value


def _speed(value: object) -> object:
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        raise ValueError(_NO_SPEED)  # noqa: TRY004  # pydantic tells of a ValueError
    text = str(value).strip().casefold().strip("x×")
    if text in {"ma", "max", "inf"}:
        return "max"
    try:
        speed = float(text)
    except ValueError:
        raise ValueError(_NO_SPEED) from None
    if not _SLOWEST <= speed <= _FASTEST:
        raise ValueError(_NO_SPEED)
    return f"{speed:g}"


def _theme(value: object) -> object:
    ours = f"nightdesk-{value}"
    if ours in OUR_THEMES:
        return ours
    if value not in (*OUR_THEMES, *OTHER_THEMES):
        near = did_you_mean(str(value), (*OUR_THEMES, *OTHER_THEMES))
        also = f"give one of {', '.join(OUR_THEMES)}, or one of Textual's"
        raise ValueError(f"is no theme; {near or also}")
    return value


def _view(value: object) -> object:
    return "projector" if value == "wall" else value


def _pages(value: object) -> object:
    pages = _list(value)
    if isinstance(pages, list):
        for page in pages:
            PageRule.parse(str(page))
        return tuple(map(str, pages))
    return pages


def _list(value: object) -> object:
    return [name.strip() for name in value.split(",")] if isinstance(value, str) else value


def _quiet(value: object) -> object:
    if isinstance(value, str):
        from feed.reports.alerts import QuietHours  # noqa: PLC0415  # its import takes a while

        QuietHours.parse(value)
    return value


def _arguments(value: object) -> object:
    """Return a command's arguments; in the environment they are JSON."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            value = None
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValueError(_NO_ARGUMENTS)
    if value and not value[0].strip():
        raise ValueError(_NO_ARGUMENTS)
    return value


def _path(value: object) -> object:
    return Path(value) if isinstance(value, str) else value


def _web_address(value: object) -> object:
    if not isinstance(value, str) or not _WEB_ADDRESS.fullmatch(value):
        raise ValueError("is no web address; it begins with https:// or http://")
    return value


_WEB_ADDRESS = re.compile(r"https?://[!-~]+", re.IGNORECASE)
_NO_ARGUMENTS = 'is no list of arguments; write ["notify-send", "{title}", "{text}"]'
_NO_SPEED = "is no speed; give 0.25 to 3600, or max"
_KEYED = ("demo", "watch", "replay", "follow")
_PLAYED = (*_KEYED, "serve")
_DRAWN = (*_PLAYED, "picture", "export")


@record(frozen=True, slots=True)
class OptionFacts:
    """What is known of an option beside its type."""

    help: str
    """A sentence."""
    parse: Callable[[object], object] | None = None
    """Makes a value of what was written, of each value where it is a table; raises ValueError."""
    within: tuple[float, float] | None = None
    """The least and the most that it may be."""
    commands: tuple[str, ...] = ()
    """The commands that have it as a flag."""
    metavar: str = ""
    """What stands for its value in the help of a command."""
    secret: bool = False
    """Whether its value may hold a password or a token, and is shown nowhere."""
    remembered: bool = False
    """Whether the program keeps by itself what a key has changed."""


def _option(default: Any, help_: str, **facts: Any) -> Any:  # noqa: ANN401  # as dataclasses.field
    """Return a field with its default and its facts."""
    facts = {"facts": OptionFacts(help_, **facts)}
    if isinstance(default, Mapping):
        return field(default_factory=lambda: default, metadata=facts)
    return field(default=default, metadata=facts)


_TIME: Mapping[str, Any] = {"parse": seconds, "within": (0.1, 86_400), "metavar": "TIME"}


@record(frozen=True, slots=True, kw_only=True)
class Options:
    """The options; each one's default is what nightdesk does when nobody says anything."""

    theme: str = _option(
        OUR_THEMES[0],
        "Colours: nightdesk-dark, nightdesk-light, nightdesk-contrast, or a theme of Textual's.",
        remembered=True,
        parse=_theme,
        commands=_DRAWN,
        metavar="NAME",
    )
    style: HouseStyle = _option(
        "bbc",
        "House style of the sentences: bbc, pa or plain.",
        remembered=True,
        commands=(*_DRAWN, "summary"),
        metavar="NAME",
    )
    view: ViewName = _option(
        "desk",
        "What opens first: desk, projector (also called wall) or log.",
        parse=_view,
        commands=(*_KEYED, "picture"),
        metavar="NAME",
    )
    group: GroupChoice = _option(
        "auto",
        "Grid in groups: none, region, type, status or before (control before); by region by "
        "itself from 100 columns, where all are in sight so.",
        remembered=True,
        commands=_PLAYED,
        metavar="NAME",
    )
    sort: Sort = _option(
        "name",
        "Order of the grid: name, declared, expected or majority.",
        remembered=True,
        commands=_PLAYED,
        metavar="NAME",
    )
    ascii: bool = _option(
        False,
        "Signs of ASCII alone, for a font without others; by itself where the locale is not UTF-8.",
        commands=_PLAYED,
    )
    density: DensityChoice = _option(
        "auto",
        "How much of a name the grid's cells say: auto (as much as lets all be seen), "
        "names, short, letters or blocks; or map, a map of tiles.",
        remembered=True,
        commands=_PLAYED,
        metavar="NAME",
    )
    board_sort: BoardSort = _option(
        "agency", "Order of the scoreboard: agency, seats, councils or net.", remembered=True
    )
    speed: str | None = _option(
        None,
        "Feed seconds a second in a replay, 0.25 to 3600, or max; 60 by default.",
        parse=_speed,
        commands=("demo", "replay", "serve"),
        metavar="N",
    )
    gap_limit: float | None = _option(
        None,
        "Cut silences in a replay to this: 5s. Whole by default.",
        commands=("replay", "serve"),
        **_TIME,
    )
    loop: bool | None = _option(
        None,
        "Begin a replay again at its end; only the demo does by default.",
        commands=("replay", "serve"),
    )
    cycle: float | None = _option(
        None,
        "Turn the projector's pages this often: 20s. By hand by default.",
        commands=_PLAYED,
        **_TIME,
    )
    reveal: bool = _option(
        False,
        "Let each declaration wait on the projector for the presenter's key.",
        commands=_KEYED,
    )
    stage: bool = _option(
        False,
        "Show on the projector what the presenter's wall shows, as it comes over the hub.",
        commands=("follow",),
    )
    wall: Mapping[Literal["pages"], tuple[str, ...]] = _option(
        MappingProxyType({}),
        "The projector's pages in their order, with time and condition: a table with pages = "
        '["table:20s", "map:30s", "just-in", "changed:15s:if-changed"].',
        parse=_pages,
    )
    record: bool = _option(
        True, "Keep every arrival of a watched folder in a recording.", commands=("watch", "serve")
    )
    recordings: Path | None = _option(
        None, "Folder of the recordings; by default in your state folder.", parse=_path
    )
    keep_days: int | None = _option(
        None,
        "Drop recordings that nobody wrote to for so many days; none by default.",
        within=(1, 36_500),
        commands=("watch", "serve"),
        metavar="N",
    )
    late_after: float = _option(
        LATE_AFTER / timedelta(minutes=1),
        "Minutes after its expected time from which a council is late.",
        parse=minutes,
        within=(1, 1440),
    )
    round_ups: bool = _option(
        False, "Sum each full hour up in a line of the log.", commands=_PLAYED
    )
    settle: float = _option(
        2.0, "How long a half-written file may rest: 2s.", commands=("watch", "serve"), **_TIME
    )
    force_polling: bool = _option(
        False,
        "Look every second, for folders that give no notice of changes.",
        commands=("watch", "serve"),
    )
    follow_symlinks: bool = _option(
        False, "Take links too that stay inside the watched folder.", commands=("watch", "serve")
    )
    bell: bool = _option(
        False, "Ring the terminal's bell for an alert.", remembered=True, commands=("watch",)
    )
    notify: bool = _option(
        False,
        "Send a desktop notice for an alert (OSC 777, 9 or 99, as the terminal has it).",
        remembered=True,
        commands=("watch",),
    )
    quiet_hours: str | None = _option(
        None,
        "No alerts at these hours, on London's clock: 00:30-06:00.",
        parse=_quiet,
        commands=("watch", "serve"),
        metavar="HH:MM-HH:MM",
    )
    alert_changes: bool = _option(True, "Alert when control of a council changes.")
    alert_net: int | None = _option(
        None, "Alert when a party's net seats reach this many, up or down.", within=(1, 10_000)
    )
    alert_causes: tuple[AlertCause, ...] = _option(
        USUAL_CAUSES,
        "What else is worth an alert: any of first-gain, one-short, correction, rejected, total "
        "(disagreement with the agency's), late, heartbeat, source, unsaved, complete.",
        parse=_list,
    )
    alert_regions: tuple[str, ...] = _option(
        (), "Regions of which every declaration is worth an alert.", parse=_list
    )
    alert_majority: int | None = _option(
        None, "Alert when a council declares with so small a majority.", within=(1, 1_000)
    )
    alert_dead_feed: bool = _option(
        False, "Alert at quiet hours too when the source is lost or the heartbeat missing."
    )
    on_alert: tuple[str, ...] = _option(
        (),
        "A command that an alert runs: a list of arguments, in which {title} and {text} stand for "
        "what is told.",
        parse=_arguments,
        secret=True,
    )
    alert_url: str | None = _option(
        None, "A web address that an alert is sent to.", parse=_web_address, secret=True
    )
    alert_form: AlertForm = _option(
        "json", "What the web address reads: json, slack, teams or ntfy."
    )
    watch: tuple[str, ...] = _option(
        (),
        "Councils to watch: marked on the grid, and an alert when one declares.",
        parse=_list,
        remembered=True,
        commands=_PLAYED,
        metavar="NAMES",
    )
    keys: Mapping[str, tuple[str, ...]] = _option(
        MappingProxyType({}),
        "Other keys for commands, by id: a table of id = key, or a list of keys.",
        parse=key_names,
    )


OPTIONS: Mapping[str, OptionFacts] = MappingProxyType(
    {each.name: each.metadata["facts"] for each in fields(Options)}
)
REMEMBERED = tuple(name for name, facts in OPTIONS.items() if facts.remembered)
"""What the program keeps by itself when it is changed with a key."""


def options_table() -> str:
    """Return the table of options for the README, in Markdown."""
    rows = ["| option | by default | what it does |", "|---|---|---|"]
    usual = Options()
    for name, facts in OPTIONS.items():
        rows.append(f"| `{name}` | {shown(getattr(usual, name))} | {facts.help} |")
    return "\n".join(rows)


def shown(value: object) -> str:
    """Return a value as a config file or a reader would write it; `–` for nothing."""
    if value is None or value in ((), []) or value == {}:
        return "–"
    match value:
        case bool():
            return "true" if value else "false"
        case Mapping():
            return ", ".join(f"{key} = {shown(each)}" for key, each in value.items())
        case tuple() | list():
            return ", ".join(map(str, value))
        case _:
            return f"{value:g}" if isinstance(value, float) else str(value)
