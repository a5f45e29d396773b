"""After a long silence at the keys, or a pause, the desk knows since when nobody looked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest

from feed.model.standing import Standing
from feed.model.view import SourceHealth, View
from tests.feed.builders import a_result, a_roster, standing_of
from tests.tui.desk_app import NOW
from tests.tui.log_entries import a_standing, some_news
from tui.desk.last_look import SILENCE, LastLook, LookMemory
from tui.settings.remembered import NightMemory


def after(declared: int) -> Standing:
    return a_standing(some_news(declared), declared=declared)


def test_a_key_after_a_long_silence_counts_from_the_key_before() -> None:
    away = LastLook.at_start(0.0).key_pressed(after(3), 10.0)
    away = away.key_pressed(after(9), 10.0 + SILENCE)
    assert away.looked_at.declared == 3
    assert away.hint(after(9)) == "While you were away: 6 declared, 6 entries · m sums them up"


def test_northern_ireland_alone_is_counted() -> None:
    told = (a_roster("Belfast", {"sf": 31}), a_result("Belfast", sf=31))
    away = LastLook.at_start(0.0).caught_up(standing_of(told[0]))
    assert away.hint(standing_of(*told)).startswith("While you were away: 1 declared, 1 entry")


def test_keys_close_together_leave_what_was_missed_as_it_is() -> None:
    away = LastLook.at_start(0.0).caught_up(after(2))
    away = away.key_pressed(after(3), 1.0).key_pressed(after(9), 2.0)
    assert away.looked_at.declared == 2


def test_a_pause_counts_from_what_stood_when_it_began() -> None:
    assert LastLook.at_start(0.0).paused_at(after(5)).looked_at.declared == 5


def test_nothing_missed_is_not_told() -> None:
    assert LastLook.at_start(0.0).caught_up(after(4)).hint(after(4)) == ""


def a_view(seen: Standing | None = None, state: Literal["loading", "ok"] = "ok") -> View:
    return View(after(9), source=SourceHealth(state, path="/feed"), seen=seen)


def test_the_last_look_of_an_earlier_run_is_taken_once_and_not_while_the_folder_is_read() -> None:
    looks = LookMemory()
    assert looks.take(a_view(after(3), "loading")) is None
    seen = looks.take(a_view(after(3)))
    assert seen is not None
    assert seen.declared == 3
    assert looks.take(a_view(after(3))) is None


def test_what_was_missed_over_a_restart_counts_from_the_last_look() -> None:
    away = LastLook.at_start(0.0).key_pressed(after(1), 1.0).remembered(after(3))
    assert away.looked_at.declared == 3
    assert away.key_pressed(after(9), 2.0 + SILENCE).looked_at.declared == 3


def test_the_last_key_is_remembered_now_and_then_and_at_the_end(tmp_path: Path) -> None:
    memory = NightMemory(tmp_path / "nights.json")
    looks = LookMemory(memory)
    looks.key_pressed(a_view(), 0.0)
    assert memory.of("/feed").looked_at is None, "before the night is there nobody has seen it"
    looks.take(a_view())
    looks.key_pressed(a_view(), 1.0)
    first = memory.of("/feed").looked_at
    looks.key_pressed(a_view(), 2.0)
    assert memory.of("/feed").looked_at == first is not None
    looks.close()
    last = memory.of("/feed").looked_at
    assert last is not None
    assert last > first


def test_who_looks_at_a_replay_has_seen_nothing_of_a_night(tmp_path: Path) -> None:
    memory = NightMemory(tmp_path / "nights.json")
    looks = LookMemory(memory)
    looks.take(a_view())
    looks.key_pressed(replace(a_view(), mode="replay"), 1.0)
    looks.close()
    assert not memory.path.exists()


def test_a_folder_is_known_however_it_is_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = NightMemory(tmp_path / "nights.json")
    monkeypatch.chdir(tmp_path)
    memory.keep("feed", looked_at=NOW)
    assert memory.of(f"{tmp_path}/feed/").looked_at == NOW
