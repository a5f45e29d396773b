"""Which poll day is the night, what joins it, and what is set aside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import permutations
from typing import Any

import pytest

from feed.ledger.ledger import Ledger, Step
from feed.ledger.night import Night, whole_night
from feed.ledger.poll_days import newest_night, the_night
from feed.model.entries import EntryKind
from feed.model.messages import AgencyTotal, Contest, ElectionRef, Message, News
from feed.model.standing import Standing
from tests.feed.builders import a_contest, a_result, a_roster, a_step, folded, steps

TONIGHT = date(2026, 5, 7)
SEEN = datetime(2026, 5, 7, 21, 0, tzinfo=UTC)


def of(day: date, name: str | None = None) -> dict[str, Any]:
    return {"election": ElectionRef(date=day, name=name)}


def results(day: date, *councils: str) -> list[Message]:
    return [a_result(name, lab=30, con=20, facts=of(day)) for name in councils]


def a_mayor(area: str, day: date) -> Contest:
    return a_contest(area, "lab", **of(day, "Mayoral Elections"))


LAST_YEAR = results(date(2025, 5, 1), "Kent", "Essex", "Devon")
THIS_YEAR = results(TONIGHT, "Leeds", "Bury")


def seen_tonight(*told: Message) -> list[Step]:
    return [a_step(message, f"{number}.json", SEEN) for number, message in enumerate(told)]


def live(*told: Message) -> Standing:
    return folded(seen_tonight(*told)).standing()


def names(standing: Standing) -> list[str]:
    return [council.name for council in standing.councils]


@pytest.mark.parametrize("old_first", [True, False])
def test_the_newest_poll_day_is_the_night_though_older_files_are_more(*, old_first: bool) -> None:
    told = [*LAST_YEAR, *THIS_YEAR] if old_first else [*THIS_YEAR, *LAST_YEAR]
    standing = live(*told)
    assert names(standing) == ["Bury", "Leeds"]
    assert standing.date == TONIGHT
    assert standing.title == "Local elections 7 May 2026"
    assert standing.problems == ()
    (aside,) = standing.set_aside
    assert (aside.day, len(aside.files), aside.messages) == (date(2025, 5, 1), 3, 3)


@pytest.mark.parametrize("order", permutations(range(5)))
def test_the_night_does_not_depend_on_the_order_of_the_files(order: Sequence[int]) -> None:
    told = [
        *results(date(2018, 5, 3), "Kent", "Essex"),
        *results(date(2019, 5, 2), "Devon"),
        *results(date(2017, 5, 4), "Surrey"),
        a_mayor("Bedford", date(2019, 5, 3)),
    ]
    standing = folded(steps(*(told[number] for number in order))).standing()
    assert (standing.date, names(standing)) == (date(2019, 5, 2), ["Devon"])
    assert [contest.area for contest in standing.contests] == ["Bedford"]


def test_the_older_files_are_one_line_of_the_log_a_day() -> None:
    told = [*THIS_YEAR, *LAST_YEAR, *results(date(2024, 5, 2), "Dorset", "Essex")]
    lines = [e.text for e in live(*told).log.since(0) if e.kind is EntryKind.DESK]
    assert lines == [
        "Files of 1 May 2025 are set aside and not counted",
        "Files of 2 May 2024 are set aside and not counted",
    ]


def test_live_a_poll_later_than_tomorrow_is_not_tonight() -> None:
    later = a_roster("Kent", {"con": 1}, **of(date(2027, 5, 6)))
    assert live(*THIS_YEAR, later).date == TONIGHT
    tomorrow = a_roster("Kent", {"con": 1}, **of(date(2026, 5, 8)))
    assert live(*THIS_YEAR, tomorrow).date == date(2026, 5, 8)
    assert live(later).date == date(2027, 5, 6)


def test_contests_within_seven_days_join_with_their_day() -> None:
    told = [
        *THIS_YEAR,
        a_mayor("Watford", date(2026, 5, 6)),
        a_mayor("Doncaster", TONIGHT),
        a_mayor("Hackney", date(2026, 5, 14)),
        a_mayor("Lewisham", date(2026, 4, 29)),
        a_contest("Kent", "con", contest="pcc", **of(date(2026, 5, 8))),
    ]
    standing = live(*told)
    assert {contest.area: contest.poll for contest in standing.contests} == {
        "Doncaster": None,
        "Hackney": date(2026, 5, 14),
        "Kent": date(2026, 5, 8),
        "Watford": date(2026, 5, 6),
    }
    assert [each.day for each in standing.set_aside] == [date(2026, 4, 29)]


def test_the_line_of_a_contest_names_its_day_where_that_is_not_the_nights() -> None:
    told = [*THIS_YEAR, a_mayor("Watford", date(2026, 5, 6)), a_mayor("Doncaster", TONIGHT)]
    details = [entry.detail for entry in live(*told).log.since(2)]
    assert details == ["Wed 6 May", ""]


def test_a_contest_never_gives_the_night_its_day_or_its_title_where_there_are_councils() -> None:
    by_election = a_contest(
        "Bathgate", "lab", contest="by_election",
        **of(date(2026, 5, 8), "Scottish Parliament by-election"),
    )  # fmt: skip
    for told in ([by_election, *THIS_YEAR], [*THIS_YEAR, by_election]):
        standing = live(*told)
        assert (standing.title, standing.date) == ("Local elections 7 May 2026", TONIGHT)
        assert standing.contests[0].poll == date(2026, 5, 8)


def test_contests_alone_are_a_night_of_their_own() -> None:
    standing = live(a_mayor("Watford", date(2026, 5, 6)), a_mayor("Bedford", date(2025, 5, 1)))
    assert standing.date == date(2026, 5, 6)
    assert [contest.area for contest in standing.contests] == ["Watford"]


def test_news_and_totals_of_another_night_are_set_aside_too() -> None:
    old = of(date(2025, 5, 1))
    told = [
        *THIS_YEAR,
        AgencyTotal(declared=1, of=23, rows=(), election=old["election"]),
        News(text="Last year's page.", election=old["election"]),
    ]
    standing = live(*told)
    assert standing.totals == ()
    assert standing.set_aside[0].messages == 2
    assert "Last year's page." not in [entry.text for entry in standing.log.since(0)]


def test_another_poll_day_can_be_asked_for() -> None:
    night = whole_night(steps(*LAST_YEAR, *THIS_YEAR), date(2025, 5, 1))
    assert names(night.edge()) == ["Devon", "Essex", "Kent"]
    assert night.edge().set_aside[0].day == TONIGHT


def test_a_saved_night_never_shows_another_one_on_the_way() -> None:
    told = steps(*LAST_YEAR, *THIS_YEAR)
    night = whole_night(told)
    for position in range(len(night) + 1):
        assert night.at(position).date in {None, TONIGHT}
        assert set(names(night.at(position))) <= {"Leeds", "Bury"}


def test_looking_back_over_a_change_of_night_shows_what_was_shown_then() -> None:
    night = Night(spacing=2)
    night.extend(seen_tonight(*LAST_YEAR, *THIS_YEAR))
    assert names(night.at(3)) == ["Devon", "Essex", "Kent"]
    assert names(night.at(4)) == ["Leeds"]
    assert names(night.at(2)) == ["Essex", "Kent"]
    assert night.at(5).set_aside == night.edge().set_aside
    assert night.at(2).set_aside == ()


def test_a_result_of_the_new_night_is_declared_in_the_log_when_the_night_changes() -> None:
    ledger = Ledger()
    for step in seen_tonight(*LAST_YEAR, *THIS_YEAR):
        ledger.apply(step)
    said = [(e.kind, e.text) for e in ledger.entries[3:]]
    assert said[1] == (EntryKind.DESK, "The night is now that of 7 May 2026")
    assert ledger.entries[4].detail == "files of 1 May 2025 are set aside and not counted"
    assert [kind for kind, _ in said] == [EntryKind.WIN, EntryKind.DESK, EntryKind.WIN]


def test_no_poll_day_is_no_night() -> None:
    assert the_night({}) is None
    assert newest_night([a_result("Alder", lab=3)]) is None
    assert live(a_result("Alder", lab=3)).date is None
