"""What stays in sight below the headline, and that it is acknowledged over a restart."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feed.model.arrival import Arrival
from feed.model.standing import Problem, Standing
from feed.model.view import Mode, SourceHealth, View
from feed.reports.pinned import Pin
from feed.sources.folder.source import Delivery
from tests.tui.desk_app import NOW, live_desk, running, settled
from tui.colours.themes import DARK
from tui.desk.pinned_alerts import PinnedAlerts
from tui.panes.pinned_line import pinned_segments
from tui.settings.remembered import NightMemory, NightRemembered

BAD = Problem("a.xml", 4, "seats is −3", "send it again", 1)
OTHER = Problem("b.xml", None, "is no result", "", 2)


def a_view(*problems: Problem, mode: Mode = "live", source: str = "/feed", **how: object) -> View:
    health = SourceHealth(**{"state": "ok", "path": source, **how})  # type: ignore[arg-type]
    return View(Standing(problems=problems), mode, health, clock=NOW)


def said(pinned: PinnedAlerts) -> list[str]:
    return [pin.short for pin in pinned.pins]


@pytest.fixture
def memory(tmp_path: Path) -> NightMemory:
    return NightMemory(tmp_path / "state" / "nights.json")


def test_what_is_acknowledged_stays_so_over_a_restart(memory: NightMemory) -> None:
    first = PinnedAlerts(memory=memory)
    first.take(a_view(BAD), NOW)
    assert first.acknowledge() == 1
    again = PinnedAlerts(memory=memory)
    again.take(a_view(BAD, OTHER), NOW)
    assert again.open_problems(a_view(BAD, OTHER).standing) == (OTHER,)


def test_while_the_folder_is_read_nothing_is_over(memory: NightMemory) -> None:
    first = PinnedAlerts(memory=memory)
    first.take(a_view(BAD), NOW)
    first.acknowledge()
    again = PinnedAlerts(memory=memory)
    again.take(a_view(state="loading"), NOW)
    again.take(a_view(BAD), NOW)
    assert said(again) == []


def test_a_problem_that_was_mended_in_between_is_new_when_it_returns(memory: NightMemory) -> None:
    pinned = PinnedAlerts(memory=memory)
    pinned.take(a_view(BAD), NOW)
    pinned.acknowledge()
    pinned.take(a_view(), NOW)
    again = PinnedAlerts(memory=memory)
    again.take(a_view(BAD), NOW)
    assert said(again) == ["1 problem"]


def test_a_view_knows_what_is_pinned_of_it_until_it_is_acknowledged() -> None:
    pinned = PinnedAlerts()
    view = a_view(BAD, state="lost", says="gone since 02:14")
    pinned.take(view, NOW)
    assert pinned.counted(view).pinned == {"lost"}
    pinned.acknowledge()
    assert pinned.counted(view).pinned == frozenset()


def test_what_is_acknowledged_of_one_feed_is_not_so_of_another(memory: NightMemory) -> None:
    first = PinnedAlerts(memory=memory)
    first.take(a_view(BAD), NOW)
    first.acknowledge()
    other = PinnedAlerts(memory=memory)
    other.take(a_view(BAD, source="/other"), NOW)
    assert said(other) == ["1 problem"]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"/feed": 3}', '{"/feed": {"acknowledged": 1}}'])
def test_a_memory_that_cannot_be_read_is_forgotten(text: str, memory: NightMemory) -> None:
    memory.path.parent.mkdir()
    memory.path.write_text(text)
    assert memory.of("/feed") == NightRemembered()
    memory.keep("/feed", acknowledged=frozenset({"a"}), looked_at=NOW)
    assert memory.of("/feed") == NightRemembered(frozenset({"a"}), NOW)


def test_each_part_of_the_memory_is_kept_by_itself(memory: NightMemory) -> None:
    memory.keep("/feed", looked_at=NOW)
    memory.keep("/feed", acknowledged=frozenset({"a"}))
    assert memory.of("/feed").looked_at == NOW
    assert memory.path.stat().st_mode & 0o077 == 0


def test_the_oldest_nights_are_forgotten(memory: NightMemory) -> None:
    for number in range(103):
        memory.keep(f"/feed{number}", acknowledged=frozenset({"a"}))
    assert memory.of("/feed2") == NightRemembered()
    assert memory.of("/feed102").acknowledged


@pytest.mark.parametrize("mode", ["replay", "review", "paused"])
def test_who_looks_back_is_told_of_nothing_new(mode: Mode) -> None:
    pinned = PinnedAlerts()
    pinned.take(a_view(BAD, mode=mode), NOW)
    assert pinned.pins == ()


@pytest.mark.parametrize("mode", ["review", "paused"])
def test_who_looks_back_sees_that_the_source_is_lost_now_and_back(mode: Mode) -> None:
    pinned = PinnedAlerts()
    pinned.take(a_view(BAD), NOW)
    pinned.take(a_view(mode=mode, state="lost", says="missing since 02:14"), NOW)
    pinned.counted(a_view(OTHER, OTHER, mode=mode))
    assert said(pinned) == ["SOURCE LOST", "1 problem"]
    pinned.take(a_view(mode=mode), NOW)
    assert said(pinned) == ["1 problem"]


def test_an_alert_stays_until_it_is_acknowledged_the_newest_first() -> None:
    pinned = PinnedAlerts()
    pinned.tell(["Alder: Lab gain from Con", "Birch: Con hold"], NOW)
    pinned.take(a_view(), NOW)
    assert said(pinned) == ["04:31 Birch: Con hold", "04:31 Alder: Lab gain from Con"]
    assert pinned.acknowledge() == 2
    pinned.take(a_view(), NOW)
    assert pinned.pins == ()


def test_a_lost_source_stands_before_everything_else() -> None:
    pinned = PinnedAlerts()
    pinned.take(a_view(BAD, state="lost", says="missing since 02:14", unsaved=3), NOW)
    assert said(pinned) == ["SOURCE LOST", "3 unsaved", "1 problem"]


def a_pin(says: str, short: str) -> Pin:
    return Pin(frozenset({short}), says, short)


@pytest.mark.parametrize("cells", range(38, 200, 9))
def test_the_line_fits_every_width_and_never_hides_that_there_is_more(cells: int) -> None:
    kept = [
        a_pin("6 late · longest Worcester 49 min", "6 late"),
        a_pin(
            "2 problems, the newest results/Local_result_Alder.xml:14: seats is −3", "2 problems"
        ),
    ]
    line = pinned_segments(kept, "A", cells, DARK)
    text = "".join(part.text for part in line)
    assert sum(part.cell_length for part in line) == cells
    assert "6 late" in text
    assert "2 problems" in text or "+1" in text
    assert text.rstrip().endswith("A") or text.rstrip().endswith("A acknowledges")


def test_since_when_a_source_is_lost_is_told_before_what_its_key_does() -> None:
    says = "Source lost · feed directory missing since 04:14"
    kept = [
        Pin(frozenset({"lost"}), says, "Source lost", is_grave=True),
        Pin(frozenset(), "x", "y"),
    ]
    for cells in range(60, 120):
        text = "".join(part.text for part in pinned_segments(kept, "A", cells, DARK))
        assert "04:14" in text
        assert "+1" in text or "y" in text or "x" in text


def a_bad_file(path: str = "bad.json") -> Delivery:
    arrival = Arrival(path, b'{"kind": "result"}', datetime(2019, 5, 3, 3, tzinfo=UTC))
    return Delivery((arrival,), SourceHealth("ok", path="/feed"))


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
async def test_a_problem_stays_in_sight_until_its_key_is_pressed(size: tuple[int, int]) -> None:
    app = live_desk()
    async with running(app, size) as pilot:
        app.still.pump(a_bad_file())
        await settled(app, pilot)
        assert "! 1 problem" in app.rows[1] + app.rows[0]
        assert "A acknowledges" in app.text
        await pilot.press("A")
        await settled(app, pilot)
        assert "A acknowledges" not in app.text
        assert "! 1 problem" not in app.rows[0]


async def test_in_the_list_one_problem_is_acknowledged_or_all() -> None:
    app = live_desk()
    async with running(app) as pilot:
        app.still.pump(replace(a_bad_file(), arrivals=(
            *a_bad_file("one.json").arrivals, *a_bad_file("two.json").arrivals[:0],
            Arrival("two.json", b'{"kind": "rush"}', NOW),
        )))  # fmt: skip
        await settled(app, pilot)
        await pilot.press("p", "a")
        await settled(app, pilot)
        assert "ACKNOWLEDGED (1)" in app.text
        assert "1 new of 2 problems" in app.text
        await pilot.press("A")
        await settled(app, pilot)
        assert "ACKNOWLEDGED (2)" in app.text


async def test_where_nobody_has_keys_nothing_waits_to_be_acknowledged() -> None:
    app = live_desk()
    app.is_attended = False
    async with running(app) as pilot:
        app.still.pump(a_bad_file())
        await settled(app, pilot)
        assert "acknowledges" not in app.text
        assert "! 1 problem" in app.rows[0]
