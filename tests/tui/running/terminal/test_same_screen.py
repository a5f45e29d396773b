"""What the difference of cells makes of a terminal is what a whole screen would make of it."""

from pathlib import Path

import pytest
from rich.color import ColorSystem

from tests.tui.running.terminal.random_views import look_at


@pytest.fixture(autouse=True)
def somewhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a key may save what is on the screen


@pytest.mark.parametrize(
    ("colours", "theme"),
    [
        (ColorSystem.TRUECOLOR, "nightdesk-dark"),
        (ColorSystem.EIGHT_BIT, "nightdesk-light"),
        (ColorSystem.STANDARD, "ansi-dark"),
        (ColorSystem.TRUECOLOR, "nord"),
    ],
)
async def test_random_views_are_the_same_in_every_cell(colours: ColorSystem, theme: str) -> None:
    assert await look_at(30, 7, colours, theme) > 0


async def test_random_views_are_the_same_without_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    assert await look_at(30, 8, ColorSystem.TRUECOLOR, "nightdesk-dark") > 0
