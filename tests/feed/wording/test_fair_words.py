"""Words that a sub-editor would strike: what a line says of size, newness, majorities and control."""

from __future__ import annotations

from typing import Any

import pytest

from feed.english import in_words
from feed.model.entries import Entry, EntryKind
from feed.model.messages import Expected
from feed.reports.provenance import contributions_as_text
from feed.reports.standing_text import baseline_sentence, standing_as_text
from feed.wording.control import control_sentence, in_style, sentence
from feed.wording.progress import contests_up
from tests.feed.builders import BEGINS, a_contest, a_result, a_roster, log_of, standing_of

NEW: dict[str, Any] = {"new_council": True}


def declared(*told: Any) -> Entry:
    return log_of(*told)[-1]


@pytest.mark.parametrize(
    ("style", "says"),
    [
        ("bbc", "Somerset West and Taunton: new council, LD win"),
        ("pa", "LD win Somerset West and Taunton (new council)"),
        ("plain", "Somerset West and Taunton: new council, Liberal Democrats win control"),
    ],
)
def test_a_new_council_says_that_it_is_new(style: Any, says: str) -> None:
    result = a_result("Somerset West and Taunton", ld=30, con=10, facts=NEW)
    assert sentence(declared(result), style) == says
    assert control_sentence(standing_of(result).councils[0], style) == says


def test_a_new_council_without_a_majority_says_so_in_small_letters() -> None:
    entry = declared(a_result("Alder", ld=10, con=10, facts=NEW))
    assert sentence(entry, "plain") == "Alder: new council, no party has a majority"


def test_a_change_of_size_is_in_the_line_and_at_the_foot_of_the_board() -> None:
    changed = {"boundary_change": True}
    roster = a_roster("Alder", {"con": 30, "lab": 15}, **changed)
    result = a_result("Alder", con=20, lab=12, changes={"con": -10, "lab": -3}, facts=changed)
    assert "45 → 32 seats" in declared(roster, result).detail
    standing = standing_of(roster, result)
    assert standing.councils[0].size_before == 45
    assert baseline_sentence(standing.scoreboard).endswith(
        " One council changed size: the net column need not add up to 0."
    )
    same = standing_of(a_roster("Alder", {"con": 32}, **changed), result)
    assert same.scoreboard.changed_size == 0


def test_the_party_that_lost_control_is_always_among_the_movers() -> None:
    result = a_result(
        "Alder", con=11, lab=12, ld=9, green=9, ind=9,
        changes={"con": -1, "lab": -9, "ld": 4, "green": 3, "ind": 3},
        facts={"control_before": "con"},
    )  # fmt: skip
    entry = declared(a_roster("Alder", {"con": 12}), result)
    assert "Con −1" in entry.detail
    assert "Lab −9" in entry.detail


def test_the_majority_stands_at_the_end_of_the_figures() -> None:
    result = a_result("Alder", ld=19, con=18, changes={"ld": 6, "con": -6})
    assert declared(result).detail == "19 of 37 seats · LD +6 · Con −6 · majority of one"


@pytest.mark.parametrize(
    ("short", "says"), [(1, "one seat"), (4, "four seats"), (9, "nine seats"), (12, "12 seats")]
)
def test_numbers_to_nine_are_words_everywhere(short: int, says: str) -> None:
    largest = 31 - short
    result = a_result(
        "Alder", facts={"after": {"con": largest, **{f"p{n}": 1 for n in range(60 - largest)}}}
    )
    assert f"{says} short" in declared(result).detail
    assert [in_words(n) for n in (0, 1, 9, 10, 1234)] == ["no", "one", "nine", "10", "1,234"]


def test_no_change_is_no_hold() -> None:
    result = a_result("Alder", con=10, lab=10, facts={"control_before": "noc"})
    assert declared(result).kind is EntryKind.NO_CHANGE
    held = a_result("Alder", con=10, facts={"control_before": "con"})
    assert declared(held).kind is EntryKind.HOLD


def test_the_agencys_style_has_its_codes_in_figures_and_corrections_too() -> None:
    told = [a_result("Alder", r, con=10 + r, lab=5) for r in (1, 2)]
    assert "C 11→12" in sentence(declared(*told), "pa")
    assert "Con 11→12" in sentence(declared(*told), "bbc")
    assert in_style("Con 17 of 35 · Res +2 · Condorcet", "pa") == "C 17 of 35 · R +2 · Condorcet"


def test_a_flash_of_a_contest_is_said_to_be_unconfirmed_once() -> None:
    entry = declared(a_contest("Watford", "lab", "rush", before="lab"))
    assert f"{sentence(entry, 'bbc')} {entry.detail}".count("unconfirmed") == 1


def test_turnout_is_written_without_a_gap() -> None:
    assert "turnout 65.5%" in declared(a_contest("Watford", "lab", turnout=65.5)).detail


def test_alliance_is_called_by_its_name() -> None:
    told = standing_of(a_result("Belfast", alliance=30, dup=30, changes={"alliance": 2}))
    lines = standing_as_text(told).splitlines()
    assert [line.split()[0] for line in lines if line.startswith("All")] == ["Alliance"]


def test_a_figure_of_northern_ireland_is_explained_in_words() -> None:
    told = standing_of(a_result("Belfast", dup=30, sf=20), a_result("Alder", con=3))
    assert contributions_as_text(told, "dup.seats_won").startswith(
        "Northern Ireland: DUP, seats won: 30 from 1 result"
    )
    assert contributions_as_text(told, "con.councils").startswith(
        "Conservatives, councils controlled: 1 from 1 result"
    )


def test_an_expected_time_carries_its_source() -> None:
    (council,) = standing_of(
        a_roster("Alder"), Expected(council="Alder", expected_at=BEGINS, source="The agency")
    ).councils
    assert council.expected_source == "The agency"


def test_of_how_many_contests_is_said_only_where_all_were_nominated() -> None:
    nominated = [a_contest(area, None, "nominations") for area in ("Watford", "Bedford")]
    result = a_contest("Watford", "lab")
    assert contests_up(standing_of(*nominated, result).contests) == 2
    assert contests_up(standing_of(nominated[1], result).contests) == 0
