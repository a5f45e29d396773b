"""What was corrected can be read while more corrections come."""

from __future__ import annotations

import gc
from itertools import count

from feed.ledger.shared_history import Superseded


def test_what_was_corrected_is_read_while_another_thread_adds_to_it() -> None:
    superseded, numbers = Superseded(), count(1)
    for _ in range(2_000):
        superseded.add(next(numbers), 10_000)
    then = superseded.by(10_000)

    def meanwhile(phase: str, _: object) -> None:
        if phase == "start":
            superseded.add(next(numbers), 10_000)

    before = gc.get_threshold()
    gc.callbacks.append(meanwhile)
    gc.set_threshold(50, 2, 2)
    try:
        assert len(then.items()) >= 2_000
        assert len(dict(then)) >= 2_000
    finally:
        gc.set_threshold(*before)
        gc.callbacks.remove(meanwhile)


def test_a_later_correction_counts_only_when_the_log_has_it() -> None:
    superseded = Superseded()
    for corrected, seq in ((1, 4), (1, 6), (2, 7)):
        superseded.add(corrected, seq)

    assert [dict(superseded.by(logged)) for logged in (3, 5, 6, 7)] == [
        {}, {1: 4}, {1: 6}, {1: 6, 2: 7},
    ]  # fmt: skip
