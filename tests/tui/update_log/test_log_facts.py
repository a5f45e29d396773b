"""What counts as trouble: where `e` and `E` stop."""

from __future__ import annotations

from dataclasses import replace

import pytest

from feed.model.entries import EntryKind, Mark
from tests.tui.log_entries import an_entry
from tui.update_log.rows import is_trouble


@pytest.mark.parametrize(
    ("kind", "mark", "trouble"),
    [
        (EntryKind.TOTAL, Mark.REMARK, True),
        (EntryKind.TOTAL, Mark.OK, False),
        (EntryKind.TOTAL, Mark.NOT_CHECKED, False),
        (EntryKind.CORRECTION, Mark.REMARK, True),
        (EntryKind.WITHDRAWN, Mark.OK, True),
        (EntryKind.UNPLACED, Mark.OK, True),
        (EntryKind.HOLD, Mark.REMARK, False),
        (EntryKind.NEWS, Mark.REJECTED, True),
    ],
)
def test_a_total_that_differs_is_trouble_like_a_problem_or_a_correction(
    kind: EntryKind, mark: Mark, *, trouble: bool
) -> None:
    assert is_trouble(replace(an_entry(1), kind=kind, mark=mark)) is trouble
