"""The desk's inbox: a full one holds the source back, and never whoever sits at the desk."""

from __future__ import annotations

import threading

from feed.session.session import Inbox


def test_a_source_that_is_faster_than_the_desk_waits_and_nothing_is_lost() -> None:
    inbox: Inbox[int, str] = Inbox(room=4)
    stop = threading.Event()
    most = 0

    def produce() -> None:
        for number in range(500):
            assert inbox.deliver(number, stop)

    source = threading.Thread(target=produce)
    source.start()
    got: list[int | str | None] = []
    while len(got) < 500:
        most = max(most, len(inbox._deliveries))
        got.append(inbox.take(60.0))
    source.join(60.0)

    assert got == list(range(500))
    assert most <= 4


def test_a_wish_never_waits_and_goes_first() -> None:
    inbox: Inbox[int, str] = Inbox(room=1)
    inbox.deliver(1, threading.Event())
    inbox.wish("pause")
    inbox.wish("play")

    assert [inbox.take(0), inbox.take(0), inbox.take(0), inbox.take(0)] == [
        "pause",
        "play",
        1,
        None,
    ]


def test_a_source_that_is_told_to_stop_does_not_wait_for_room() -> None:
    inbox: Inbox[int, str] = Inbox(room=1)
    stop = threading.Event()
    inbox.deliver(1, stop)
    stop.set()

    assert not inbox.deliver(2, stop)
