"""The files of a published folder are whole, others only when something changed, and ours."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from feed.errors import UsageProblem
from feed.model.standing import Standing
from feed.model.view import SourceHealth, View
from tests.tui.desk_app import night_of
from tui.broadcast import newest as newest_module
from tui.broadcast.folder import FolderWriter, published_in
from tui.broadcast.newest import NewestView, Outputs
from tui.settings.options import Options

NAMES = {"index.html", "standing.json", "wall.svg"}


@pytest.fixture
def newest(monkeypatch: pytest.MonkeyPatch) -> NewestView:
    """Give the night of the rehearsal, of which something new may be made at any time."""
    monkeypatch.setattr(newest_module, "EVERY", 0.0)
    found = NewestView()
    found.view = View(night_of("rehearsal").edge(), "replay", SourceHealth("ok"))
    return found


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_what_is_published_is_there_when_the_block_is_left(
    tmp_path: Path, newest: NewestView
) -> None:
    folder = tmp_path / "night"
    before = os.umask(0o077)
    try:
        with published_in(folder, Outputs(newest, Options())):
            assert names(folder) == {"index.html"}
    finally:
        os.umask(before)
    assert names(folder) == NAMES
    assert {stat.S_IMODE((folder / name).stat().st_mode) for name in NAMES} == {0o644}
    told = json.loads((folder / "standing.json").read_text(encoding="utf-8"))
    assert told["declared"] == newest.view.standing.declared > 0
    with published_in(folder, Outputs(newest, Options())):
        pass
    assert names(folder) == NAMES


def test_only_what_changed_is_written_again(tmp_path: Path, newest: NewestView) -> None:
    writer = FolderWriter(tmp_path, Outputs(newest, Options()))
    writer.write()
    first = {name: (tmp_path / name).stat().st_ino for name in ("standing.json", "wall.svg")}
    writer.write()
    assert {name: (tmp_path / name).stat().st_ino for name in first} == first

    newest.view = View(night_of("england-2019").edge(), "replay", SourceHealth("ok"))
    writer.write()

    assert all((tmp_path / name).stat().st_ino != inode for name, inode in first.items())


def test_a_night_that_is_still_being_read_leaves_the_old_files_alone(
    tmp_path: Path, newest: NewestView
) -> None:
    newest.view = View(Standing())
    FolderWriter(tmp_path, Outputs(newest, Options())).write()
    assert names(tmp_path) == set()


def test_nothing_is_written_through_a_link(tmp_path: Path, newest: NewestView) -> None:
    folder, other = tmp_path / "night", tmp_path / "other"
    folder.mkdir()
    other.write_text("of somebody", encoding="utf-8")
    for name in ("wall.svg", ".wall.svg.new"):
        (folder / name).symlink_to(other)

    FolderWriter(folder, Outputs(newest, Options())).write()

    assert other.read_text(encoding="utf-8") == "of somebody"
    assert not (folder / "wall.svg").is_symlink()
    assert names(folder) == {"standing.json", "wall.svg"}


def test_what_cannot_be_written_now_is_said_once_and_written_later(
    tmp_path: Path, newest: NewestView, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "night"
    writer = FolderWriter(folder, Outputs(newest, Options()))
    for _ in range(3):
        writer.write()
    assert caplog.text.count("standing.json could not be written; it is tried again") == 1
    folder.mkdir()
    writer.write()
    assert names(folder) == {"standing.json", "wall.svg"}


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_file_of_somebody_else_is_never_overwritten(
    name: str, tmp_path: Path, newest: NewestView
) -> None:
    (tmp_path / name).write_text("<html>my own page</html>", encoding="utf-8")
    with (
        pytest.raises(UsageProblem, match="would be overwritten"),
        published_in(tmp_path, Outputs(newest, Options())),
    ):
        pass
    assert names(tmp_path) == {name}


def test_nothing_is_published_into_the_feed_itself(tmp_path: Path, newest: NewestView) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    for folder in (tmp_path, tmp_path / "below", tmp_path / "link"):
        with (
            pytest.raises(UsageProblem, match="is watched"),
            published_in(folder, Outputs(newest, Options()), feed=tmp_path),
        ):
            pass
    assert names(tmp_path) == {"link"}
