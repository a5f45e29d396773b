"""The first frame waits for nothing that it does not show."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.tui.terminal import ROOT, Terminal

HEAVY = (
    "pydantic", "watchfiles", "feed.ledger", "feed.formats", "feed.model.standing", "tui.desk",
    "tui.projector",
)  # fmt: skip


def loaded_by(code: str, *arguments: str, heavy: tuple[str, ...] = HEAVY) -> list[str]:
    """Return what of the heavy modules some code has loaded when it ends."""
    told = f"""
import sys
try:
    {code}
finally:
    heavy = sorted(name for name in sys.modules if name.startswith({heavy!r}))
    sys.stderr.write("|".join(heavy))
"""
    said = subprocess.run(
        [sys.executable, "-c", told, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [name for name in said.stderr.split("|") if name]


def test_the_application_is_loaded_without_the_core_and_the_desk() -> None:
    assert loaded_by("import tui.running.app, tui.running.launch") == []


@pytest.mark.parametrize("flag", ["--help", "--version", "-V"])
def test_help_and_version_load_no_more_than_they_say(flag: str) -> None:
    assert loaded_by("from tui.cli.main import main; main()", flag) == []


def test_a_command_without_figures_to_convert_is_read_without_pydantic() -> None:
    read = "from tui.cli.main import app; app(standalone_mode=False)"
    code = f"""
    from contextlib import suppress
    from feed.errors import SourceUnreadable
    with suppress(SourceUnreadable):
        {read}"""
    assert loaded_by(code.strip(), "watch", __file__, "--recording", "new") == []


def test_a_command_is_read_without_the_others() -> None:
    code = "from tui.cli.main import app; app()"
    others = ("tui.cli.watch", "tui.cli.serve", "tui.cli.export", "zoneinfo")
    assert loaded_by(code, "drop", "--help", heavy=others) == []
    assert loaded_by(code, "watch", "--help", heavy=others) != []


@pytest.mark.parametrize("columns", [160, 100, 60])
def test_the_panes_stand_at_their_places_before_anything_is_known(columns: int) -> None:
    with Terminal("demo", columns=columns) as terminal:
        terminal.wait_for("Reading …")
        terminal.wait_for("of 248")


def test_a_key_that_comes_before_the_desk_is_there_is_not_lost() -> None:
    with Terminal("demo", columns=160, rows=48) as terminal:
        terminal.wait_for("Reading …")
        terminal.send("?")
        terminal.wait_for("Quit at once")
        terminal.send("\x11")

        assert terminal.wait() == 0
        assert terminal.is_clean()
