"""Round-ups sum an hour up from the data; a replay knows them when it seeks, live they come."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from feed.ledger.night import Night
from feed.ledger.step import Step
from feed.model.entries import Entry, EntryKind
from feed.model.intents import Intent
from feed.model.messages import Message
from feed.model.view import SourceHealth, View
from feed.reports.round_ups import HourlyNight
from feed.reports.summary import fingerprint
from feed.session.position import replay_transport
from feed.session.session import Session
from feed.sources.folder.source import Delivery
from feed.sources.saved import load
from tests.feed.builders import a_result, a_roster, a_rush, a_step, an_arrival, minutes

ENGLAND = Path(__file__).parents[3] / "sample_feeds" / "england-2019"
REHEARSAL = ENGLAND.with_name("rehearsal")
ROSTER = a_roster("Alder", {"con": 20, "lab": 15})
SECOND = a_roster("Birch", {"con": 20, "lab": 15})
ALDER = a_result("Alder", lab=25, con=10, changes={"lab": 10, "con": -10})
BIRCH = a_result("Birch", lab=25, con=10)


def hourly(steps: Iterable[Step], night: HourlyNight | None = None) -> HourlyNight:
    night = night or HourlyNight()
    night.extend(steps)
    return night


def round_ups(night: Night) -> list[Entry]:
    log = night.edge().log.since(0)
    return [entry for entry in log if entry.kind is EntryKind.DESK]


def test_an_hour_is_summed_up_before_the_next_one_s_first_entry() -> None:
    night = hourly(
        [a_step(ROSTER, seen_at=minutes(0)), a_step(SECOND, seen_at=minutes(0)),
         a_step(ALDER, seen_at=minutes(12)), a_step(BIRCH, seen_at=minutes(61))]
    )  # fmt: skip
    (entry,) = round_ups(night)
    assert entry.text == "Round-up 23:00–00:00: 1 declared, 1 of 2; councils Con −1, Lab +1"
    assert entry.detail == "Seats net since the eve of poll: Con −10, Lab +10 · 1 change of control"
    assert entry.at == minutes(60)
    assert entry.seq == 4


def test_a_round_up_of_a_rehearsal_says_test() -> None:
    entry, *_ = round_ups(hourly(load(REHEARSAL)))
    assert entry.test
    assert not round_ups(hourly(load(ENGLAND)))[0].test


def test_a_change_taken_back_within_the_hour_is_none_and_one_of_before_is_said() -> None:
    back = a_result("Alder", 2, lab=10, con=25, changes={"lab": -5, "con": 5})
    night = hourly(
        [a_step(ROSTER, seen_at=minutes(0)), a_step(ALDER, seen_at=minutes(5)),
         a_step(back, seen_at=minutes(9)), a_step(BIRCH, seen_at=minutes(70))]
    )  # fmt: skip
    assert [entry.detail for entry in round_ups(night)] == [
        "Seats net since the eve of poll: Con +5, Lab −5 · 1 correction"
    ]
    later = hourly(
        [a_step(ROSTER, seen_at=minutes(0)), a_step(ALDER, seen_at=minutes(5)),
         a_step(back, seen_at=minutes(70)), a_step(BIRCH, seen_at=minutes(130))]
    )  # fmt: skip
    assert round_ups(later)[-1].text.endswith("none declared, 1 of 1; councils Con +1, Lab −1")
    assert round_ups(later)[-1].detail.endswith("1 change taken back · 1 correction")


def test_rushes_are_said_and_where_nobody_said_how_many_are_up_there_is_no_of() -> None:
    flashed = [a_step(a_rush(name, "con"), seen_at=minutes(3)) for name in ("Alder", "Copse")]
    night = hourly([*flashed, a_step(BIRCH, seen_at=minutes(70)), a_step(BIRCH, "b", minutes(140))])
    assert [entry.text.partition(": ")[2] for entry in round_ups(night)] == [
        "none declared, 2 rushes", "1 declared",
    ]  # fmt: skip


def test_northern_ireland_alone_has_its_own_figures() -> None:
    belfast = a_result("Belfast", sf=30, dup=1, changes={"sf": -1, "dup": 1})
    night = hourly(
        [a_step(a_roster("Belfast", {"sf": 31}), seen_at=minutes(0)),
         a_step(belfast, seen_at=minutes(5)), a_step(ALDER, seen_at=minutes(70))]
    )  # fmt: skip
    (entry,) = round_ups(night)
    assert entry.text == "Round-up 23:00–00:00: 1 declared, 1 of 1"
    assert entry.detail == "Seats net since the eve of poll: DUP +1, SF −1"


def test_an_hour_in_which_nothing_came_is_passed_over() -> None:
    told: list[tuple[Message, int]] = [(ROSTER, 0), (ALDER, 70), (BIRCH, 600)]
    night = HourlyNight()
    for message, at in told:
        night.append(a_step(message, seen_at=minutes(at)), minutes(at))
    assert [entry.at for entry in round_ups(night)] == [minutes(120)]


def test_a_full_hour_belongs_to_the_next_one() -> None:
    night = hourly([a_step(ALDER, seen_at=minutes(60)), a_step(BIRCH, seen_at=minutes(120))])
    assert [entry.text[9:20] for entry in round_ups(night)] == ["00:00–01:00"]


def test_the_round_ups_of_a_real_night_add_up_to_it() -> None:
    night = hourly(load(ENGLAND))
    declared = [entry.text.split(": ")[1].split(" ")[0] for entry in round_ups(night)]
    last = night.edge().declared
    assert sum(int(number) for number in declared if number != "none") == last == 248
    plain = Night()
    plain.extend(load(ENGLAND))
    assert fingerprint(night.edge()) == fingerprint(plain.edge())


def test_seeking_behind_a_round_up_takes_it_back() -> None:
    night = hourly(load(ENGLAND))
    first = round_ups(night)[0]
    position = night.position_of_entry(first.seq)
    assert len(night.at(position).log) == first.seq
    assert len(night.at(position - 1).log) == first.seq - 1
    assert night.time_at(position) == first.at


class Desk:
    """A session that is driven by hand, on a clock of its own."""

    def __init__(self, night: Night, steps: list[Step] | None = None) -> None:
        self.now = minutes(0)
        self.views: list[View] = []
        source = None if steps else _Silent()
        self.session = Session(
            self.views.append, source=source, steps=steps or (), night=night, now=lambda: self.now,
            transport=replay_transport(steps, speed=60.0) if steps else None,
        )  # fmt: skip

    def deliver(self, at: datetime, *messages: tuple[str, object], state: str = "ok") -> None:
        self.now = at
        arrivals = tuple(
            an_arrival(message, path, (at - minutes(0)).total_seconds() / 60)  # type: ignore[arg-type]
            for path, message in messages
        )
        health = SourceHealth(state)  # type: ignore[arg-type]
        self.session._fold(Delivery(arrivals, health))

    def wait_until(self, at: datetime) -> bool:
        self.now = at
        return self.session._pass_time()

    def said(self) -> list[str]:
        log = self.session.view().standing.log.since(0)
        return [entry.text for entry in log if entry.kind is EntryKind.DESK]


class _Silent:
    def run(self, deliver: object, stop: object) -> None:
        """Deliver nothing."""

    def rescan(self) -> None:
        """See nothing."""


def test_live_a_round_up_comes_when_the_clock_passes_the_hour() -> None:
    desk = Desk(HourlyNight(after_loading=True))
    desk.deliver(minutes(1))
    desk.deliver(minutes(20), ("alder.json", ALDER))
    assert not desk.wait_until(minutes(59.9))
    assert desk.wait_until(minutes(60))
    assert not desk.wait_until(minutes(61))
    assert not desk.wait_until(minutes(181))
    assert desk.said() == ["Round-up 23:01–00:00: 1 declared; councils Con −1, Lab +1"]


def test_live_what_was_there_before_the_desk_began_belongs_to_no_hour() -> None:
    desk = Desk(HourlyNight(after_loading=True))
    before = (("a.json", ROSTER), ("b.json", SECOND), ("alder.json", ALDER))
    desk.deliver(minutes(0), *before, state="loading")
    desk.deliver(minutes(40))
    desk.deliver(minutes(50), ("birch.json", BIRCH))
    desk.wait_until(minutes(60))
    assert desk.said() == ["Round-up 23:40–00:00: 1 declared, 2 of 2; councils Con −1, Lab +1"]


def test_a_night_without_round_ups_says_nothing_by_itself() -> None:
    desk = Desk(Night())
    desk.deliver(minutes(20), ("alder.json", ALDER))
    assert not desk.wait_until(minutes(600))
    assert desk.said() == []


def test_a_replay_s_round_ups_are_there_when_it_is_loaded() -> None:
    steps = [a_step(ALDER, seen_at=minutes(10)), a_step(BIRCH, seen_at=minutes(130))]
    desk = Desk(HourlyNight(), steps)
    desk.session._load_saved()
    desk.session._do(Intent("seek", moment=minutes(59)))
    assert desk.said() == []
    desk.session._do(Intent("seek", moment=minutes(60)))
    assert len(desk.said()) == 1
    desk.now = minutes(6000)
    assert not desk.session._pass_time()
