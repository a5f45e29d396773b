"""Nothing on the screen changes silently: where a figure moves, the log has grown."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from hypothesis import given, settings

from feed.ledger.ledger import Ledger, Step
from feed.model.entries import Origin
from feed.model.messages import Expected, Message, Rejection, Statement
from feed.model.standing import Standing
from tests.feed.builders import BEGINS, a_result, a_step, folded, minutes
from tests.feed.versions import a_night, a_night_of_two_elections, an_untidy_night

_NOT_FIGURES = {"log", "arrivals", "duplicates", "steps", "last_seen_at", "set_aside"}


def figures(standing: Standing) -> dict[str, Any]:
    """Everything that the panes draw, but for the counters of what came in."""
    names = {field.name for field in fields(standing)} - _NOT_FIGURES
    return {name: getattr(standing, name) for name in names}


def assert_told(night: list[Step]) -> None:
    ledger = Ledger()
    before = figures(ledger.standing())
    for step in night:
        logged = ledger.logged
        ledger.apply(step)
        after = figures(ledger.standing())
        if ledger.logged == logged:
            changed = {name: after[name] for name in after if after[name] != before[name]}
            assert not changed, step
        before = after


@settings(max_examples=40, deadline=None, derandomize=True)
@given(night=a_night())
def test_no_figure_changes_without_a_line_of_the_log(night: list[Step]) -> None:
    assert_told(night)


@settings(max_examples=20, deadline=None, derandomize=True)
@given(night=a_night_of_two_elections())
def test_no_figure_changes_silently_with_two_elections_in_the_folder(night: list[Step]) -> None:
    assert_told(night)


@settings(max_examples=20, deadline=None, derandomize=True)
@given(night=an_untidy_night())
def test_no_problem_appears_or_goes_silently(night: list[Step]) -> None:
    assert_told(night)


GOOD = a_result("Alder", lab=5)
BAD = Rejection(line=14, what="seats is −3", fix="give 0 or more")
WORSE = Rejection(line=2, what="the file ends too soon", fix="send it again")


def written(message: Message, digest: str, *, opens: bool = True, part: int | None = None) -> Step:
    line = message.line if isinstance(message, Rejection) else 1
    return Step(
        Statement(message, line), Origin("a.xml", part or line, digest, BEGINS, None), opens, part
    )


def test_a_file_sent_again_without_its_fault_is_no_problem_any_more() -> None:
    told = [written(BAD, "old"), written(WORSE, "old", opens=False)]
    assert [p.line for p in folded(told).standing().problems] == [14, 2]
    standing = folded([*told, written(GOOD, "new")]).standing()
    assert standing.problems == ()
    assert standing.declared == 1


def test_a_file_sent_again_with_another_fault_has_that_one_only() -> None:
    standing = folded([written(BAD, "old"), written(WORSE, "new")]).standing()
    assert [p.what for p in standing.problems] == [WORSE.what]


def test_a_fault_that_is_still_in_a_file_is_said_once() -> None:
    standing = folded([written(BAD, "old"), written(BAD, "new")]).standing()
    assert len(standing.problems) == len(standing.log) == 1


def test_a_line_of_a_file_without_its_fault_leaves_the_faults_of_other_lines() -> None:
    told = [written(BAD, "old", part=3), written(WORSE, "old", part=4)]
    standing = folded([*told, written(GOOD, "new", part=4)]).standing()
    assert [p.line for p in standing.problems] == [3]


def test_a_fault_that_goes_with_nothing_new_in_the_file_is_said_to_have_gone() -> None:
    told = [written(GOOD, "old"), written(BAD, "bad"), written(GOOD, "new")]
    standing = folded(told).standing()
    assert standing.problems == ()
    assert standing.log[-1].text == "a.xml has been sent again without the fault"


def test_an_hour_sent_again_stands_and_is_said_to() -> None:
    hours = [Expected(council="Alder", expected_at=minutes(n)) for n in (60, 90)]
    told = [
        a_step(hours[0], "a", modified_at=minutes(0)),
        a_step(hours[1], "b", modified_at=minutes(1)),
        a_step(hours[0], "a", modified_at=minutes(2)),
    ]
    standing = folded(told).standing()
    assert standing.councils[0].expected_at == minutes(60)
    assert "it stands" in standing.log[-1].text
