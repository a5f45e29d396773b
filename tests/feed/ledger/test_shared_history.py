"""Looking back costs little: a ledger's copies share what was accepted, and disturb nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

from feed.ledger.content import Content
from feed.ledger.ledger import Ledger, steps_of
from feed.ledger.night import Night
from feed.ledger.shared_history import Contents, Entries
from feed.model.arrival import Arrival
from feed.model.entries import Entry, EntryKind
from feed.reports.summary import fingerprint
from tests.feed.builders import BEGINS, a_ward, an_origin, steps

START = datetime(2019, 5, 2, 22, tzinfo=UTC)


def a_result(number: int, day: int) -> Arrival:
    data = (
        f'{{"kind": "result", "election": {{"date": "2019-05-{day:02}"}}, '
        f'"council": "Place {number}", "gss": "E{number:08}", "after": {{"lab": {number}}}}}'
    )
    at = START + timedelta(minutes=number)
    return Arrival(f"{number}.json", data.encode(), at, at)


def test_every_moment_of_a_night_is_as_it_was_though_all_copies_share_its_history() -> None:
    arrivals = [a_result(number, day=2 if number % 3 else 9) for number in range(1, 60)]
    night, told = Night(spacing=8), []
    for arrival in arrivals:
        for step in steps_of(arrival):
            night.append(step, arrival.seen_at)
        told.append(fingerprint(night.edge()))
        night.at(len(night) // 2)

    for position in (7, 1, 30, 58, 31, 12, 45):
        assert fingerprint(night.at(position)) == told[position - 1]
    assert fingerprint(night.edge()) == told[-1]


def test_a_copy_of_a_ledger_copies_nothing_of_what_was_accepted() -> None:
    night = Night(spacing=4)
    for number in range(1, 40):
        night.extend(steps_of(a_result(number, day=2)))

    edge = night._edge
    histories = {
        (id(ledger._accepted), id(ledger.history), id(ledger.entries))
        for _, ledger in night._checkpoints
    }
    assert len(night._checkpoints) > 5
    assert histories == {(id(edge._accepted), id(edge.history), id(edge.entries))}


def test_a_line_that_nobody_looks_at_is_not_made_and_one_that_is_looked_at_is_made_once() -> None:
    made: list[int] = []

    def line(seq: int) -> Entry:
        made.append(seq)
        return Entry(seq, EntryKind.WARD, BEGINS, "seen", an_origin(f"{seq}.json"))

    log = Entries()
    log.put(0, line(1))
    log.put(1, partial(line, 2))
    log.put(2, partial(line, 3))
    log.put(0, line(4))
    assert (len(log), made, [entry.seq for entry in log.made(0, 3)]) == (3, [1, 4], [1])
    assert log[1] is log[1]
    assert [entry.seq for entry in log[1:]] == [2, 3]
    assert made == [1, 4, 2, 3]
    log.cut(1)
    assert [entry.seq for entry in log] == [1]


def test_who_said_a_thing_first_is_the_one_of_the_lowest_number_whoever_asked_before() -> None:
    contents, said = Contents(), Content(a_ward("Hull", "Avenue", {"lab": 1}))
    assert [contents.first(said, step) for step in (8, 9, 6, 6, 7)] == [None, 8, None, None, 6]


def test_the_line_of_a_ward_says_what_was_so_when_it_came() -> None:
    wards = [a_ward("Hull", f"Ward {n}", {"lab": 1}, wards_total=3) for n in range(3)]
    looked_at, left = Ledger(), Ledger()
    for number, step in enumerate(steps(*wards)):
        looked_at.apply(step)
        left.apply(step)
        assert looked_at.entries[number].text.endswith(f"· {number + 1} of 3 wards in")
    assert [*left.entries] == [*looked_at.entries]
