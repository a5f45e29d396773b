"""What happened between two moments, for whoever looked away."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from feed.ledger.step import Step
from feed.model.messages import AgencyTotal, CouncilRef, News, Rejection
from feed.model.parties import PartyId
from feed.reports.compare import difference
from feed.reports.digest import Digest, digest, digest_as_json, digest_as_text
from tests.feed.builders import (
    a_contest,
    a_result,
    a_roster,
    a_rush,
    a_total_row,
    a_withdrawal,
    folded,
    standing_of,
    steps,
)
from tests.feed.versions import a_night

BEFORE: tuple[Any, ...] = (
    a_roster("Alder", {"con": 30}),
    a_roster("Birch", {"lab": 30}),
    a_roster("Copse", {"con": 30}),
    a_result("Alder", con=20, lab=10, changes={"con": -10, "lab": 10}),
)
SINCE: tuple[Any, ...] = (
    a_result("Birch", lab=15, con=15, changes={"con": 15, "lab": -15}),
    a_result("Alder", 2, con=10, lab=20, changes={"con": -20, "lab": 20}),
    a_rush("Copse", "con"),
    a_contest("Bedford", "con", before="ld"),
    News(text="Turnout is [low]"),
    AgencyTotal(
        declared=1,
        councils=(CouncilRef(council="Birch"),),
        rows=(a_total_row("lab", seats_won=15), a_total_row("con", seats_won=15)),
    ),
    Rejection(line=3, what="the file ends too soon", fix="send it again"),
)


def between(before: tuple[Any, ...], since: tuple[Any, ...]) -> Digest:
    told = steps(*before, *since)
    return digest(folded(told[: len(before)]).standing(), folded(told).standing())


FOUND = between(BEFORE, SINCE)


def test_it_counts_what_is_new_only() -> None:
    assert (FOUND.declared, FOUND.declared_in_all, FOUND.councils_up) == (1, 2, 3)
    assert [change.council.name for change in FOUND.changes] == ["Birch", "Alder"]
    assert [e.text[:24] for e in FOUND.corrections] == ["Correction: Alder r2: La"]
    assert [len(part) for part in (FOUND.problems, FOUND.totals, FOUND.contests, FOUND.news)] == [
        1, 1, 1, 1,
    ]  # fmt: skip
    assert FOUND.rushes == 1


def test_movers_are_those_whose_figures_moved_the_most_first() -> None:
    assert [(m.label, m.councils_moved, m.seats_moved) for m in FOUND.movers] == [
        ("Con", -1, 5), ("Lab", 1, -5), ("NOC", 1, 0),
    ]  # fmt: skip


def test_a_party_that_a_withdrawal_takes_off_the_scoreboard_has_moved() -> None:
    told: tuple[Any, ...] = (a_result("Alder", ukip=9, changes={"ukip": 9}),)
    found = between(told, (a_withdrawal("Alder"),))
    assert [(m.label, m.councils_moved, m.seats_moved) for m in found.movers] == [("UKIP", -1, -9)]
    assert found.declared == -1
    assert "−1 declared, 0 in all" in digest_as_text(found, "bbc")


def test_changes_from_two_baselines_are_not_subtracted() -> None:
    last: dict[str, Any] = {"baseline": "last_fought"}
    found = between(
        (a_result("Alder", con=9, changes={"con": 4}),),
        tuple(a_result(name, con=9, changes={"con": -2}, **last) for name in ("Birch", "Copse")),
    )
    assert [(m.label, m.councils_moved, m.seats_moved) for m in found.movers] == [("Con", 2, 0)]


def test_a_change_that_was_taken_back_is_none_and_one_told_twice_is_one() -> None:
    gain, again = (a_result("Alder", revision, lab=20, con=10) for revision in (1, 3))
    hold = a_result("Alder", 2, lab=10, con=20)
    assert between(BEFORE[:3], (gain, hold)).changes == ()
    twice = between(BEFORE[:3], (gain, a_withdrawal("Alder", 2), again))
    assert [(it.council.name, it.entry.revision) for it in twice.changes] == [("Alder", 3)]
    since = between((*BEFORE[:3], gain), (hold,))
    assert (since.changes, len(since.taken_back)) == ((), 1)
    told = digest_as_text(since, "bbc")
    assert "Changes taken back (1)\n   23:04  Alder: Con hold\n" in told
    assert [it["sentence"] for it in digest_as_json(since, "bbc")["changes_taken_back"]] == [
        "Alder: Con hold"
    ]


@given(a_night(), st.integers(0, 30))
def test_the_changes_of_a_stretch_move_the_scoreboard_as_far_as_it_moves(
    told: list[Step], cut: int
) -> None:
    before, after = folded(told[:cut]).standing(), folded(told).standing()
    found, moved = digest(before, after), Counter[PartyId | None]()
    for change in (*found.changes, *found.taken_back):
        for standing, sign in ((before, -1), (after, 1)):
            council = standing.council(change.council.id)
            if council is not None and council.status == "declared" and council.changed_hands:
                moved[council.after] += sign
                moved[council.before] -= sign
    board = {row.party: row.net for row in difference(before, after).board.rows if row.net}
    assert {party: net for party, net in moved.items() if net} == board


def test_northern_ireland_alone_is_counted_and_its_results_are_no_contests() -> None:
    rosters = (a_roster("Belfast", {"sf": 31}), a_roster("Mid Ulster", {"sf": 9}))
    found = between(rosters, (a_result("Belfast", sf=30, dup=1, changes={"sf": -1, "dup": 1}),))
    assert (found.declared, found.declared_in_all, found.councils_up) == (1, 1, 2)
    assert (found.contests, len(found.ireland)) == ((), 1)
    said = digest_as_text(found, "bbc")
    assert "1 declared, 1 of 2 in all" in said
    assert "Northern Ireland (1)\n   23:02  Belfast: SF 30, DUP 1" in said
    assert "  SF: seats net −1 to −1" in said
    assert "Contests" not in said


def test_where_nobody_said_how_many_are_up_the_digest_has_no_of() -> None:
    found = between((), (a_rush("Alder", "con"), a_result("Birch", lab=3)))
    assert "1 declared, 1 in all; 1 rush" in digest_as_text(found, "bbc")
    assert digest_as_json(found, "bbc")["councils_up"] is None


def test_text_tells_it_in_order_of_weight() -> None:
    lines = digest_as_text(FOUND, "pa").splitlines()
    assert lines[0] == "Since Thu 2 May 23:03, until Thu 2 May 23:10 BST"
    assert lines[2] == "1 declared, 2 of 3 in all; 1 rush"
    heads = [line for line in lines if line and not line.startswith(" ")][2:]
    assert heads == [
        "Movers (seats net since the eve of poll)", "Changes of control (2)", "Corrections (1)", "Problems (1)",
        "Agency totals (1)", "Contests (1)", "News (1)",
    ]  # fmt: skip
    assert "   23:04  Lab lose Birch to no overall control" in lines
    assert "  Con: councils −1 to 0, seats net +5 to −5" in lines


def test_markdown_has_heads_and_bullets_and_shows_marks_as_they_stand() -> None:
    page = digest_as_text(FOUND, "bbc", marked=True)
    assert page.startswith("# Since Thu 2 May")
    assert "\n## Changes of control (2)\n- 23:04  Birch: NOC gain from Lab" in page
    assert r"Turnout is \[low\]" in page


def test_many_entries_are_cut_with_how_many_more_there_are() -> None:
    found = between((), tuple(News(text=f"Line {n}") for n in range(15)))
    assert digest_as_text(found, "bbc").endswith("Line 11\n  and 3 more")
    assert len(digest_as_json(found, "bbc")["news"]) == 15


def test_json_carries_the_same() -> None:
    data = json.loads(json.dumps(digest_as_json(FOUND, "bbc")))
    assert (data["format"], data["declared"], data["rushes"]) == (1, 1, 1)
    assert data["changes_of_control"][0]["sentence"] == "Birch: NOC gain from Lab"
    assert data["movers"][0] == {
        "party": "con", "councils": 0, "councils_moved": -1, "seats_net": -5, "seats_moved": 5,
    }  # fmt: skip


def test_between_a_moment_and_itself_there_is_nothing() -> None:
    found = between(BEFORE, ())
    assert (found.declared, found.movers, found.changes) == (0, (), ())
    nothing = digest(standing_of(), standing_of())
    assert digest_as_text(nothing, "bbc").splitlines()[0] == "Nothing yet"
