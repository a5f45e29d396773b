"""A live page numbers no revisions: its lines are rushes below whatever a source has numbered."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from feed.ledger.ledger import Ledger
from feed.model.arrival import Arrival
from feed.model.entries import Entry, EntryKind, Mark
from feed.model.messages import Message
from feed.model.standing import Standing
from tests.feed.builders import a_result, a_rush, a_withdrawal, an_arrival, minutes

AT = datetime(2019, 5, 3, 9, tzinfo=UTC)
LOST: dict[str, Any] = {"con": 28, "lab": 17, "ld": 15}


def a_page(*lines: str, path: str = "live.txt", modified_at: datetime = AT) -> Arrival:
    return Arrival(path, "\n".join(lines).encode(), AT, modified_at)


def a_file(message: Message, number: int = 1) -> Arrival:
    return an_arrival(message, f"{number}.json", number)


def a_loss(revision: int = 1) -> Message:
    before: Any = {"control_before": "con"}
    return a_result("Peterborough", revision, facts=before, **LOST)


def after(*told: Arrival) -> Standing:
    ledger = Ledger()
    for arrival in told:
        ledger.take(arrival)
    return ledger.standing()


def told_in(standing: Standing) -> list[Entry]:
    """Return the log without what the desk says of itself: how much of a page was read."""
    return [entry for entry in standing.log.since(0) if entry.kind is not EntryKind.DESK]


def last(*told: Arrival) -> Entry:
    return told_in(after(*told))[-1]


PAGE = a_page("2am: Con lose Peterborough", "9.44am: Peterborough - Con lose to NOC")
WRONG = a_page("2am: Labour gain Peterborough", "9.44am: Peterborough - Con hold")


@pytest.mark.parametrize("page", [PAGE, WRONG])
def test_no_line_of_a_live_page_takes_a_result_out_of_the_totals(page: Arrival) -> None:
    for order in ((a_file(a_loss()), page), (page, a_file(a_loss()))):
        standing = after(*order)
        assert (standing.declared, standing.rushed) == (1, 0)
        assert standing.councils[0].after == "noc"
        assert EntryKind.CORRECTION not in {e.kind for e in standing.log.since(2)}


def test_a_line_that_says_what_the_result_says_changes_nothing() -> None:
    entry = last(a_file(a_loss()), a_page("9.44am: Peterborough - Con lose to NOC"))
    assert (entry.kind, entry.mark, entry.corrects) == (EntryKind.LATE, Mark.OK, None)
    assert entry.text == (
        "Peterborough: a rush, Con lose to NOC, came after the result and fits it; nothing changes"
    )
    assert entry.revision is None


def test_a_line_that_contradicts_a_result_is_a_remark() -> None:
    entry = last(a_file(a_loss()), a_page("9.44am: Peterborough - Con hold"))
    assert (entry.kind, entry.mark, entry.flips) == (EntryKind.LATE, Mark.REMARK, False)
    assert entry.text == (
        "Peterborough: a rush, Con hold, came after the result and says otherwise; "
        "the result stands"
    )
    assert [check.says for check in entry.checks] == ["The rush said otherwise: control Con → NOC."]


def test_a_later_line_of_the_page_corrects_an_earlier_one_and_names_no_revision() -> None:
    standing = after(a_page("2am: Con hold Harlow", "3am: Harlow - Lab gain from Con"))
    assert told_in(standing)[-1].text == "Correction: Harlow: control Con → Lab (unconfirmed)"
    assert told_in(standing)[-1].revision is None
    assert standing.superseded == {1: 2}
    assert (standing.councils[0].status, standing.councils[0].after) == ("rush", "lab")


def test_a_rush_that_its_source_numbers_stands_over_every_line() -> None:
    flash = a_rush("Peterborough", "con")
    for told in ((PAGE, a_file(flash)), (a_file(flash), PAGE)):
        assert after(*told).councils[0].after == "con"
    entry = last(a_file(flash), a_page("9.44am: Peterborough - Con lose to NOC"))
    assert entry.text.endswith("came after the rush and says otherwise; the rush stands")


def test_a_correction_that_its_source_numbers_takes_back_a_result_all_the_same() -> None:
    flash = a_rush("Peterborough", "con", 2)
    standing = after(a_file(a_loss()), PAGE, a_file(flash, 2))
    assert (standing.declared, standing.rushed) == (0, 1)
    assert told_in(standing)[-1].text == (
        "Correction: Peterborough r2: Con win after all: control NOC → Con (unconfirmed)"
    )


def test_a_line_after_a_withdrawal_does_not_declare_again() -> None:
    told = [a_file(a_loss()), a_file(a_withdrawal("Peterborough"), 2)]
    standing = after(*told, a_page("9.44am: Peterborough - Con lose to NOC"))
    assert standing.councils[0].status == "expected"
    assert told_in(standing)[-1].text == (
        "Peterborough: a rush, Con lose to NOC, came after the withdrawal; nothing changes"
    )


def test_two_pages_that_tell_the_same_are_in_no_conflict() -> None:
    one = a_page("1am: Harlow - Lab hold", path="one.txt")
    other = a_page("2am: Labour hold Harlow", path="two.txt", modified_at=minutes(900))
    kinds = [entry.kind for entry in after(one, other).log.since(0)]
    assert EntryKind.CONFLICT not in kinds
    kinds = [entry.kind for entry in after(other, one).log.since(0)]
    assert EntryKind.CONFLICT not in kinds


def test_the_withdrawal_of_a_line_names_no_revision() -> None:
    entry = last(PAGE, a_file(a_withdrawal("Peterborough")))
    assert entry.text == "Withdrawn: Peterborough; back to not declared"


def desk_lines(*told: Arrival) -> list[tuple[str, Mark]]:
    return [
        (entry.text, entry.mark)
        for entry in after(*told).log.since(0)
        if entry.kind is EntryKind.DESK
    ]


def test_the_log_says_once_how_much_of_a_page_was_read() -> None:
    first = a_page("1am: Labour hold Harlow")
    grown = a_page("1am: Labour hold Harlow", "2am: Con hold Rugby", modified_at=minutes(900))
    assert desk_lines(first, grown) == [("live.txt: 1 council named, 1 read", Mark.OK)]


def test_the_log_says_again_when_another_line_was_not_understood() -> None:
    first = a_page("1am: Labour hold Harlow")
    left = "2am: Rugby, where Labour lost control, is a shock"
    grown = a_page("1am: Labour hold Harlow", left, modified_at=minutes(900))
    assert desk_lines(first, grown)[1:] == [
        (
            (
                "live.txt: 2 councils named, 1 read; "
                "line 2 not read: Rugby, where Labour lost control, is a shock"
            ),
            Mark.REMARK,
        )
    ]
