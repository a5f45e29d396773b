"""The screen of a saved night as a picture on stdout."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from tui.cli.main import app

FEED = Path(__file__).parents[3] / "sample_feeds" / "england-2019"


def test_the_screen_at_a_moment_is_an_svg_on_stdout() -> None:
    done = CliRunner().invoke(app, ["picture", str(FEED), "--at", "03:46", "--size", "120x36"])
    assert done.exit_code == 0
    assert done.stdout.startswith("<svg")
    assert "Trafford" in done.stdout
    assert "03:46" in done.stdout


def test_any_page_of_the_wall_is_drawn_at_any_size() -> None:
    for flags in (["--view", "wall", "--page", "map"], ["--page", "just-in"], ["--projector"]):
        asked = ["picture", str(FEED), "--at", "07:52", "--size", "100x30", *flags]
        done = CliRunner().invoke(app, asked)
        assert done.exit_code == 0
        assert "REPLAY of 2 May 2019" in done.stdout


def test_a_page_that_there_is_not_is_said() -> None:
    done = CliRunner().invoke(app, ["picture", str(FEED), "--page", "maps"])
    assert "'maps' is no page; give one of table, map, just-in" in str(done.exception)


def test_a_size_that_is_none_is_said() -> None:
    done = CliRunner().invoke(app, ["picture", str(FEED), "--size", "big"])
    assert "'big' is no size" in str(done.exception)
