"""Every option there is, documented once: what a config file, the environment and flags may set."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from feed.model.terms import HouseStyle
from feed.reports.alerts import QuietHours
from tui.control_grid.order import DensityChoice, Group, Sort
from tui.settings.keys import KeyNames

ViewName = Literal["desk", "projector", "log"]
VIEWS: tuple[ViewName, ...] = get_args(ViewName)
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
    """Give `20s`, `5 min` or `1h` as seconds; anything else as it is."""
    if not isinstance(value, str):
        return value
    found = _DURATION.fullmatch(value.strip())
    if found is None:
        raise ValueError("is no length of time; give 20s, 5 min or 1h")
    return float(found[1]) * _IN_SECONDS[found[2]]


def minutes(value: object) -> object:
    """Give `45`, `45min` or `1h` as minutes; anything else as it is."""
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
        raise ValueError(f"is no theme; give one of {', '.join(OUR_THEMES)}, or one of Textual's")
    return value


def _list(value: object) -> object:
    return [name.strip() for name in value.split(",")] if isinstance(value, str) else value


def _quiet(value: object) -> object:
    if isinstance(value, str):
        QuietHours.parse(value)
    return value


_NO_SPEED = "is no speed; give 0.25 to 3600, or max"
Seconds = Annotated[float, BeforeValidator(seconds), Field(ge=0.1, le=86_400)]
Names = Annotated[tuple[str, ...], BeforeValidator(_list)]


class Options(BaseModel):
    """The options; each one's default is what nightdesk does when nobody says anything."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=False)

    theme: Annotated[str, BeforeValidator(_theme)] = Field(
        "nightdesk-dark",
        description="Colours: nightdesk-dark, nightdesk-light, nightdesk-contrast, or a theme of "
        "Textual's.",
    )
    style: HouseStyle = Field("bbc", description="House style of the sentences: bbc, pa or plain.")
    view: ViewName = Field("desk", description="What opens first: desk, projector or log.")
    group: Group = Field(
        "none", description="Grid in groups: none, region, type, status or before (control before)."
    )
    sort: Sort = Field(
        "name", description="Order of the grid: name, declared, expected or majority."
    )
    density: DensityChoice = Field(
        "auto",
        description="How much of a name the grid's cells say: auto (as much as lets all be seen), "
        "names, short, letters or blocks.",
    )
    board_sort: BoardSort = Field(
        "agency", description="Order of the scoreboard: agency, seats, councils or net."
    )
    speed: Annotated[str, BeforeValidator(_speed)] | None = Field(
        None, description="Feed seconds a second in a replay, 0.25 to 3600, or max; 60 by default."
    )
    gap_limit: Seconds | None = Field(
        None, description="Cut silences in a replay to this: 5s. Whole by default."
    )
    loop: bool | None = Field(
        None, description="Begin a replay again at its end; only the demo does by default."
    )
    cycle: Seconds | None = Field(
        None, description="Turn the projector's pages this often: 20s. By hand by default."
    )
    record: bool = Field(True, description="Keep every arrival of a watched folder in a recording.")
    recordings: Path | None = Field(
        None, description="Folder of the recordings; by default in your state folder."
    )
    keep_days: Annotated[int, Field(ge=1, le=36_500)] | None = Field(
        None, description="Drop recordings that nobody wrote to for so many days; none by default."
    )
    late_after: Annotated[float, BeforeValidator(minutes), Field(ge=1, le=1440)] = Field(
        30.0, description="Minutes after its expected time from which a council is late."
    )
    round_ups: bool = Field(False, description="Sum each full hour up in a line of the log.")
    settle: Seconds = Field(2.0, description="How long a half-written file may rest: 2s.")
    force_polling: bool = Field(
        False, description="Look every second, for folders that give no notice of changes."
    )
    follow_symlinks: bool = Field(
        False, description="Take links too that stay inside the watched folder."
    )
    bell: bool = Field(False, description="Ring the terminal's bell for an alert.")
    notify: bool = Field(
        False, description="Send a desktop notice for an alert (OSC 9, where the terminal can)."
    )
    quiet_hours: Annotated[str, BeforeValidator(_quiet)] | None = Field(
        None, description="No alerts at these hours, on London's clock: 00:30-06:00."
    )
    alert_changes: bool = Field(True, description="Alert when control of a council changes.")
    alert_net: Annotated[int, Field(ge=1, le=10_000)] | None = Field(
        None, description="Alert when a party's net seats reach this many, up or down."
    )
    watch: Names = Field(
        (), description="Councils to watch: marked on the grid, and an alert when one declares."
    )
    keys: dict[str, KeyNames] = Field(
        {}, description="Other keys for commands, by id: a table of id = key, or a list of keys."
    )


REMEMBERED = (
    "theme",
    "style",
    "view",
    "group",
    "sort",
    "density",
    "board_sort",
    "watch",
    "bell",
    "notify",
)
"""What the program keeps by itself when it is changed with a key."""


def options_table() -> str:
    """Give the table of options for the README, in Markdown."""
    rows = ["| option | by default | what it does |", "|---|---|---|"]
    for name, field in Options.model_fields.items():
        rows.append(f"| `{name}` | {shown(field.default)} | {field.description} |")
    return "\n".join(rows)


def shown(value: object) -> str:
    """Give a value as a config file or a reader would write it; `–` for nothing."""
    if value is None or value in ({}, (), []):
        return "–"
    match value:
        case bool():
            return "true" if value else "false"
        case dict():
            return ", ".join(f"{key} = {shown(each)}" for key, each in value.items())
        case tuple() | list():
            return ", ".join(map(str, value))
        case _:
            return f"{value:g}" if isinstance(value, float) else str(value)
