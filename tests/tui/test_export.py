"""What `x` saves: the screen, the figures of the moment and, with a mark, what has changed."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest

from feed.model.view import SourceHealth
from tests.tui.desk_app import replay_desk, running, settled, until


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def texts(folder: Path) -> dict[str, str]:
    """Return what was saved by what comes after the time in the files' names."""
    stem = len("nightdesk-20190503-023000")
    return {path.name[stem:]: path.read_text(encoding="utf-8") for path in folder.iterdir()}


async def test_the_screen_and_the_figures_of_the_moment_are_saved(here: Path) -> None:
    app = replay_desk()
    async with running(app) as pilot:
        await pilot.press("ctrl+g", *"02:00", "enter")
        await settled(app, pilot)
        await pilot.press("x")
        await pilot.pause()
        standing = app.desk.current.standing
    saved = texts(here)
    assert set(saved) == {".svg", ".csv", ".md", ".json"}
    assert json.loads(saved[".json"])["declared"] == standing.declared < 248
    assert f"{standing.declared} of 248 declared" in saved[".md"]
    assert "<svg" in saved[".svg"]


async def test_the_wall_saves_itself_and_says_so(here: Path) -> None:
    app = replay_desk()
    async with running(app, (100, 30)) as pilot:
        await pilot.press("v")
        await settled(app, pilot)
        await pilot.press("x")
        await settled(app, pilot)
        assert "Saved nightdesk-" in app.text
        assert ".svg .csv .md .json in" in app.text
    saved = texts(here)
    assert set(saved) == {".svg", ".csv", ".md", ".json"}
    assert "of 248 councils declared" in saved[".svg"]
    assert "<path" in saved[".svg"]


async def test_with_a_mark_what_has_changed_is_saved_by_itself(here: Path) -> None:
    app = replay_desk()
    async with running(app) as pilot:
        for time in ("02:00", "03:00"):
            await pilot.press("ctrl+g", *time, "enter")
            await settled(app, pilot)
            await pilot.press("d" if time == "02:00" else "x")
        await pilot.pause()
        said = [notice.message for notice in app._notifications]
    changes = texts(here)["-changes.md"]
    assert changes.startswith("# Since Fri 3 May 0")
    assert "19 declared, 60 of 248" in changes
    assert ".svg .csv .md .json -changes.md in " in said[-1]


@pytest.mark.parametrize("is_there", [True, False])
async def test_the_night_follows_as_a_page_and_a_cast(here: Path, is_there: bool) -> None:
    (here / "night").mkdir()
    if is_there:
        news = {"kind": "news", "at": "2019-05-02T23:00:00+01:00", "text": "Polls are closed"}
        (here / "night" / "a.json").write_text(json.dumps(news))
    app = replay_desk()
    async with running(app) as pilot:
        desk = app.desk
        desk.current = replace(desk.current, source=SourceHealth("ok", path=str(here / "night")))
        await pilot.press("x")
        await until(pilot, lambda: any("he night" in it.message for it in app._notifications))
        said = [notice.message for notice in app._notifications][-1]
    (here / "night" / "a.json").unlink(missing_ok=True)
    (here / "night").rmdir()
    saved = texts(here)
    if is_there:
        assert said.startswith("Saved the night: nightdesk-")
        assert "Polls are closed" in saved[".html"]
        assert json.loads(saved[".cast"].splitlines()[0])["version"] == 3
    else:
        assert said.startswith("The night was not saved: ")
        assert ".html" not in saved


async def test_one_night_is_saved_at_a_time(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del here
    begun, end = list[Path](), asyncio.Event()

    async def save_night(_desk: object, saved: Path) -> None:
        begun.append(saved)
        await end.wait()

    monkeypatch.setattr("tui.desk.commands.panes.save_night", save_night)
    monkeypatch.setattr("tui.desk.commands.panes.save_texts", lambda *_: Path("night"))
    app = replay_desk()
    async with running(app) as pilot:
        await pilot.press("x", "x")
        await pilot.pause()
        assert begun == [Path("night")]
        end.set()
        await until(pilot, lambda: not app.workers)
        await pilot.press("x")
        await pilot.pause()
        assert len(begun) == 2


async def test_a_folder_that_takes_nothing_is_said_to(here: Path) -> None:
    app = replay_desk()
    async with running(app) as pilot:
        gone = here / "gone"
        gone.mkdir()
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(gone)
            gone.rmdir()
            await pilot.press("x")
            await pilot.pause()
        assert any("Not saved" in notice.message for notice in app._notifications)


async def test_the_wall_says_too_that_nothing_was_saved_and_where_what_is_there_already(
    here: Path,
) -> None:
    app = replay_desk()
    async with running(app, (100, 30)) as pilot:
        await pilot.press("v")
        await settled(app, pilot)
        with pytest.MonkeyPatch.context() as patch:
            gone = here / "gone"
            gone.mkdir()
            patch.chdir(gone)
            gone.rmdir()
            await pilot.press("x")
            await settled(app, pilot)
        assert "Not saved: No such file or directory" in app.text
