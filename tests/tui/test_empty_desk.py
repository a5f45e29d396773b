"""A desk that has nothing to show yet: no key that moves or opens ends it."""

from __future__ import annotations

from pathlib import Path

import pytest

from feed.session.session import Post, Session
from feed.sources.folder.source import DirectorySource
from tui.running.app import Desk

MOVES = ("j", "k", "up", "down", "pageup", "pagedown", "g", "G", "home", "end", "left", "right",
         "enter", "n", "N", "e", "E", "[", "]", "comma", "full_stop", "s", "S", "x", "c")  # fmt: skip


async def test_no_move_over_panes_without_rows_ends_the_desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    feed = tmp_path / "feed"
    feed.mkdir()

    def session(post: Post) -> Session:
        return Session(post, source=DirectorySource(feed))

    desk = Desk(session)
    async with desk.run_test(size=(160, 48)) as pilot:
        for pane in ("1", "2", "3"):
            await pilot.press(pane)
            for key in MOVES:
                desk.simulate_key(key)
                await pilot.pause()
            await pilot.press("escape")
        assert desk.is_running
        assert desk.return_code is None
