"""The bell and the notice: off unless wanted, live only, and clean."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest

from feed.model.entries import EntryKind, PlaceId
from feed.model.standing import Standing
from feed.model.view import Mode, SourceHealth, View
from feed.reports.alerts import AlertRules
from feed.session.session import Post, Session
from tests.feed.reports.test_silence import council
from tests.tui.log_entries import HOSTILE, a_gain, a_standing
from tests.tui.terminal import Terminal
from tui.desk.alarm import Alarm, desktop_notice
from tui.desk.screen import DeskScreen
from tui.running.app import Desk
from tui.settings.options import Options
from tui.settings.remembered import Memory

NOW = datetime(2019, 5, 3, 3, 31, tzinfo=UTC)
OK = SourceHealth("ok")
GAIN = a_standing([a_gain(1, "Alder", flips=True)])
NOBODY: frozenset[PlaceId] = frozenset()


def heard(alarm: Alarm, standing: Standing, mode: Mode = "live", minutes: int = 0) -> str:
    at = NOW + timedelta(minutes=minutes)
    return alarm.hear(View(standing, mode, OK), NOBODY, at, "bbc")


def test_nothing_rings_unless_it_is_wanted() -> None:
    alarm = Alarm()
    heard(alarm, Standing())
    assert heard(alarm, GAIN) == ""


def test_a_change_of_control_rings_once() -> None:
    alarm = Alarm(bell=True)
    heard(alarm, Standing())
    assert "Alder" in heard(alarm, GAIN)
    assert heard(alarm, GAIN, minutes=1) == ""


def test_what_came_while_it_was_still_is_no_news_and_what_comes_next_is() -> None:
    alarm, both = Alarm(), a_standing([a_gain(n, f"Place {n}", flips=True) for n in (0, 1)])
    heard(alarm, Standing())
    heard(alarm, a_standing([a_gain(0, "Place 0", flips=True)]))
    alarm.toggle()
    assert heard(alarm, both) == "Place 1: Lab gain from NOC"
    alarm.toggle()
    assert heard(alarm, GAIN, minutes=1) == ""


def test_a_desk_that_pauses_after_its_first_view_hears_of_a_lost_source() -> None:
    alarm = Alarm(bell=True)
    heard(alarm, Standing())
    assert looking(alarm, "paused", LOST, 1).startswith("SOURCE LOST")


def test_a_replay_and_a_look_back_never_ring_for_news() -> None:
    for mode in ("replay", "review", "paused"):
        alarm = Alarm(bell=True)
        heard(alarm, Standing())
        assert heard(alarm, GAIN, mode) == ""


LOST = SourceHealth("lost", "feed directory missing since 02:14")


def looking(alarm: Alarm, mode: Mode, health: SourceHealth, minutes: int) -> str:
    at = NOW + timedelta(minutes=minutes)
    return alarm.hear(View(Standing(), mode, health), NOBODY, at, "bbc")


@pytest.mark.parametrize("mode", ["paused", "review"])
def test_trouble_with_the_feed_rings_once_though_somebody_looks_back(mode: Mode) -> None:
    alarm = Alarm(bell=True)
    heard(alarm, Standing())
    assert looking(alarm, mode, LOST, 1).startswith("SOURCE LOST")
    assert looking(alarm, mode, LOST, 2) == ""
    assert looking(alarm, mode, OK, 3) == "The source is back"
    full = replace(OK, unsaved=2)
    assert looking(alarm, mode, full, 4) == "2 files are not in the recording"
    assert heard(alarm, GAIN, minutes=5) == ("All files are in the recording again, and 1 more")


@pytest.mark.parametrize("health", [LOST, SourceHealth("ok", unsaved=3)])
def test_a_replay_tells_of_no_trouble(health: SourceHealth) -> None:
    alarm = Alarm(bell=True)
    heard(alarm, Standing())
    assert looking(alarm, "replay", health, 1) == ""


def test_late_councils_told_before_a_look_back_are_not_told_again_after_it() -> None:
    standing = replace(GAIN, councils=(council("Worcester", "03:00"),), councils_up=1)
    alarm = Alarm(bell=True)
    seen: list[tuple[int, Mode, Standing]] = [
        (-120, "live", standing),
        (0, "live", standing),
        (1, "review", Standing()),
        (2, "live", standing),
    ]
    said = []
    for minutes, mode, shown in seen:
        at = NOW + timedelta(minutes=minutes)
        said.append(alarm.hear(View(shown, mode, OK, clock=at), NOBODY, at, "bbc"))
    assert [bool(line) for line in said] == [False, True, False, False]


def test_what_is_found_while_the_folder_is_read_for_the_first_time_does_not_ring() -> None:
    alarm = Alarm(bell=True)
    loading = View(GAIN, "live", SourceHealth("loading"))
    assert alarm.hear(loading, NOBODY, NOW, "bbc") == ""
    assert heard(alarm, GAIN) == ""


def test_a_folder_that_is_read_in_parts_is_no_news_either() -> None:
    alarm = Alarm(bell=True)
    for there in (0, 1, 2):
        entries = [a_gain(number, f"Place {number}", flips=True) for number in range(there)]
        state: Literal["loading", "ok"] = "ok" if there == 2 else "loading"
        view = View(a_standing(entries), "live", SourceHealth(state))
        assert alarm.hear(view, NOBODY, NOW, "bbc") == ""
    more = [a_gain(number, f"Place {number}", flips=True) for number in range(3)]
    assert heard(alarm, a_standing(more)) == "Place 2: Lab gain from NOC"


def test_what_waits_for_its_turn_at_the_end_is_given_once() -> None:
    alarm = Alarm(bell=True)
    heard(alarm, Standing())
    entries = [a_gain(number, f"Place {number}", flips=True) for number in range(2)]
    assert heard(alarm, a_standing(entries[:1])) == "Place 0: Lab gain from NOC"
    assert heard(alarm, a_standing(entries)) == ""
    assert alarm.take_what_waits() == "Place 1: Lab gain from NOC"
    assert alarm.take_what_waits() == ""


def test_what_came_while_it_was_off_is_not_rung_for_when_it_is_turned_on() -> None:
    alarm = Alarm()
    heard(alarm, Standing())
    heard(alarm, GAIN)
    alarm.toggle()
    assert alarm.says == "bell"
    assert heard(alarm, GAIN) == ""


def test_turning_it_off_and_on_again_keeps_what_was_chosen() -> None:
    alarm = Alarm(AlertRules(), bell=False, notify=True)
    alarm.toggle()
    assert not alarm.on
    alarm.toggle()
    assert (alarm.bell, alarm.notify) == (False, True)


def test_a_notice_carries_nothing_that_steers_a_terminal() -> None:
    sequence = desktop_notice(HOSTILE * 9, {})
    assert sequence.startswith("\x1b]777;notify;nightdesk;")
    assert sequence.endswith("\x07")
    inside = sequence[len("\x1b]777;notify;") : -1]
    assert inside.isprintable()
    assert len(inside) < 230


@pytest.mark.parametrize(
    ("environment", "sequence"),
    [
        ({}, "\x1b]777;notify;nightdesk;a, b\x07"),
        ({"TERM_PROGRAM": "iTerm.app"}, "\x1b]9;nightdesk: a; b\x07"),
        (
            {"TERM": "xterm-kitty"},
            "\x1b]99;i=nightdesk:d=0;nightdesk\x1b\\\x1b]99;i=nightdesk:p=body;a; b\x1b\\",
        ),
        (
            {"TMUX": "a-socket,1,0"},
            "\x1bPtmux;\x1b\x1b]777;notify;nightdesk;a, b\x07\x1b\\",
        ),
    ],
)
def test_a_notice_is_written_as_the_terminal_has_it(
    environment: dict[str, str], sequence: str
) -> None:
    assert desktop_notice("a; b", environment) == sequence


async def test_b_turns_the_alerts_on_and_off_and_is_remembered() -> None:
    def make(post: Post) -> Session:
        return Session(post)

    memory = Memory()
    desk = Desk(make, memory=memory)
    async with desk.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press("b")
        assert desk.alarm.bell
        assert memory.all() == {"bell": True}
        await pilot.press("b")
        assert not desk.alarm.on
        assert memory.all() == {"bell": False, "notify": False}


async def test_the_desk_rings_for_a_watched_council(monkeypatch: pytest.MonkeyPatch) -> None:
    def make(post: Post) -> Session:
        return Session(post)

    rung: list[str] = []
    desk = Desk(make, Options(bell=True, alert_changes=False))
    monkeypatch.setattr(desk, "ring", rung.append)
    async with desk.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        screen = desk.screen
        assert isinstance(screen, DeskScreen)
        screen.watched = frozenset({PlaceId("place-2")})
        desk._hand_over(View(Standing(), "live", OK))
        entries = [a_gain(1, "Alder", flips=True), a_gain(2, "Birch", flips=True)]
        desk._hand_over(View(a_standing(entries), "live", OK))
        await pilot.pause()
    assert len(rung) == 1
    assert "Birch" in rung[0]
    assert entries[0].kind is EntryKind.GAIN


def test_a_gain_rings_in_a_real_terminal_and_sends_a_notice(tmp_path: Path) -> None:
    gain = {
        "kind": "result", "council": "Trafford", "gss": "E08000009", "control_before": "noc",
        "after": {"con": 20, "lab": 36, "ld": 6, "green": 1},
    }  # fmt: skip
    with Terminal("watch", str(tmp_path), "--bell", "--notify", "--no-record") as terminal:
        terminal.wait_for("LIVE")
        assert b"\x1b]777;" not in terminal.output
        (tmp_path / ".gain").write_text(json.dumps(gain), encoding="utf-8")
        (tmp_path / ".gain").rename(tmp_path / "gain.json")
        terminal.wait_for("36 of 63 seats")
        terminal.send("\x11")
        assert terminal.wait() == 0
    notice = bytes(terminal.output).partition(b"\x1b]777;")[2].partition(b"\x07")[0].decode()
    assert notice == "notify;nightdesk;Trafford: Lab gain from NOC"
    assert terminal.output.count(b"\x1b]777;") == 1
    without_titles = re.sub(rb"\x1b\][^\x07]*\x07", b"", bytes(terminal.output))
    assert without_titles.count(b"\x07") == 1
