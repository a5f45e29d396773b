"""Entries and standings for the tests of the log and the bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.widget import Widget

from feed.model.entries import Declaration, Entry, EntryKind, Origin, PlaceId
from feed.model.parties import PartyId
from feed.model.standing import LogView, Standing
from tui.colours.themes import THEMES

START = datetime(2019, 5, 3, 0, 0, tzinfo=UTC)
ORIGIN = Origin("results/a.json", None, "0" * 32, START, None)
HOSTILE = "\x1b]52;c;ZXZpbA==\x07[red]Alder[/] [/]\x9b2J\u202egnp\u200b [@click=app.quit]x"


def an_entry(seq: int = 1, kind: EntryKind = EntryKind.NEWS, **fields: object) -> Entry:
    """Return an entry, a minute after the one before it."""
    entry = Entry(
        seq,
        kind,
        START + timedelta(minutes=seq),
        "declared",
        ORIGIN,
        PlaceId(f"place-{seq}"),
        text=f"line {seq}",
    )
    return replace(entry, **fields)  # type: ignore[arg-type]


def a_gain(seq: int, name: str, **fields: object) -> Entry:
    """Return a council that Labour gained from no overall control."""
    told = Declaration(name, PartyId("noc"), PartyId("lab"), "gain")
    return an_entry(seq, EntryKind.GAIN, **{"declaration": told, "text": "", **fields})


def some_news(count: int) -> list[Entry]:
    """Return so many lines of news, `line 1` first."""
    news, place = EntryKind.NEWS, PlaceId("place")
    return [
        Entry(
            n,
            news,
            START + timedelta(minutes=n % 600),
            "declared",
            ORIGIN,
            place,
            None,
            f"line {n}",
        )
        for n in range(1, count + 1)
    ]


def a_standing(entries: Sequence[Entry], count: int | None = None, **fields: object) -> Standing:
    """Return a standing with that log, or the first `count` of it."""
    log = LogView(entries if isinstance(entries, list) else list(entries), count)
    return Standing(log=log, **fields)  # type: ignore[arg-type]


def words(line: Sequence[Segment]) -> str:
    """Return the plain text of a line."""
    return "".join(segment.text for segment in line)


class Desk(App[None]):
    """One widget in our own theme, with a list of the messages that it posted."""

    CSS = "Screen { layout: vertical; }"

    def __init__(self, widget: Widget, theme: str = "nightdesk-dark") -> None:
        super().__init__()
        self.widget, self.posted = widget, list[object]()
        self._wanted_theme = theme

    def compose(self) -> ComposeResult:
        """Show the widget and nothing else."""
        yield self.widget

    def on_mount(self) -> None:
        """Take our theme."""
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self._wanted_theme
        self.widget.focus()
