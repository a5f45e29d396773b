"""What the log's border counts, and that it says when something is left out."""

from __future__ import annotations

import pytest

from feed.model.entries import EntryKind
from tui.update_log.badges import count_words

KINDS = {EntryKind.GAIN: 20, EntryKind.WIN: 1, EntryKind.LOSS: 48, EntryKind.HOLD: 179}


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (60, "Updates · 20 gains · 48 to NOC · 1 win · 179 holds"),
        (45, "Updates · 20 gains · 48 to NOC · 1 win …"),
        (35, "Updates · 20 gains · 48 to NOC …"),
        (31, "Updates · 20 gains …"),
        (19, "Updates"),
    ],
)
def test_changes_of_control_come_first_and_what_is_left_out_is_marked(
    cells: int, said: str
) -> None:
    assert count_words(KINDS, "Updates", cells) == said
