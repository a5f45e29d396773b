"""The README is true: its key table is the program's, its commands exist."""

import re
from pathlib import Path

from tui.cli import app
from tui.commands import keys_table

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def test_the_table_of_keys_is_the_table_of_commands() -> None:
    assert keys_table() in README


def test_every_command_that_the_readme_names_exists() -> None:
    known = {command.name or command.callback.__name__ for command in app.registered_commands}
    named = set(re.findall(r"^nightdesk ([a-z]+)", README, re.MULTILINE))
    assert named
    assert named <= known


def test_every_command_is_in_the_readme() -> None:
    known = {command.name or command.callback.__name__ for command in app.registered_commands}
    assert known <= set(re.findall(r"nightdesk ([a-z]+)", README))
