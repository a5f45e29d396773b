"""What silence means: one judgement a minute, and always exactly one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.model.entries import PlaceId
from feed.model.standing import CouncilStanding, Standing, Status
from feed.model.view import SourceHealth, TransportView, View
from feed.reports.silence import (
    Silence,
    SilenceKind,
    read_silence,
    silence,
    silence_change,
    still_due,
    view_silence,
)
from feed.reports.standing_text import standing_as_text
from feed.reports.summary import standing_summary

DAY = datetime(2019, 5, 3, tzinfo=UTC)
LATE = timedelta(minutes=30)
OK = SourceHealth("ok")


def clock(text: str) -> datetime:
    """Return London's time on the night, which is an hour before UTC."""
    hours, minutes = map(int, text.split(":"))
    return DAY + timedelta(hours=hours - 1, minutes=minutes)


def council(name: str, expected: str, status: Status = "expected") -> CouncilStanding:
    return CouncilStanding(
        id=PlaceId(name), name=name, gss=None, type=None, region=None, elects=None, status=status,
        before=None, after=None, outcome=None, revision=1, corrected=False, size=None,
        seats_up=None, expected_at=clock(expected) if expected else None,
    )  # fmt: skip


def night(*councils: CouncilStanding, **facts: object) -> Standing:
    declared = sum(it.status == "declared" for it in councils)
    rushed = sum(it.status == "rush" for it in councils)
    return replace(
        Standing(councils=councils, councils_up=len(councils), declared=declared, rushed=rushed),
        **facts,  # type: ignore[arg-type]
    )


EXPECTED = {
    "Worcester": "03:00", "Barnsley": "03:05", "Derby": "03:05", "Hull": "03:06", "Leeds": "03:07",
    "Poole": "03:08", "Guildford": "11:20",
}  # fmt: skip
LAST_FILE = "08:10"


def played(now: datetime) -> tuple[Standing, SourceHealth]:
    """Return a night: six are late until 04:20, a beat stops 05:00-05:10, a source 06:00-06:20."""
    councils = [
        council(
            name,
            at,
            "declared" if now >= clock("11:31" if name == "Guildford" else "04:20") else "expected",
        )
        for name, at in EXPECTED.items()
    ]
    stopped = clock("05:00") <= now < clock("05:10")
    lost = clock("06:00") <= now < clock("06:20")
    files = ("02:58", "04:20", LAST_FILE, "11:31")
    came = max(clock(at) for at in files if clock(at) <= now)
    if clock("04:20") <= now <= clock(LAST_FILE):
        came = now
    health = SourceHealth(
        "lost" if lost else "ok",
        "feed directory missing since 06:00" if lost else "",
        heartbeat_at=clock("05:00") - timedelta(seconds=5) if stopped else now,
        last_arrival_at=came,
    )
    return night(*councils), health


def judged_rightly(now: datetime) -> str:
    """Return the kind by the plan of the night alone."""
    table = (
        ("02:58", "alive"), ("03:03", "quiet"), ("03:31", "late"), ("04:20", "alive"),
        ("05:01", "heartbeat"), ("05:10", "alive"), ("06:00", "lost"), ("06:20", "alive"),
        ("08:15", "quiet"), ("11:31", "complete"),
    )  # fmt: skip
    return [kind for since, kind in table if clock(since) <= now][-1]


def test_every_minute_of_a_played_night_is_judged_rightly() -> None:
    start = clock("02:58")
    minutes = [start + timedelta(minutes=number) for number in range(9 * 60)]
    told = [silence(*played(now), now, LATE).kind for now in minutes]
    assert told == [judged_rightly(now) for now in minutes]


@pytest.mark.parametrize(
    ("now", "says", "short"),
    [
        ("03:00", "", ""),
        ("03:04", "quiet as expected · due ~03:00 Worcester", "quiet"),
        ("03:31", "1 late · Worcester 31 min", "1 late"),
        ("03:49", "6 late · longest Worcester 49 min", "6 late"),
        ("04:19", "6 late · longest Worcester 1 h 19", "6 late"),
        ("05:04", "no heartbeat for 4 min", "no beat 4 min"),
        ("06:05", "SOURCE LOST · feed directory missing since 06:00", "SOURCE LOST"),
        ("08:14", "", ""),
        ("08:15", "quiet as expected · next ~11:20 Guildford", "quiet"),
        ("11:00", "quiet as expected · next ~11:20 Guildford", "quiet"),
        ("11:31", "complete", "complete"),
    ],
)
def test_the_judgement_is_said_in_full_and_in_short(now: str, says: str, short: str) -> None:
    told = silence(*played(clock(now)), clock(now), LATE)
    assert (told.says, told.short) == (says, short)


@pytest.mark.parametrize("says", ["hub away since 02:14", "recorder silent since 03:01"])
def test_a_lost_source_says_what_it_is(says: str) -> None:
    told = silence(Standing(), SourceHealth("lost", says), DAY)
    assert (told.kind, told.says) == ("lost", f"SOURCE LOST · {says}")


def test_the_other_day_is_named_and_a_beat_of_a_minute_is_missed() -> None:
    waiting = night(council("Guildford", "30:00"))
    health = replace(OK, last_arrival_at=clock("20:00"))
    assert silence(waiting, health, clock("20:30")).says.endswith("next Sat ~06:00 Guildford")
    kinds = [
        silence(waiting, replace(OK, heartbeat_at=DAY), DAY + timedelta(seconds=s)).kind
        for s in (59, 60)
    ]
    assert kinds == ["alive", "heartbeat"]


