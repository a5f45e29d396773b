"""Mayors, commissioners and by-elections: rush, recount, result and correction."""

from __future__ import annotations

from typing import Any

import pytest

from feed.model.entries import EntryKind, Mark
from feed.model.messages import Contest, Withdrawal
from feed.model.standing import ContestStanding, Standing
from tests.feed.builders import (
    a_candidate,
    a_contest,
    a_result,
    a_step,
    folded,
    log_of,
    minutes,
    standing_of,
)

HELD = a_contest("Watford", None, "nominations", before="lab")
RUSH = a_contest("Watford", "lab", "rush", outcome="hold")
RESULT = a_contest("Watford", "lab", before="lab")
CORRECTED = a_contest("Watford", "green", "rush", 2, before="lab", text="Correction: Green gain")
CONFIRMED = a_contest("Watford", "green", "result", 3, before="lab", turnout=31.5, majority=1234)
BACK = Withdrawal(contest="mayor", area="Watford", revision=3)


def only(*told: Any) -> ContestStanding:
    (contest,) = standing_of(*told).contests
    return contest


def sent(*told: tuple[Contest, float]) -> Standing:
    return folded(
        a_step(message, f"{n}.xml", modified_at=minutes(minute))
        for n, (message, minute) in enumerate(told)
    ).standing()


def test_the_highest_revision_shows_the_right_winner_all_along() -> None:
    told = (RUSH, RESULT, CORRECTED, CONFIRMED)
    seen = [only(*told[:count]) for count in range(1, 5)]
    assert [c.winner for c in seen] == ["lab", "lab", "green", "green"]
    assert [c.status for c in seen] == ["rush", "declared", "rush", "declared"]
    assert [c.corrected for c in seen] == [False, False, True, True]
    assert [c.outcome for c in seen] == ["hold", "hold", "gain", "gain"]


def test_the_log_tells_the_correction_and_strikes_the_wrong_result_out() -> None:
    standing = standing_of(RUSH, RESULT, CORRECTED, CONFIRMED)
    log = standing.log.since(0)
    assert [entry.kind for entry in log] == [
        EntryKind.RUSH,
        EntryKind.CONTEST,
        EntryKind.CORRECTION,
        EntryKind.CONTEST,
    ]
    assert log[2].text == (
        "Correction: Watford mayor r2: Lab hold → Green gain from Lab (unconfirmed)"
    )
    assert log[2].detail == "Correction: Green gain"
    assert standing.superseded == {2: 3}
    assert log[3].detail == "majority 1,234 votes · turnout 31.5%"


def test_a_confirmed_rush_of_a_later_revision_is_no_correction() -> None:
    contest = only(RUSH, a_contest("Watford", "lab", "result", 2, before="lab"))
    assert not contest.corrected
    assert [past.kind for past in contest.history] == ["rush", "result"]


def test_contests_touch_no_council_and_no_seat() -> None:
    standing = standing_of(RESULT, a_contest("Kent", "con", contest="pcc", outcome="gain"))
    assert standing.declared == standing.councils_up == 0
    assert all(row.councils == row.seats_won == 0 for row in standing.scoreboard.rows)
    assert [(c.kind, c.area) for c in standing.contests] == [("mayor", "Watford"), ("pcc", "Kent")]


def test_a_council_and_a_mayor_of_one_name_are_two() -> None:
    standing = standing_of(a_result("Watford", ld=20), RESULT)
    assert standing.councils[0].after == "ld"
    assert standing.contests[0].winner == "lab"


def test_who_held_the_post_is_taken_from_the_nominations() -> None:
    contest = only(HELD, a_contest("Watford", "green"))
    assert (contest.before, contest.outcome) == ("lab", "gain")
    waiting = only(HELD)
    assert (waiting.status, waiting.before, waiting.winner) == ("expected", "lab", None)


def test_of_two_nominations_the_later_file_stands_also_when_an_early_one_is_sent_again() -> None:
    other = a_contest("Watford", None, "nominations", before="con")
    assert sent((HELD, 1), (other, 2)).contests[0].before == "con"
    assert sent((other, 2), (HELD, 1)).contests[0].before == "con"
    again = sent((HELD, 1), (other, 2), (HELD, 3))
    assert again.contests[0].before == "lab"
    assert again.log[-1].text == (
        "Roster of the Watford mayor: an earlier file was sent again and stands"
    )


