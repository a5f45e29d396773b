"""A time that is an estimate is marked wherever it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from rich.segment import Segment

from feed.model.parties import PartyId
from feed.model.standing import Standing
from feed.model.terms import TimeBasis
from feed.model.view import View
from feed.reports.digest import digest, digest_as_json, digest_as_text
from feed.reports.provenance import contributions, contributions_as_text
from tests.feed.builders import a_contest, a_result, a_roster, standing_of
from tui.colours.themes import DARK
from tui.details.contest_detail import ContestDetail, ContestList
from tui.details.council_detail import CouncilDetail
from tui.details.figure_detail import FigureDetail
from tui.details.ireland import Ireland
from tui.projector.frame import Frame, last_words
from tui.projector.scene import Scene
from tui.running.plain import line_of
from tui.scoreboard.councils import draw_changes, newest_changes

AT = datetime(2019, 5, 3, 3, 32, tzinfo=UTC)
CON = PartyId("con")


def a_night(basis: TimeBasis) -> Standing:
    told: dict[str, Any] = {"at": AT, "at_basis": basis}
    return standing_of(
        a_roster("Alder", {"lab": 9}),
        a_result("Alder", con=9, changes={"con": 9, "lab": -9}, facts=told),
        a_result("Belfast", con=3, facts={"gss": "N09000003", **told}),
        a_contest("Alder", "con", **told),
    )


def text(lines: Iterable[Sequence[Segment]]) -> str:
    return "\n".join("".join(piece.text for piece in line) for line in lines)


def figure(night: Standing) -> str:
    parts = contributions(night, CON, "seats_net")
    return text(FigureDetail(night.scoreboard, CON, "seats_net", parts).lines(90, DARK))


def news(night: Standing) -> str:
    return last_words(Frame(View(night), Scene(night), "table"), 200)


PLACES: dict[str, Callable[[Standing], str]] = {
    "changes": lambda it: text(
        [line for line, _ in draw_changes(newest_changes(it.councils), {}, (60, 9), DARK)]
    ),
    "council": lambda it: text(CouncilDetail(it.councils[0]).lines(90, DARK)).partition("REV")[2],
    "contest": lambda it: text(ContestDetail(it.contests[0]).lines(90, DARK)).partition("REV")[2],
    "contests": lambda it: text(ContestList("mayor", it.contests).lines(90, DARK)),
    "figure": figure,
    "explained": lambda it: contributions_as_text(it, "con.seats_net"),
    "ireland": lambda it: text(Ireland(it).lines(90, DARK)),
    "projector": news,
    "missed": lambda it: digest_as_text(digest(Standing(), it), "bbc").partition("Movers")[2],
    "plain": lambda it: "\n".join(line_of(entry, "bbc") for entry in it.log.since(0)),
}


@pytest.mark.parametrize("place", PLACES)
def test_an_estimate_is_marked_and_what_is_no_estimate_is_not(place: str) -> None:
    told, guessed = (PLACES[place](a_night(basis)) for basis in ("reported", "estimated"))
    assert "04:32" in told
    assert "~" not in told
    assert guessed.count("~04:32") == told.count("04:32")
    assert guessed.count("04:32") == told.count("04:32")


def test_a_page_says_of_an_estimate_that_it_is_one() -> None:
    night = a_night("estimated")
    for page in (CouncilDetail(night.councils[0]), ContestDetail(night.contests[0])):
        assert "Fri 3 May 04:32 BST (estimated)" in text(page.lines(90, DARK))


def test_json_says_of_a_time_whether_it_is_an_estimate() -> None:
    for basis in ("reported", "estimated"):
        found = digest_as_json(digest(Standing(), a_night(basis)), "bbc")
        told = [*found["changes_of_control"], *found["contests"], *found["northern_ireland"]]
        assert [it["estimated"] for it in told] == [basis == "estimated"] * 3
