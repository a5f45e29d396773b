"""What is saved stands in a new file of the owner's, and never in place of anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from feed.errors import UsageProblem
from tui.settings.new_file import write_new_file


def test_a_new_file_is_for_its_owner_only(tmp_path: Path) -> None:
    write_new_file(tmp_path / "night.csv", ["one,", "two"])
    assert (tmp_path / "night.csv").read_text(encoding="utf-8") == "one,two"
    assert (tmp_path / "night.csv").stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    there = tmp_path / "night.csv"
    there.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageProblem, match="is there already"):
        write_new_file(there, ["ours"])
    assert there.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("exists", [True, False], ids=["to a file", "to nothing"])
def test_no_link_is_written_through(tmp_path: Path, *, exists: bool) -> None:
    mine, link = tmp_path / "mine", tmp_path / "night.csv"
    if exists:
        mine.write_text("mine", encoding="utf-8")
    link.symlink_to(mine)
    with pytest.raises(UsageProblem):
        write_new_file(link, ["ours"])
    assert link.is_symlink()
    assert (mine.read_text(encoding="utf-8") if mine.exists() else None) == (
        "mine" if exists else None
    )


def test_a_folder_that_is_gone_is_said_to(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="cannot be written: no such file or directory"):
        write_new_file(tmp_path / "gone" / "night.csv", ["ours"])
