"""A superseding revision is news: it says the difference, and the old line stays, struck out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.model.entries import Entry, EntryKind, Mark
from feed.model.messages import Message, Result, Rush
from feed.model.standing import Standing
from tests.feed.builders import (
    a_result,
    a_roster,
    a_rush,
    a_step,
    a_ward,
    a_withdrawal,
    folded,
    log_of,
    minutes,
    row,
    standing_of,
)

FIRST = a_result("Alderton", lab=25, con=10)
SECOND = a_result("Alderton", 2, lab=24, con=11)
FLIPPED = a_result("Alderton", 3, lab=14, con=21)


def last(*told: Message) -> Entry:
    return log_of(*told)[-1]


def sent(*told: tuple[Message, float]) -> Standing:
    """Fold files in this order, each written at its minute."""
    return folded(
        a_step(message, f"{n}.xml", modified_at=minutes(minute))
        for n, (message, minute) in enumerate(told)
    ).standing()


def test_a_correction_says_the_difference_and_that_control_is_unchanged() -> None:
    entry = last(FIRST, SECOND)
    assert entry.kind is EntryKind.CORRECTION
    assert entry.text == "Correction: Alderton r2: Lab 25→24, Con 10→11; control unchanged"
    assert entry.detail == "scoreboard: Con seats +1; Lab seats −1"
    assert not entry.flips


def test_a_correction_that_flips_control_says_so_and_what_the_scoreboard_does() -> None:
    entry = last(a_roster("Alderton", {"lab": 35}), SECOND, FLIPPED)
    assert entry.text == (
        "Correction: Alderton r3: Con gain from Lab after all: "
        "Lab 24→14, Con 11→21; control Lab → Con"
    )
    assert entry.detail == (
        "scoreboard: Con councils +1; Con councils net +1; Con seats +10; "
        "Lab councils −1; Lab councils net −1; Lab seats −10"
    )
    assert entry.flips


def test_a_corrected_line_is_struck_out_by_the_line_that_corrects_it() -> None:
    standing = standing_of(FIRST, SECOND, FLIPPED)
    assert [entry.corrects for entry in standing.log.since(0)] == [None, 1, 2]
    assert standing.superseded == {1: 2, 2: 3}
    assert standing.councils[0].corrected
    assert standing.councils[0].entry == 3


def test_an_older_revision_that_comes_late_is_told_and_changes_nothing() -> None:
    standing, alone = standing_of(SECOND, FIRST), standing_of(SECOND)
    entry = standing.log[-1]
    assert entry.kind is EntryKind.LATE
    assert entry.text == "Alderton r1 (result) came after r2; nothing changes"
    assert standing.superseded == {}
    assert standing.scoreboard == alone.scoreboard


def test_a_late_rush_is_late_too() -> None:
    entry = last(FIRST, a_rush("Alderton", "con"))
    assert entry.text == "Alderton r1 (rush) came after r1; nothing changes"


def test_the_same_revision_with_other_figures_is_a_conflict_and_the_later_file_stands() -> None:
    other = a_result("Alderton", lab=14, con=21)
    standing = sent((FIRST, 1), (other, 2))
    entry = standing.log[-1]
    assert entry.kind is EntryKind.CONFLICT
    assert entry.mark is Mark.REMARK
    assert entry.text == (
        "Alderton r1 was sent again with other figures: Lab 25→14, Con 10→21; "
        "control Lab → Con; the later file stands"
    )
    assert "conflict" in {check.rule for check in entry.checks}
    assert standing.councils[0].after == "con"


def test_the_same_revision_written_earlier_is_a_conflict_and_does_not_stand() -> None:
    other = a_result("Alderton", lab=14, con=21)
    standing = sent((FIRST, 2), (other, 1))
    assert standing.log[-1].kind is EntryKind.CONFLICT
    assert standing.log[-1].text == (
        "Alderton r1 was sent again with other figures; the later file, which is in already, stands"
    )
    assert standing.councils[0].after == "lab"


def test_the_same_figures_in_another_order_are_no_conflict() -> None:
    standing = sent(
        (a_result("Alderton", lab=25, con=10), 1), (a_result("Alderton", con=10, lab=25), 2)
    )
    assert standing.duplicates == 1
    assert [e.kind for e in standing.log.since(0)] == [EntryKind.WIN, EntryKind.DUPLICATE]


def test_the_same_file_written_anew_is_no_news() -> None:
    standing = sent((FIRST, 1), (FIRST, 2), (FIRST, 3))
    assert [e.kind for e in standing.log.since(0)] == [EntryKind.WIN, EntryKind.DUPLICATE]


NOTED = a_result("Alderton", lab=25, con=10, facts={"note": "after a recount"})


@pytest.mark.parametrize("minute", [0, 2])
def test_the_same_figures_sent_again_are_a_duplicate_and_nothing_is_struck_out(
    minute: float,
) -> None:
    standing = sent((FIRST, 1), (NOTED, minute))
    entry = standing.log[-1]
    assert (entry.kind, entry.mark) == (EntryKind.DUPLICATE, Mark.OK)
    assert entry.text == "Alderton r1 was sent again with the same figures"
    assert entry.detail == ""
    assert standing.superseded == {}
    assert standing.councils[0].entry == 1


def test_a_revision_with_the_same_figures_is_no_correction() -> None:
    standing = standing_of(FIRST, a_result("Alderton", 2, lab=25, con=10))
    entry = standing.log[-1]
    assert entry.kind is EntryKind.DUPLICATE
    assert entry.text == "Alderton r2 has the same figures as r1"
    assert standing.superseded == {}
    assert standing.councils[0].revision == 2


def test_the_same_figures_with_another_outcome_are_no_duplicate() -> None:
    told = [a_result("Alderton", r, lab=21, con=21, facts={"outcome": w}) for r, w in
            ((1, "lose"), (2, "no_change"))]  # fmt: skip
    roster = a_roster("Alderton", {"con": 30, "lab": 12})
    assert last(roster, *told).kind is EntryKind.CORRECTION


def test_a_flash_told_again_is_a_duplicate() -> None:
    standing = standing_of(a_rush("Alderton", "lab"), a_rush("Alderton", "lab", text="Again: Lab"))
    assert standing.log[-1].kind is EntryKind.DUPLICATE
    assert standing.log[-1].text == "Alderton: told again, Lab; nothing changes"
    assert standing.superseded == {}
    assert standing.rushed == 1


def test_an_earlier_file_with_the_same_figures_sent_again_strikes_nothing_out() -> None:
    standing = sent((FIRST, 1), (NOTED, 2), (FIRST, 3))
    assert standing.superseded == {}
    assert {e.kind for e in standing.log.since(1)} == {EntryKind.DUPLICATE}


def test_only_the_seats_won_may_be_corrected() -> None:
    won = [a_result("Alderton", r, lab=25, facts={"won": {"lab": n}}) for r, n in ((1, 7), (2, 8))]
    assert last(*won).text == "Correction: Alderton r2: won Lab 7→8; control unchanged"


def test_only_the_changes_may_be_corrected() -> None:
    told = [a_result("Alderton", r, lab=25, changes={"lab": n}) for r, n in ((1, -7), (2, 8))]
    assert last(*told).text == ("Correction: Alderton r2: change Lab −7→+8; control unchanged")


def test_a_result_confirms_its_rush_without_striking_it_out() -> None:
    standing = standing_of(a_rush("Alderton", "lab"), FIRST)
    assert standing.superseded == {}
    assert standing.councils[0].history[-1].difference == "confirms the rush"
    assert not standing.councils[0].corrected


def test_a_result_that_differs_from_its_rush_strikes_it_out_and_says_so() -> None:
    standing = standing_of(a_rush("Alderton", "con"), FIRST)
    entry = standing.log[-1]
    assert standing.superseded == {1: 2}
    assert entry.mark is Mark.REMARK
    assert "The rush said otherwise: control Con → Lab." in [c.says for c in entry.checks]


def declared(revision: int, before: Any, **after: int) -> Result:
    seats: Any = after
    return a_result("Alderton", revision, facts={"control_before": before}, **seats)


def test_a_correction_of_control_before_says_what_it_makes_of_the_outcome() -> None:
    hung = {"lab": 15, "con": 15}
    entry = last(declared(1, "con", **hung), declared(2, "noc", **hung))
    assert entry.text == (
        "Correction: Alderton r2: NOC no change after all: no seat changes; "
        "control before Con → NOC, so it is no change"
    )
    assert entry.detail == "scoreboard: Con councils net +1; NOC councils net −1"
    assert entry.flips
    gained = last(declared(1, "con", lab=30), declared(2, "ld", lab=30))
    assert "; control before Con → LD" in gained.text
    assert gained.flips


def test_a_correction_of_control_before_and_after_says_both() -> None:
    entry = last(declared(1, "lab", lab=30), declared(2, "noc", con=30))
    assert entry.text.endswith("control Lab → Con; control before Lab → NOC, so it is a gain")


def test_control_before_that_is_given_late_is_told_and_a_hold_is_no_change_of_control() -> None:
    entry = last(declared(1, None, lab=30), declared(2, "lab", lab=30))
    assert entry.text.endswith("no seat changes; control before is Lab, so it is a hold")
    assert not entry.flips


def test_a_repeated_revision_with_another_outcome_flips_control_too() -> None:
    told = [declared(1, "con", lab=30), declared(1, "lab", lab=30)]
    entry = sent((told[0], 1), (told[1], 2)).log[-1]
    assert entry.kind is EntryKind.CONFLICT
    assert "control before Con → Lab, so it is a hold" in entry.text
    assert entry.flips


def test_of_a_council_that_stands_apart_only_seats_are_corrected() -> None:
    told = [
        a_roster("Belfast", {"sf": 20, "dup": 15}),
        a_result("Belfast", sf=19, dup=16),
        a_result("Belfast", 2, sf=15, dup=20),
        a_withdrawal("Belfast", 2),
    ]
    *_, corrected, withdrawn = log_of(*told)
    assert corrected.text == "Correction: Belfast r2: DUP 16→20, SF 19→15"
    assert corrected.detail == "scoreboard: DUP seats +4; SF seats −4"
    assert withdrawn.detail == "scoreboard: DUP seats −20; SF seats −15"
    assert (corrected.flips, withdrawn.flips) == (False, False)
    (council,) = standing_of(a_rush("Belfast", "sf"), *told[:3]).ni_councils
    assert [past.difference for past in council.history] == ["", "", "DUP 16→20, SF 19→15"]
    again = last(a_rush("Belfast", "sf"), a_rush("Belfast", "dup", 2))
    assert (again.kind, again.text) == (EntryKind.CONTEST, "Belfast: unconfirmed")
    late = log_of(told[1], a_roster("Belfast", {"dup": 35}))[-1]
    assert (late.detail, late.flips) == ("", False)


LOST = a_rush("Alderton", None, control_before="con", outcome="lose")
BEARS_OUT = [
    (LOST, declared(1, "con", lab=15, con=15)),
    (LOST, declared(1, "con", lab=30)),
    (a_rush("Alderton", "noc"), declared(1, "con", lab=15, con=15)),
    (a_rush("Alderton", "noc", outcome="no_change"), declared(1, "noc", lab=15, con=15)),
    (a_rush("Alderton", None, outcome="no_change"), declared(1, "noc", lab=15, con=15)),
    (a_rush("Alderton", "lab", outcome="gain"), declared(1, None, lab=30)),
]


@pytest.mark.parametrize(("rush", "result"), BEARS_OUT)
def test_a_result_confirms_a_rush_that_it_bears_out(rush: Rush, result: Result) -> None:
    standing = standing_of(rush, result)
    assert standing.superseded == {}
    assert standing.councils[0].history[-1].difference == "confirms the rush"
    assert "rush-differs" not in {check.rule for check in standing.log[-1].checks}


NOT_AS_FLASHED = [
    (LOST, declared(1, "con", con=30), "control lost → Con"),
    (
        a_rush("Alderton", "noc", control_before="noc", outcome="no_change"),
        declared(1, "con", lab=15, con=15),
        "control before NOC → Con, so it is a loss to NOC",
    ),
    (
        a_rush("Alderton", "lab", outcome="hold"),
        declared(1, "con", lab=30),
        "control before Lab → Con, so it is a gain",
    ),
    (
        a_rush("Alderton", "lab", outcome="gain"),
        declared(1, "lab", lab=30),
        "control before is Lab, so it is a hold",
    ),
]


@pytest.mark.parametrize(("rush", "result", "says"), NOT_AS_FLASHED)
def test_a_result_of_another_outcome_than_its_rush_says_so(
    rush: Rush, result: Result, says: str
) -> None:
    standing = standing_of(rush, result)
    assert standing.superseded == {1: 2}
    assert standing.councils[0].history[-1].difference == says
    assert f"The rush said otherwise: {says}." in [c.says for c in standing.log[-1].checks]


def test_a_rush_that_completes_another_is_told_as_a_rush() -> None:
    entry = last(LOST, a_rush("Alderton", "noc", 2, control_before="con", outcome="lose"))
    assert (entry.kind, entry.corrects) == (EntryKind.RUSH, 1)
    assert entry.declaration is not None
    assert (entry.declaration.before, entry.declaration.after) == ("con", "noc")


def test_a_rush_of_another_outcome_corrects_a_rush() -> None:
    told = [a_rush("Alderton", "lab", r, outcome=o) for r, o in ((1, "gain"), (2, "hold"))]
    assert last(*told).text == (
        "Correction: Alderton r2: control before is Lab, so it is a hold (unconfirmed)"
    )


def test_a_rush_that_says_less_than_the_result_it_supersedes_leaves_control_unchanged() -> None:
    entry = last(declared(1, "con", lab=15, con=15), a_rush("Alderton", "noc", 2))
    assert entry.text == "Correction: Alderton r2: control unchanged (unconfirmed)"
    assert not entry.flips


@pytest.mark.parametrize(
    ("rush", "says"),
    [
        (LOST, "rush: Con lose"),
        (a_rush("Alderton", None, outcome="lose"), "rush: control lost"),
        (a_rush("Alderton", None, outcome="no_change"), "rush: NOC no change"),
        (a_rush("Alderton", None), "rush: control not said"),
    ],
)
def test_the_history_says_as_much_of_control_as_a_rush_did(rush: Rush, says: str) -> None:
    assert standing_of(rush).councils[0].history[0].says == says


def test_a_rush_corrected_by_a_rush_is_a_correction_that_is_not_counted() -> None:
    entry = last(a_rush("Alderton", "con"), a_rush("Alderton", "lab", 2))
    assert entry.text == "Correction: Alderton r2: control Con → Lab (unconfirmed)"
    assert (entry.detail, entry.flips) == ("scoreboard: not counted", False)


def test_a_rush_that_corrects_a_result_takes_its_figures_off_the_scoreboard() -> None:
    standing = standing_of(FIRST, a_rush("Alderton", "con", 2))
    assert standing.declared == 0
    assert standing.rushed == 1
    assert standing.log[-1].text == (
        "Correction: Alderton r2: Con win after all: control Lab → Con (unconfirmed)"
    )
    assert standing.log[-1].detail == "scoreboard: Con seats −10; Lab councils −1; Lab seats −25"


def test_a_withdrawal_takes_the_result_back_and_says_what_goes() -> None:
    standing = standing_of(FIRST, a_withdrawal("Alderton", reason="wrong count"))
    entry = standing.log[-1]
    assert entry.kind is EntryKind.WITHDRAWN
    assert entry.text == "Withdrawn: Alderton r1 (wrong count); back to not declared"
    assert entry.detail == "scoreboard: Con seats −10; Lab councils −1; Lab seats −25"
    assert standing.superseded == {1: 2}


def test_what_is_declared_again_after_a_withdrawal_is_a_declaration() -> None:
    standing = standing_of(FIRST, a_withdrawal("Alderton"), SECOND)
    assert standing.log[-1].kind is EntryKind.WIN
    assert standing.log[-1].corrects == 2
    assert standing.declared == 1


def test_a_withdrawal_of_nothing_says_that_nothing_stood() -> None:
    entry = last(a_withdrawal("Alderton"))
    assert entry.text == "Withdrawn: Alderton r1; nothing stood, nothing changes"
    assert entry.corrects is None


def test_a_withdrawal_of_an_older_revision_changes_nothing() -> None:
    standing = standing_of(SECOND, a_withdrawal("Alderton", 1))
    assert standing.declared == 1
    assert standing.log[-1].text == "Alderton r1 (withdrawal) came after r2; nothing changes"


def _bare(standing: Standing) -> list[Any]:
    return [
        (c.id, c.status, c.before, c.after, c.outcome, c.size, c.seats_up, c.seats, c.baseline,
         c.declared_at, c.declared_order, c.majority_notes, c.checks, c.corrected, c.wards)
        for c in standing.councils
    ]  # fmt: skip


def with_seats(revision: int, seats: Mapping[str, int]) -> Result:
    after: Any = seats
    return Result(council="Alderton", revision=revision, after=after)


SEATS = st.dictionaries(st.sampled_from(["con", "lab", "ld", "ind"]), st.integers(0, 30))


@settings(max_examples=50, deadline=None, derandomize=True)
@given(seats=SEATS, again=SEATS, with_roster=st.booleans())
def test_a_withdrawal_reverses_exactly(
    seats: dict[str, int], again: dict[str, int], with_roster: bool
) -> None:
    others: list[Any] = [a_result("Brindle", con=9), a_ward("Alderton", "Hay", {"lab": 1})]
    if with_roster:
        others.append(a_roster("Alderton", {"con": 20, "lab": 4}))
    told = [with_seats(1, seats), with_seats(2, again)]
    withdrawn = standing_of(*others, *told, a_withdrawal("Alderton", 2))
    without = standing_of(*others)
    assert withdrawn.scoreboard == without.scoreboard
    assert _bare(withdrawn) == _bare(without)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(first=SEATS, second=SEATS)
def test_what_a_correction_says_of_the_scoreboard_is_what_it_does(
    first: dict[str, int], second: dict[str, int]
) -> None:
    told = [a_roster("Alderton", {"con": 20}), with_seats(1, first)]
    before = standing_of(*told)
    after = standing_of(*told, with_seats(2, second))
    detail = after.log[-1].detail
    for line in after.scoreboard.rows:
        was = row(before, line.party)
        moved = {
            "councils": line.councils - was.councils,
            "councils net": line.net - was.net,
            "seats": line.seats_won - was.seats_won,
        }
        for word, by in moved.items():
            said = f"{line.label} {word} {'+' if by > 0 else '−'}{abs(by)}"
            assert (said in detail.removeprefix("scoreboard: ").split("; ")) == bool(by)


def test_the_history_of_a_council_tells_every_version_and_which_stands() -> None:
    standing = standing_of(a_rush("Alderton", "lab"), FIRST, SECOND)
    history = standing.councils[0].history
    assert [(past.kind, past.revision, past.current) for past in history] == [
        ("rush", 1, False), ("result", 1, False), ("result", 2, True),
    ]  # fmt: skip
    assert history[-1].says == "Lab: Lab 24, Con 11"
    assert history[-1].difference == "Lab 25→24, Con 10→11; control unchanged"


def test_a_ward_is_corrected_in_the_open_too() -> None:
    told = [
        a_ward("Alderton", "Hay", {"lab": 1}),
        a_ward("Alderton", "Hay", {"con": 1}, revision=2),
    ]
    entry = last(*told)
    assert entry.kind is EntryKind.CORRECTION
    assert entry.text == "Correction: Alderton, Hay: Con 1 · 1 ward in"
    assert entry.corrects == 1
    late = last(*reversed(told))
    assert (late.kind, late.corrects) == (EntryKind.LATE, None)


@pytest.mark.parametrize("minute", [1, 3])
def test_the_time_of_a_file_decides_within_a_revision_only(minute: float) -> None:
    standing = sent((SECOND, 2), (a_result("Alderton", lab=1, con=34), minute))
    assert standing.councils[0].revision == 2


def test_an_entry_tells_its_own_time_and_where_it_is_from() -> None:
    at = datetime.fromisoformat("2019-05-03T01:00+00:00")
    told = a_result("Alderton", lab=3, facts={"at": at})
    entry = last(told)
    assert (entry.at, entry.clock) == (at, "declared")
    estimated = a_result("Alderton", lab=3, facts={"at": at, "at_basis": "estimated"})
    assert last(estimated).clock == "estimated"
    assert last(FIRST).clock == "seen"
