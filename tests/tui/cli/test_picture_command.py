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


def test_a_size_that_is_none_is_said() -> None:
    done = CliRunner().invoke(app, ["picture", str(FEED), "--size", "big"])
    assert "'big' is no size" in str(done.exception)