@pytest.mark.parametrize(
    "standing",
    [
        night(),
        night(council("Derby", "", "rush")),
        night(council("Derby", "", "declared"), rushed=1),
        night(council("Derby", "", "declared"), councils_up=0),
        night(council("Derby", "", "declared"), ni_councils=(council("Belfast", ""),)),
    ],
)
def test_a_night_is_complete_only_when_all_that_are_up_are_declared(standing: Standing) -> None:
    assert silence(standing, OK, DAY).kind == "alive"


def test_a_folder_that_is_being_read_is_not_judged() -> None:
    behind = night(council("Derby", "01:00"))
    assert silence(behind, SourceHealth("loading"), clock("05:00")) == Silence()
    assert silence(behind, OK, clock("05:00")).kind == "late"


def test_a_replay_goes_by_its_own_clock_and_has_no_heartbeat() -> None:
    dead = replace(OK, heartbeat_at=DAY - timedelta(days=900))
    view = View(night(council("Derby", "03:00")), "replay", dead, clock=clock("03:40"))
    assert view_silence(view, DAY + timedelta(days=900)).says == "1 late · Derby 40 min"
    now = DAY + timedelta(days=1)
    transport = TransportView(False, 1.0, clock("03:10"), DAY, now)
    paused = replace(view, mode="paused", transport=transport, source=replace(OK, heartbeat_at=now))
    assert view_silence(paused, now).kind == "alive"
    silent = replace(paused, source=replace(OK, heartbeat_at=now - timedelta(minutes=9)))
    assert view_silence(silent, now).kind == "heartbeat"


def test_a_night_long_past_that_was_never_finished_is_judged_as_when_it_was_last_told_of() -> None:
    declared = replace(council("Hull", "03:06", "declared"), declared_at=clock("03:50"))
    unfinished = night(council("Derby", "03:00"), declared)
    years = DAY + timedelta(days=2700)
    assert silence(unfinished, replace(OK, last_arrival_at=years), years).says == (
        "1 late · Derby 50 min"
    )
    assert [due.says for due in still_due(unfinished.councils, years)] == ["late 50 min"]
    soon = replace(declared, declared_at=clock("03:10"))
    assert silence(night(council("Derby", "03:00"), soon), OK, years).kind == "alive"
    tomorrow = silence(unfinished, OK, clock("03:50") + timedelta(days=1))
    assert tomorrow.says == "1 late · Derby 24 h 50"


def test_what_is_read_is_judged_as_at_its_newest_entry() -> None:
    standing = night(council("Derby", "03:00"), as_of=clock("03:40"))
    assert read_silence(standing).kind == "late"
    assert read_silence(standing, clock("03:10")).kind == "alive"
    assert read_silence(Standing()) == Silence()
    assert standing_summary(standing)["silence"] == {
        "kind": "late",
        "says": "1 late · Derby 40 min",
    }
    assert standing_as_text(standing, judged=read_silence(standing)).endswith(
        "1 late · Derby 40 min"
    )


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("alive", "late", "2 late"),
        ("late", "late", ""),
        ("late", "quiet", "No council is late any more"),
        ("heartbeat", "alive", "The heartbeat is back"),
        ("quiet", "alive", ""),
        ("alive", "complete", "The night is complete"),
        ("complete", "alive", "The night is no longer complete"),
        ("late", "lost", ""),
    ],
)
def test_the_log_hears_of_a_change_once(before: SilenceKind, after: SilenceKind, line: str) -> None:
    assert silence_change(Silence(before), Silence(after, "2 late")) == line


moments = st.none() | st.integers(-600, 600).map(lambda m: DAY + timedelta(minutes=m))


@settings(deadline=None)
@given(
    st.sampled_from(["loading", "ok", "polling", "lost", "ended"]),
    st.tuples(moments, moments),
    st.lists(st.tuples(moments, st.sampled_from(["expected", "counting", "rush", "declared"]))),
    st.integers(0, 5),
    moments,
)
def test_there_is_always_exactly_one_kind_and_the_gravest(
    state: str,
    times: tuple[datetime | None, datetime | None],
    told: list[tuple[datetime | None, Status]],
    up: int,
    as_of: datetime | None,
) -> None:
    beat, came = times
    councils = [
        replace(council(f"Place {number}", "", status), expected_at=at)
        for number, (at, status) in enumerate(told)
    ]
    standing = night(*councils, councils_up=up, as_of=as_of)
    source = SourceHealth(state, heartbeat_at=beat, last_arrival_at=came)  # type: ignore[arg-type]
    judged = silence(standing, source, DAY, LATE)
    assert judged.kind in get_args(SilenceKind)
    assert bool(judged.says) is bool(judged.short) is (judged.kind != "alive")
    is_late = any(due.is_late for due in still_due(councils, DAY, LATE))
    dead = beat is not None and DAY - beat >= timedelta(minutes=1)
    if state == "lost":
        assert judged.kind == "lost"
    elif state != "loading" and dead:
        assert judged.kind == "heartbeat"
    elif state != "loading" and is_late:
        assert judged.kind == "late"
    else:
        assert judged.kind in {"complete", "quiet", "alive"}
