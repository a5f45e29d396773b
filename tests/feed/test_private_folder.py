"""Folders of our own are their owner's alone, also those that an older version made."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner

from feed.private_folder import close_to_others, make_private_folder
from tui.cli.main import app


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_every_folder_that_is_made_is_its_owners_alone(tmp_path: Path) -> None:
    make_private_folder(tmp_path / "a" / "b")
    assert [mode(tmp_path / "a"), mode(tmp_path / "a" / "b")] == [0o700, 0o700]


@pytest.mark.parametrize("before", [0o755, 0o777, 0o701, 0o700])
def test_a_folder_that_an_older_version_made_is_closed_to_others(
    before: int, tmp_path: Path
) -> None:
    folder = tmp_path / "nightdesk"
    folder.mkdir()
    folder.chmod(before)
    close_to_others(folder)
    assert mode(folder) == 0o700


def test_what_is_no_folder_of_ours_stays_as_it_is(tmp_path: Path) -> None:
    elsewhere, link, file = tmp_path / "elsewhere", tmp_path / "link", tmp_path / "file"
    elsewhere.mkdir()
    elsewhere.chmod(0o755)
    link.symlink_to(elsewhere)
    file.touch(mode=0o644)
    for each in (link, file, tmp_path / "none"):
        close_to_others(each)
    assert (mode(elsewhere), mode(file)) == (0o755, 0o644)


def test_a_desk_closes_its_state_folder_as_it_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    feed, state = tmp_path / "feed", tmp_path / "nightdesk"
    feed.mkdir()
    (feed / "a.json").write_text('{"kind": "news", "text": "Polls have closed"}', encoding="utf-8")
    state.mkdir()
    state.chmod(0o755)
    done = CliRunner().invoke(app, ["replay", str(feed), "--plain"])
    assert done.exit_code == 0, done.output
    assert mode(state) == 0o700
