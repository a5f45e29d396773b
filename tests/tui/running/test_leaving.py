"""A desk that is to end at a time ends as if it had been told to."""

from __future__ import annotations

import signal
import threading
from datetime import timedelta

from feed.clock import utc_now
from tui.running.signals import leaving_at


def test_at_its_moment_the_desk_is_told_to_leave_and_then_it_is_said() -> None:
    told, said = threading.Event(), threading.Event()
    kept = signal.signal(signal.SIGTERM, lambda *_: told.set())
    try:
        with leaving_at(utc_now() + timedelta(milliseconds=20), said.set):
            assert told.wait(60)
            assert not said.is_set()
    finally:
        signal.signal(signal.SIGTERM, kept)
    assert said.is_set()


def test_a_desk_that_ends_before_its_moment_says_nothing_of_it() -> None:
    said = threading.Event()
    with leaving_at(utc_now() + timedelta(hours=1), said.set):
        pass
    assert not said.is_set()
