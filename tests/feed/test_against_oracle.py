"""The ledger against a second, independent working-out of the same night."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.ledger.ledger import Ledger
from feed.model.arrival import Arrival
from feed.model.standing import Standing
from feed.reports.summary import fingerprint
from tests.feed import oracle
from tests.feed.agency_night import BEGINS, WRONG_BY, Night, a_night
from tests.feed.oracle import COLUMNS, Figures, File

SEED = 0
AN_HOUR = timedelta(hours=1)


@cache
def the_night() -> Night:
    return a_night(SEED)


@cache
def in_order() -> Standing:
    return folded(the_night().files)


def folded(files: Iterable[File]) -> Standing:
    ledger = Ledger()
    for number, file in enumerate(files):
        seen_at = BEGINS + timedelta(seconds=number)
        ledger.take(Arrival(file.name, file.data, seen_at, file.modified_at))
    return ledger.standing()


def board_of(standing: Standing) -> Figures:
    return Counter(
        {
            (str(row.party), column): number
            for row in standing.scoreboard.rows
            for column in COLUMNS
            if (number := getattr(row, column))
        }
    )


def test_the_night_is_worth_the_name() -> None:
    night = the_night()
    board = oracle.scoreboard(night.files)
    first = oracle.controls(file for file in night.files if file.name.endswith("_1.xml"))
    flipped = [name for name, party in oracle.controls(night.files).items() if first[name] != party]
    assert len(first) == 130
    assert len(flipped) >= 3
    assert {"con", "lab", "ld", "green", "noc"} <= {p for p, column in board if column == "gained"}
    assert (
        sum(
            board[key] * (1 if key[1] == "gained" else -1)
            for key in board
            if key[1] in {"gained", "lost"}
        )
        == 0
    )


def test_the_scoreboard_is_the_oracles() -> None:
    standing = in_order()
    assert standing.declared == 130
    assert board_of(standing) == oracle.scoreboard(the_night().files)
    assert sum(row.net for row in standing.scoreboard.rows) == 0


def test_the_control_of_each_council_is_the_oracles() -> None:
    ours = {council.name: council.after for council in in_order().councils}
    assert ours == oracle.controls(the_night().files)


def test_the_winner_of_each_contest_is_the_oracles() -> None:
    ours = {contest.area: contest.winner for contest in in_order().contests}
    assert ours == oracle.winners(the_night().files)


@settings(max_examples=2, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32))
def test_any_order_with_duplicates_and_redeliveries_ends_in_the_same_standing(seed: int) -> None:
    rng, files = Random(seed), the_night().files
    again = rng.sample(files, 30)
    copies = [file._replace(name=file.name.replace(".xml", "_copy.xml")) for file in again[:10]]
    touched = [file._replace(modified_at=file.modified_at + AN_HOUR) for file in again[10:20]]
    told = [*files, *copies, *touched, *again[20:]]
    rng.shuffle(told)
    standing = folded(told)
    assert board_of(standing) == oracle.scoreboard(files)
    assert fingerprint(standing) == fingerprint(in_order())


@settings(max_examples=2, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32))
def test_of_two_files_in_one_revision_the_later_stands_in_any_order(seed: int) -> None:
    night = a_night(SEED, councils=40)
    told = [*night.files, *night.conflicts]
    assert oracle.scoreboard(told) != oracle.scoreboard(night.files)
    Random(seed).shuffle(told)
    assert board_of(folded(told)) == oracle.scoreboard(told)


@pytest.mark.parametrize("count", [0, 1, 150, 200])
def test_the_scoreboard_is_the_oracles_at_every_stage_of_the_night(count: int) -> None:
    files = the_night().files[:count]
    assert board_of(folded(files)) == oracle.scoreboard(files)


def test_each_total_is_explained_by_exactly_the_revisions_current_when_it_was_issued() -> None:
    now = {name: told[0] for name, told in oracle.current(the_night().files).items()}
    right = [total for total in the_night().totals if not total.is_wrong]
    for total, standing in zip(right, in_order().totals[:-1], strict=True):
        earlier = {(name, r) for name, r in total.counted.items() if r != now[name]}
        assert {(name, r) for _, name, r in standing.explained_by} == earlier
        assert standing.verdict == ("explained" if earlier else "agrees")
    assert sum(standing.verdict == "explained" for standing in in_order().totals) >= 6


def test_a_total_with_a_wrong_figure_differs_by_that_figure() -> None:
    ours = oracle.scoreboard(the_night().files)["con", "seats_won"]
    (wrong,) = [total for total in in_order().totals if total.verdict == "differs"]
    assert wrong.differences == (f"Con seats {ours + WRONG_BY:,}, ours {ours:,}",)
    assert wrong is in_order().totals[-1]
