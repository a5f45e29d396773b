"""The clock on the wall: it runs also while nothing comes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from feed.model.view import View
from tests.tui.projector.test_projector import LIVE, NOW, REPLAY, a_desk, projected, rows
from tui.desk import screen as desk_screen
from tui.projector import screen as projector


@pytest.mark.parametrize(("view", "time"), [(LIVE, "05:31"), (REPLAY, "04:31")])
async def test_the_projectors_clock_runs_on_live_and_stands_with_a_replay(
    monkeypatch: pytest.MonkeyPatch, view: View, time: str
) -> None:
    app = a_desk()
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await projected(app, pilot, view)
        for module in (projector, desk_screen):
            monkeypatch.setattr(module, "utc_now", lambda: NOW + timedelta(hours=1))
        screen.tick()
        await pilot.pause()
        assert time in rows(app)[0] + rows(app)[1]


def test_the_desks_clock_is_the_walls_only_while_it_is_live() -> None:
    later = NOW + timedelta(hours=1)
    assert LIVE.at(later).clock == later
    assert REPLAY.at(later) is REPLAY
