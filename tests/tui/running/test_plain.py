"""The desk as lines: kinds that a program can go by, and TEST once a day."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO

from feed.model.entries import Entry, EntryKind
from feed.model.standing import LogView, Standing
from feed.model.view import View
from tests.tui.log_entries import a_gain, an_entry
from tui.running.plain import PlainStream


def lines_of(*views: Sequence[Entry]) -> list[str]:
    out = StringIO()
    stream = PlainStream(out, "bbc")
    for entries in views:
        stream.show(View(Standing(log=LogView(tuple(entries), len(entries)))))
    return out.getvalue().splitlines()


def test_test_data_is_said_above_the_day_and_on_no_line() -> None:
    first, second = an_entry(1), a_gain(2, "Alder", test=True)
    assert lines_of([first], [first, second]) == [
        "-- Fri 3 May BST --",
        "01:01  NEWS        line 1",
        "-- Fri 3 May BST · TEST DATA --",
        "01:02  GAIN        Alder: Lab gain from NOC",
    ]


def test_every_line_begins_with_its_kind() -> None:
    entries = [an_entry(number, kind) for number, kind in enumerate(EntryKind, 1)]
    said = [line[7:17].strip() for line in lines_of(entries) if line[2:3] == ":"]
    kinds = {kind.value.upper() for kind in EntryKind} - {"ROSTER", "EXPECTED", "LOSS"}
    assert set(said) == kinds | {"TO NOC"}
