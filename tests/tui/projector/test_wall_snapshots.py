"""How the wall looks, twelve pictures of it; `pytest --snapshot-update` takes them anew."""

from __future__ import annotations

from collections.abc import Callable
from unittest.mock import patch

import pytest
from textual.pilot import Pilot

from tests.tui.desk_app import frozen, replay_desk, until
from tui.projector.screen import ProjectorScreen
from tui.settings.options import Options
from tui.settings.wall_pages import WallPage

SHOTS: dict[str, tuple[WallPage, tuple[int, int], str, str]] = {
    "table-60x20": ("table", (60, 20), "04:40", "dark"),
    "table-160x48": ("table", (160, 48), "12:00", "dark"),
    "table-light": ("table", (120, 36), "12:00", "light"),
    "map-80x24": ("map", (80, 24), "12:00", "dark"),
    "map-120x36": ("map", (120, 36), "12:00", "contrast"),
    "map-200x60": ("map", (200, 60), "12:00", "dark"),
    "just-in-80x24": ("just-in", (80, 24), "07:52", "dark"),
    "just-in-120x36": ("just-in", (120, 36), "07:52", "dark"),
    "changed-160x48": ("changed", (160, 48), "12:00", "dark"),
    "regions-120x36": ("regions", (120, 36), "12:00", "light"),
    "next-100x30": ("next", (100, 30), "01:00", "dark"),
    "contests-120x36": ("contests", (120, 36), "12:00", "dark"),
}


class Standing:
    """A clock that stands, so that no page is turned by a busy machine."""

    @staticmethod
    def monotonic() -> float:
        """Return the only moment that there is."""
        return 0.0


@pytest.mark.parametrize("name", SHOTS)
def test_the_wall_looks_as_it_did(name: str, snap_compare: Callable[..., bool]) -> None:
    page, size, at, theme = SHOTS[name]
    app = replay_desk(at, look=Options(theme=f"nightdesk-{theme}", view="projector"))

    async def open_page(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: isinstance(app.screen, ProjectorScreen))
        screen = app.screen
        assert isinstance(screen, ProjectorScreen)
        await until(pilot, lambda: screen.staged.declared > 0)
        screen.open_at(page)
        await pilot.pause()

    with frozen(), patch("tui.projector.screen.time", Standing()):
        assert snap_compare(app, run_before=open_page, terminal_size=size)
