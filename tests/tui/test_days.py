"""A list whose times lie on several days says the day; one within a day does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from feed.model.messages import Expected
from feed.model.parties import PartyId
from feed.model.standing import CouncilStanding, Standing
from feed.model.view import View
from feed.reports.digest import digest, digest_as_text
from feed.reports.provenance import contributions
from feed.reports.silence import still_due
from tests.feed.builders import a_contest, a_result, a_roster, standing_of
from tests.tui.test_estimates import text
from tui.colours.themes import DARK
from tui.details.contest_detail import ContestList
from tui.details.council_lines import history
from tui.details.figure_detail import FigureDetail
from tui.details.ireland import Ireland
from tui.projector.frame import Frame, last_words
from tui.projector.scene import Scene
from tui.scoreboard.councils import draw_changes, draw_next, newest_changes
from tui.scoreboard.page import draw_trend

CON = PartyId("con")
FRIDAY = datetime(2019, 5, 3, 17, 0, tzinfo=UTC)
NEXT_DAY = datetime(2019, 5, 4, 17, 0, tzinfo=UTC)
SAME_DAY = datetime(2019, 5, 3, 17, 30, tzinfo=UTC)


def a_night(last: datetime) -> Standing:
    names = ("Alder", "Birch", "Copse", "Alder Forest", "Birch Forest")
    told: list[Any] = [a_roster(name, {"lab": 9}) for name in names]
    for council, gss, at in (
        ("Alder", "N09000003", FRIDAY), ("Birch", "N09000009", last),
    ):  # fmt: skip
        facts: dict[str, Any] = {"at": at, "at_basis": "estimated"}
        changes = {"con": 9, "lab": -9}
        told.append(a_result(council, con=9, changes=changes, facts=facts))
        told.append(a_result(f"{council} in Ulster", con=3, facts={"gss": gss, **facts}))
        told.append(a_contest(council, "con", **facts))
        told.append(Expected(council=f"{council} Forest", expected_at=at))
    told.append(a_result("Copse", con=9, facts={"at": FRIDAY, "at_basis": "estimated"}))
    told.append(a_result("Copse", 2, con=8, facts={"at": last, "at_basis": "estimated"}))
    return standing_of(*told)


def council_of(night: Standing, name: str) -> CouncilStanding:
    return next(council for council in night.councils if council.name == name)


def news(night: Standing) -> str:
    return last_words(Frame(View(night), Scene(night), "table"), 200)


PLACES: dict[str, Callable[[Standing], str]] = {
    "changes": lambda it: text(
        [line for line, _ in draw_changes(newest_changes(it.councils), {}, (60, 9), DARK)]
    ),
    "contests": lambda it: text(ContestList("mayor", it.contests).lines(90, DARK)),
    "figure": lambda it: text(
        FigureDetail(it.scoreboard, CON, "seats_net", contributions(it, CON, "seats_net")).lines(
            90, DARK
        )
    ),
    "ireland": lambda it: text(Ireland(it).lines(90, DARK)),
    "projector": news,
    "history": lambda it: text(history(council_of(it, "Copse").history, 90, DARK)),
    "missed": lambda it: digest_as_text(digest(Standing(), it), "bbc").partition("Movers")[2],
    "trend": lambda it: text(draw_trend(it, it.scoreboard.rows, 7, (80, 5), DARK)),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_list_that_goes_past_midnight_says_the_day(place: str) -> None:
    within, past = (PLACES[place](a_night(last)) for last in (SAME_DAY, NEXT_DAY))
    assert "~18:00" in within
    assert "~18:30" in within
    assert "Fri" not in within
    assert "Fri ~18:00" in past
    assert "Sat ~18:00" in past


def test_councils_that_are_due_on_several_days_say_which() -> None:
    lines = [
        text([line for line, _ in draw_next(still_due(a_night(last).councils, None), 5, 60, DARK)])
        for last in (SAME_DAY, NEXT_DAY)
    ]
    assert " ~18:00 Alder" in lines[0]
    assert " Fri ~18:00 Alder" in lines[1]
    assert " Sat ~18:00 Birch" in lines[1]


def test_a_trend_says_of_its_ends_that_they_are_estimates() -> None:
    night = a_night(SAME_DAY)
    heads = [
        text(draw_trend(night, night.scoreboard.rows, 7, (width, 5), DARK)).splitlines()[0]
        for width in (39, 38, 32)
    ]
    assert heads == [
        "NET SEATS OVER THE NIGHT  ~18:00–~18:30",
        "NET OVER THE NIGHT  ~18:00–~18:30",
        "NET SEATS  ~18:00–~18:30",
    ]
