"""The desk opens as it was configured, keeps what a key changes, and watches whom it is told to."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot
from typer.testing import CliRunner

from feed.model.entries import PlaceId
from feed.model.view import SourceHealth, View
from feed.recording.writer import Recorder
from feed.session.session import Post, Session
from tests.tui.live import still_live
from tests.tui.standings import a_board, a_council, a_night, a_row
from tui.cli.main import app
from tui.control_grid.widget import ControlGrid
from tui.desk.screen import DeskScreen
from tui.running.app import Desk
from tui.running.launch import drop_old
from tui.running.sessions import live_session
from tui.scoreboard.widget import Scoreboard
from tui.settings.checked import checked
from tui.settings.options import Options
from tui.settings.remembered import Memory, WatchList

NOW = datetime(2019, 5, 3, 3, 31, tzinfo=UTC)
TRAFFORD = a_council("Trafford", "noc", "lab")
HULL = a_council("Kingston upon Hull, City of", "lab", id=PlaceId("E06000010"))
NIGHT = a_night(TRAFFORD, HULL, scoreboard=a_board(a_row("con"), a_row("lab")))


def a_desk(options: Options | None = None, memory: Memory | None = None) -> Desk:
    def make(post: Post) -> Session:
        return still_live(post, lambda: NOW)

    return Desk(make, options, memory)


async def opened(desk: Desk, pilot: Pilot[None]) -> DeskScreen:
    await pilot.pause()
    desk._hand_over(View(NIGHT, "live", SourceHealth("ok"), clock=NOW))
    await pilot.pause()
    screen = desk.screen
    assert isinstance(screen, DeskScreen)
    return screen


async def test_the_desk_opens_as_the_options_say() -> None:
    options = Options(**checked(
        {
            "theme": "nightdesk-contrast", "style": "plain", "group": "region", "view": "log",
            "sort": "majority", "board_sort": "net", "late_after": 45, "watch": ["Trafford"],
            "density": "short",
        }
    ))  # fmt: skip
    desk = a_desk(options)
    async with desk.run_test(size=(160, 48)) as pilot:
        screen = await opened(desk, pilot)
        assert desk.theme == "nightdesk-contrast"
        assert screen.style == "plain"
        assert screen.has_class("-log-only")
        grid = screen.query_one(ControlGrid)
        assert (grid.grouped, grid.sort) == ("region", "majority")
        assert grid.density == "short"
        assert screen.query_one(Scoreboard).sort == "net"
        assert screen.query_one(Scoreboard).late_after == timedelta(minutes=45)
        assert screen.watched == {TRAFFORD.id}


async def test_what_a_key_changes_is_there_the_next_time() -> None:
    memory = Memory()
    desk = a_desk(memory=memory)
    async with desk.run_test(size=(160, 48)) as pilot:
        screen = await opened(desk, pilot)
        grid = screen.query_one(ControlGrid)
        grid.cursor = grid.laid_out.places[TRAFFORD.id]
        await pilot.press("t", "h", "3", "s", "o", "w", "D", "2", "s")
    kept = memory.all()
    assert kept == {
        "theme": "nightdesk-light", "style": "pa", "sort": "declared", "group": "region",
        "watch": ["Trafford"], "density": "names", "board_sort": "seats",
    }  # fmt: skip
    again = a_desk(Options(**checked(kept)))
    async with again.run_test(size=(160, 48)) as pilot:
        screen = await opened(again, pilot)
        assert screen.watched == {TRAFFORD.id}
        grid = screen.query_one(ControlGrid)
        assert (grid.grouped, grid.sort) == ("region", "declared")
        assert grid.density == "names"


async def test_a_desk_without_a_memory_writes_nothing() -> None:
    desk = a_desk(Options())
    async with desk.run_test(size=(160, 48)) as pilot:
        await opened(desk, pilot)
        await pilot.press("t")
    assert not Memory().path.exists()


async def test_a_name_that_is_not_on_tonights_list_is_said_once() -> None:
    desk = a_desk(Options(watch=("Trafford", "Atlantis")))
    async with desk.run_test(size=(160, 48)) as pilot:
        await opened(desk, pilot)
        await opened(desk, pilot)
        (shown,) = list(desk._notifications)
        assert "Atlantis" in shown.message
        assert "Trafford" not in shown.message


def test_councils_are_watched_by_any_name_they_go_by() -> None:
    wanted = WatchList(["trafford council", "Hull", "Atlantis"])
    assert wanted.take(NIGHT) == {TRAFFORD.id, HULL.id}
    assert wanted.missing == ("Atlantis",)
    assert wanted.take(NIGHT) == frozenset()
    assert wanted.names({TRAFFORD.id}, NIGHT) == ("Trafford", "Atlantis")


def test_names_wait_until_the_feed_names_councils() -> None:
    wanted = WatchList(["Trafford"])
    assert wanted.take(a_night()) == frozenset()
    assert wanted.missing == ("Trafford",)
    assert wanted.take(NIGHT) == {TRAFFORD.id}
    assert wanted.complaint() == ""


def a_recording(folder: Path, name: str, days: int) -> Path:
    path = folder / f"2019-05-02-{name * 12}.jsonl"
    Recorder.open(path, Path("/feed")).close()
    then = datetime.now(UTC).timestamp() - days * 86_400
    os.utime(path, (then, then))
    return path


def test_recordings_older_than_wanted_are_dropped_and_said(tmp_path: Path) -> None:
    old, new = a_recording(tmp_path, "a", 40), a_recording(tmp_path, "b", 2)
    assert drop_old(Options(recordings=tmp_path)) == ()
    said = drop_old(Options(recordings=tmp_path, keep_days=30))
    assert said == (f"dropped {old}: older than 30 days",)
    assert not old.exists()
    assert new.exists()


def test_a_live_session_records_and_sets_apart_where_it_is_told(tmp_path: Path) -> None:
    feed = tmp_path / "feed"
    feed.mkdir()
    options = Options(recordings=tmp_path / "shelf")
    session = live_session(lambda _: None, feed, options, quarantine=tmp_path / "apart")
    session.stop()
    assert len(list((tmp_path / "shelf").glob("*.jsonl"))) == 1
    assert (tmp_path / "apart").is_dir()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["demo", "--theme", "pink"], "--theme: 'pink' is no theme"),
        (["demo", "--speed", "5000"], "--speed: '5000' is no speed; give 0.25 to 3600, or max"),
        (["demo", "--cycle", "soon"], "--cycle: 'soon' is no length of time"),
        (["watch", ".", "--quarantine", "./apart"], "would lie in the feed folder"),
        (["watch", ".", "--keep-days", "0"], "--keep-days: '0' is too small"),
    ],
)
def test_the_command_line_is_held_to_the_options(args: list[str], said: str) -> None:
    result = CliRunner().invoke(app, [*args, *(["--plain"] if args[0] != "where" else [])])
    assert said in str(result.exception)
    assert getattr(result.exception, "exit_code", None) == 2
