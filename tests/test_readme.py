"""The README is true: its key table is the program's, its commands exist."""

import re
import tomllib
from pathlib import Path

import pytest

from tui.cli.main import COMMANDS
from tui.settings.checked import checked
from tui.settings.commands import keys_table
from tui.settings.keymap import check_keymap
from tui.settings.options import Options, options_table

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def test_the_table_of_keys_is_the_table_of_commands() -> None:
    assert keys_table() in README


def test_every_command_that_the_readme_names_exists() -> None:
    named = set(re.findall(r"^nightdesk ([a-z]+)", README, re.MULTILINE))
    assert named
    assert named <= COMMANDS.keys()


def test_every_command_is_in_the_readme() -> None:
    assert COMMANDS.keys() <= set(re.findall(r"nightdesk ([a-z]+)", README))


def test_the_table_of_options_is_the_one_of_the_program() -> None:
    assert options_table() in README


def test_the_examples_of_a_config_are_a_config() -> None:
    examples = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    said = [checked(tomllib.loads(example)) for example in examples]
    options = Options(**{name: value for each in said for name, value in each.items()})
    assert options.keys["filter"] == ("ctrl+f",)
    assert not list(check_keymap(options.keys))


@pytest.mark.parametrize("top", ["feed", "tui"])
def test_the_files_that_a_room_s_page_names_are_there(top: str) -> None:
    root = Path(__file__).parent.parent
    page = (root / top / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w/]+(?:\.py|/))[`(]", page))
    assert named
    missing = {
        name for name in named if not (root / top / name).exists() and not (root / name).exists()
    }
    assert not missing
