"""What a council's page says of its size, its kind, its time and its further baselines."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from feed.model.entries import Entry, EntryKind, PlaceId
from feed.model.standing import CouncilStanding, Past
from tests.feed.builders import a_change, a_result, a_roster, a_rush, a_ward, standing_of
from tests.tui.standings import START, a_council, an_origin
from tui.colours.themes import DARK
from tui.details.council_detail import CouncilDetail
from tui.details.entry_detail import EntryDetail

NEW_LINES = {"elects": "whole", "boundary_change": True}


def page(council: CouncilStanding, width: int = 100) -> str:
    lines = CouncilDetail(council, "bbc").lines(width, DARK)
    return "\n".join("".join(piece.text for piece in line) for line in lines)


def page_of(*messages: object) -> str:
    return page(standing_of(*messages).all_councils[0])


def facts(page: str) -> dict[str, str]:
    """Return the named lines of a page."""
    pairs = (line.partition("  ") for line in page.splitlines())
    return {name: value.strip() for name, _, value in pairs if name and value}


def test_a_council_on_new_boundaries_has_the_size_that_its_result_fills() -> None:
    roster = a_roster("Kingsdrift", {"con": 30, "lab": 18}, **NEW_LINES)
    assert facts(page_of(roster))["Size"] == "48 seats held before"
    result = a_result("Kingsdrift", con=32, lab=20, facts=NEW_LINES)
    assert facts(page_of(roster, result))["Size"] == "52 seats"
    stated = roster.changed(size=52, seats_up=52)
    assert facts(page_of(stated))["Size"] == "52 seats · 52 up"
    short = a_result("Kingsdrift", con=32, lab=19, facts=NEW_LINES)
    assert facts(page_of(stated, short))["Size"] == "52 seats · 52 up · 51 filled"


def test_a_new_council_says_so_and_no_size_before_it_is_known() -> None:
    facts_ = {"elects": "whole", "new_council": True, "boundary_change": True}
    roster = a_roster("Lowmere", {"con": 0, "lab": 0}, region="South West", **facts_)
    waiting = page_of(roster)
    assert "South West · new council · whole council up" in waiting
    assert "Size" not in facts(waiting)
    declared = page_of(roster, a_result("Lowmere", con=35, lab=30, facts=facts_))
    assert facts(declared)["Size"] == "65 seats"
    assert "· new council ·" in declared


def test_the_seats_defended_on_old_boundaries_are_no_column_of_seats_up() -> None:
    held = {"con": 29, "lab": 91}
    birmingham = a_roster("Birmingham", held, size=101, seats_up=101, **NEW_LINES)
    assert " up" not in page_of(birmingham).replace("101 up", "").replace("council up", "")
    part = a_roster("Amber", {"con": 20, "lab": 10}, {"con": 6, "lab": 4}, elects="thirds")
    assert ["held", "up"] in [line.split() for line in page_of(part).splitlines()]


def test_northern_ireland_s_councils_have_no_line_of_a_majority() -> None:
    told = (a_roster("Belfast", {"sf": 30, "dup": 30}), a_result("Belfast", sf=31, dup=29))
    for said in (page_of(*told[:1]), page_of(*told)):
        assert "majority" not in said.casefold()
        assert "▲" not in said


def test_figures_on_a_further_baseline_stand_beside_their_baseline() -> None:
    changes = (
        a_change({"con": -3, "lab": 3}),
        a_change({"con": -1, "ukip": -6, "lab": 7}, "last_fought"),
    )
    said = facts(page_of(a_result("Thurrock", con=10, lab=9, facts={"changes": changes})))
    assert said["Change"] == "since the eve of poll"
    assert said["Also"] == "Con −1, Lab +7, UKIP −6 since last fought"


@pytest.mark.parametrize(
    ("clock", "named"),
    [("declared", "Declared"), ("seen", "First seen"), (None, "Declared")],
)
def test_a_time_that_the_source_does_not_give_is_not_called_a_declaration(
    clock: object, named: str
) -> None:
    told: Any = {"declared_at": START, "declared_clock": clock, "declared_order": 15}
    council = a_council("Millbeck", now={"con": 9}, **told)
    assert facts(page(council))[named] == "Thu 2 May 22:00 BST · number 15 to declare"


def test_the_order_of_estimated_times_is_an_estimate() -> None:
    council = a_council(
        "Millbeck", now={"con": 9}, declared_at=START, declared_at_estimated=True,
        declared_order=13,
    )  # fmt: skip
    assert "(estimated) · number ~13 to declare" in page(council)


def test_revisions_that_go_past_midnight_name_their_days() -> None:
    second = START + timedelta(hours=4)
    history = (
        Past(1, "result", "Con: Con 9", an_origin(), START, False),
        Past(2, "result", "Con: Con 9", an_origin(), second, True, estimated=True),
    )
    council = a_council("Millbeck", now={"con": 9}, history=history)
    assert "Thu 22:00 result r1  superseded" in page(council)
    assert "Fri ~02:00 result r2  stands" in page(council)
    one_day = replace(council, history=history[:1])
    assert " 22:00 result r1" in page(one_day)
    assert "Thu 22:00 result" not in page(one_day)


def test_a_council_that_counts_or_has_a_rush_has_nothing_at_stake_any_more() -> None:
    roster = a_roster("Alder", {"con": 20, "lab": 18})
    assert "At stake" in page_of(roster)
    assert "At stake" not in page_of(roster, a_ward("Alder", "Hay", {"lab": 2}, wards_total=9))
    assert "At stake" not in page_of(roster, a_rush("Alder", "lab"))


def test_the_time_of_a_linked_entry_says_that_it_is_an_estimate() -> None:
    entry = Entry(
        seq=4, kind=EntryKind.NEWS, at=START, clock="estimated", origin=an_origin(),
        subject=PlaceId("alder"), text="Alder declared.",
    )  # fmt: skip
    detail = EntryDetail(replace(entry, seq=9), corrects=entry, corrected_by=entry)
    said = "\n".join("".join(piece.text for piece in line) for line in detail.lines(100, DARK))
    assert said.count("entry 4, ~22:00: Alder declared.") == 2
    later = replace(entry, seq=9, at=START + timedelta(hours=4))
    said = "\n".join(
        "".join(piece.text for piece in line)
        for line in EntryDetail(later, corrects=entry).lines(100, DARK)
    )
    assert "entry 4, Thu ~22:00: Alder declared." in said
