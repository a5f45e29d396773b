"""The trend: net seats over the night, ending in the scoreboard's own figures."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.ledger.night import Night
from feed.model.parties import NOC, PartyId
from feed.model.standing import Standing
from feed.reports.trend import trend
from feed.sources.saved import load
from tests.tui.standings import START, a_board, a_council, a_night
from tui.running.samples import sample_feed

CON, LAB = PartyId("con"), PartyId("lab")


def a_night_of(*minutes_and_changes: tuple[int, int]) -> Standing:
    councils = [
        a_council(
            f"Council {number}",
            held={"con": 50, "lab": 50},
            now={"con": 50 + change, "lab": 50 - change},
            declared_at=START + timedelta(minutes=minute),
        )
        for number, (minute, change) in enumerate(minutes_and_changes)
    ]
    return a_night(*councils, scoreboard=a_board())


def test_each_stretch_ends_with_all_that_was_declared_by_then() -> None:
    found = trend(a_night_of((0, -3), (29, -1), (31, 5), (60, 1)), 2)
    assert found is not None
    assert found.seats[CON] == (-4, 2)
    assert found.seats[LAB] == (4, -2)
    assert (found.start, found.end) == (START, START + timedelta(minutes=60))


def test_nothing_declared_is_no_trend() -> None:
    assert trend(a_night(a_council("Alder"), scoreboard=a_board()), 10) is None


def test_a_change_on_another_baseline_is_never_added() -> None:
    night = a_night_of((0, -3), (10, -2))
    odd, even = night.councils
    other = a_night(odd, a_council(
        "Odd", held={"con": 9}, now={"con": 2}, baseline="last_fought",
        declared_at=START + timedelta(minutes=4),
    ), even, scoreboard=a_board())  # fmt: skip
    found = trend(other, 4)
    assert found is not None
    assert found.seats[CON][-1] == -5


@pytest.mark.parametrize("feed", ["england-2019", "england-2024", "england-2018"])
def test_every_party_s_trend_ends_in_the_scoreboard_s_figure(feed: str) -> None:
    night = Night()
    night.extend(load(sample_feed(feed)))
    standing = night.edge()
    found = trend(standing, 24)
    assert found is not None
    for row in standing.scoreboard.rows:
        if row.party != NOC:
            assert found.seats.get(row.party, (0,))[-1] == (row.seats_net or 0), row.label


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 600), st.integers(-20, 20)), min_size=1, max_size=30),
    st.integers(1, 60),
)
def test_however_the_night_is_cut_it_ends_with_the_same_sum(
    night: list[tuple[int, int]], stretches: int
) -> None:
    found = trend(a_night_of(*night), stretches)
    assert found is not None
    total = sum(change for _, change in night)
    ran = found.seats.get(CON, (0,) * stretches)
    assert len(ran) == stretches
    assert ran[-1] == total