def test_an_older_revision_is_late_and_changes_nothing() -> None:
    standing = standing_of(CONFIRMED, RESULT)
    assert standing.log[-1].kind is EntryKind.LATE
    assert standing.log[-1].text == "Watford mayor r1 came after r3; nothing changes"
    assert standing.contests[0].winner == "green"
    assert standing.superseded == {}


@pytest.mark.parametrize(("minute", "winner"), [(0, "lab"), (2, "green")])
def test_the_same_revision_with_another_winner_is_a_conflict(minute: float, winner: str) -> None:
    standing = sent((RESULT, 1), (a_contest("Watford", "green", before="lab"), minute))
    assert standing.log[-1].kind is EntryKind.CONFLICT
    assert standing.log[-1].mark is Mark.REMARK
    assert standing.contests[0].winner == winner


def test_the_same_revision_with_the_same_winner_is_a_conflict_too() -> None:
    standing = sent((RESULT, 1), (RESULT.changed(majority=12), 2))
    assert standing.log[-1].kind is EntryKind.CONFLICT
    assert standing.log[-1].text == (
        "Watford mayor r1 was sent again with the same winner; the later file stands"
    )
    assert standing.contests[0].majority == 12


def test_the_same_contest_sent_again_is_a_duplicate_and_strikes_nothing_out() -> None:
    for again in ({"note": "Sent again."}, {"revision": 2}):
        standing = standing_of(RESULT, RESULT.changed(**again))
        assert standing.log[-1].kind is EntryKind.DUPLICATE
        assert standing.superseded == {}


def test_a_revision_with_the_same_winner_says_so_with_its_new_figures() -> None:
    again = RESULT.changed(revision=2, majority=12)
    entry = log_of(RESULT, again)[-1]
    assert entry.text == "Correction: Watford mayor r2: winner unchanged"
    assert entry.detail == "majority 12 votes"


def test_an_earlier_file_sent_again_stands_and_is_said_to() -> None:
    other = a_contest("Watford", "green", before="lab")
    standing = sent((RESULT, 1), (other, 2), (RESULT, 3))
    assert standing.contests[0].winner == "lab"
    assert standing.log[-1].kind is EntryKind.CONFLICT
    assert sent((RESULT, 1), (RESULT, 2)).log[-1].kind is EntryKind.DUPLICATE


def test_a_withdrawal_reverses_a_contest() -> None:
    standing = standing_of(HELD, CONFIRMED, BACK)
    contest = standing.contests[0]
    assert (contest.status, contest.winner, contest.declared_at) == ("expected", None, None)
    assert standing.log[-1].text == "Withdrawn: Watford mayor r3; back to not declared"
    assert standing.superseded == {2: 3}


def test_a_withdrawal_of_a_contest_that_did_not_stand_changes_nothing() -> None:
    entry = log_of(BACK)[-1]
    assert entry.text == "Withdrawn: Watford mayor r3; nothing stood, nothing changes"
    again = BACK.changed(revision=4)
    assert log_of(CONFIRMED, BACK, again)[-1].corrects is None


def test_a_recount_is_on_until_the_result() -> None:
    recount = a_contest("Watford", None, "recount", recount=2)
    counting = only(HELD, RUSH, recount)
    assert (counting.status, counting.recount) == ("recount", 2)
    assert log_of(HELD, recount)[-1].text == "Watford mayor: recount 2 is on"
    declared = only(HELD, RUSH, recount, RESULT)
    assert (declared.status, declared.recount) == ("declared", None)


def test_candidates_are_of_the_result_then_of_the_nominations() -> None:
    standing = a_candidate("Ann Other", "lab", votes=100, elected=True)
    named = HELD.changed(candidates=(a_candidate("Bob", "con"),))
    assert only(named).candidates == (("Bob", "con", None, False),)
    told = RESULT.changed(candidates=(standing,))
    assert only(named, told).candidates == (("Ann Other", "lab", 100, True),)


def test_a_winner_without_anybody_before_wins() -> None:
    assert only(a_contest("Watford", "ra")).outcome == "win"
