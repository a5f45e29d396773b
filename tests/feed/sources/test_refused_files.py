"""What is no plain file, or may not be read, is listed once and blocks nothing."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.feed.sources.feed_folder import NEWS, FeedFolder


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as end:
            end.bind(path.name)
    finally:
        os.chdir(here)


def _sparse(path: Path) -> None:
    path.touch()
    os.truncate(path, 1 << 40)


REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "pipe": (os.mkfifo, "is a named pipe, not a regular file"),
    "socket": (_socket, "is a socket, not a regular file"),
    "link to a file": (lambda path: path.symlink_to("/etc/passwd"), "is a symbolic link"),
    "link to itself": (lambda path: path.symlink_to(path.name), "is a symbolic link"),
    "link to a device": (lambda path: path.symlink_to("/dev/zero"), "is a symbolic link"),
    "terabyte": (_sparse, "has 1,099,511,627,776 bytes"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_once_and_the_others_are_read(feed: FeedFolder, what: str) -> None:
    make, says = REFUSED[what]
    make(feed.root / "x.json")
    feed.put("y.json", NEWS)
    (refusal,) = feed.scan().refused
    assert refusal.path == "x.json"
    assert refusal.what.startswith(says)
    assert refusal.fix
    assert feed.settle().refused == ()
    assert feed.names() == ["y.json"]
    (feed.root / "x.json").unlink()
    feed.put("x.json", NEWS)
    feed.scan()
    assert feed.names() == ["y.json", "x.json"]


def test_what_is_refused_anew_is_listed_anew(feed: FeedFolder) -> None:
    path = feed.root / "x.json"
    for _ in range(2):
        os.mkfifo(path)
        assert len(feed.scan().refused) == 1
        path.unlink()
        feed.put("x.json", NEWS)
        feed.scan()
        path.unlink()


def test_a_pipe_with_a_writer_is_not_drained(feed: FeedFolder) -> None:
    os.mkfifo(feed.root / "x.json")
    end = os.open(feed.root / "x.json", os.O_RDWR | os.O_NONBLOCK)
    try:
        os.write(end, NEWS)
        feed.settle()
        assert os.read(end, 100) == NEWS
    finally:
        os.close(end)
    assert feed.delivered == []


def test_a_folder_with_the_name_of_a_file_is_a_folder(feed: FeedFolder) -> None:
    feed.put("x.json/y.json", NEWS)
    assert feed.scan().refused == ()
    assert feed.names() == ["x.json/y.json"]


def test_a_file_that_grew_too_large_is_taken_when_it_is_small_again(feed: FeedFolder) -> None:
    feed.read_by(max_size=100)
    feed.put("x.json", b'"' + b"x" * 200 + b'"')
    assert len(feed.scan().refused) == 1
    feed.put("x.json", NEWS)
    feed.scan()
    assert feed.names() == ["x.json"]


def test_a_file_that_may_not_be_read_is_listed_and_taken_when_it_may(
    feed: FeedFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed.put("x.json", NEWS)
    feed.put("y.json", NEWS)
    real = os.open

    def guarded(path: bytes, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if path == b"x.json":
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path, flags, mode, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", guarded)
    (refusal,) = feed.scan().refused
    assert (refusal.path, refusal.what) == ("x.json", "cannot be read: permission denied")
    assert feed.scan().refused == ()
    assert feed.names() == ["y.json"]
    monkeypatch.undo()
    feed.scan()
    assert feed.names() == ["y.json", "x.json"]


def test_a_folder_that_may_not_be_listed_is_named_and_the_rest_is_read(
    feed: FeedFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed.put("shut/x.json", NEWS)
    feed.put("open/y.json", NEWS)
    real = os.open

    def guarded(path: bytes, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if path == b"shut":
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path, flags, mode, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", guarded)
    assert [refusal.path for refusal in feed.scan().refused] == ["shut"]
    monkeypatch.undo()
    feed.scan()
    assert feed.names() == ["open/y.json", "shut/x.json"]


def test_a_disk_error_is_told_and_the_file_tried_again(
    feed: FeedFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed.put("x.json", NEWS)

    def broken(_file: int, _size: int) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "read", broken)
    (refusal,) = feed.scan().refused
    assert refusal.what == "cannot be read: input/output error"
    monkeypatch.undo()
    feed.scan()
    assert feed.names() == ["x.json"]


def test_a_flood_of_names_is_capped_and_said(feed: FeedFolder) -> None:
    feed.read_by(max_files=10)
    for number in range(25):
        feed.put(f"{number}.json", NEWS)
    (refusal,) = feed.scan().refused
    assert refusal.what == "holds more than 10 files; the rest is not read"
    assert len(feed.delivered) == 10


def test_folders_nested_without_end_are_refused_below_a_depth(feed: FeedFolder) -> None:
    feed.put("d/" * 23 + "in.json", NEWS)
    feed.put("d/" * 30 + "out.json", NEWS)
    (refusal,) = feed.scan().refused
    assert refusal.what == "lies more than 24 folders deep"
    assert feed.names() == ["d/" * 23 + "in.json"]


def test_a_link_put_in_the_place_of_a_file_before_it_is_opened_is_not_followed(
    feed: FeedFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_bytes(b'{"secret": 1}')
    path = feed.put("x.json", NEWS)
    real = os.open

    def swapped(name: bytes, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if name == b"x.json":
            path.unlink()
            path.symlink_to(tmp_path / "secret")
        return real(name, flags, mode, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", swapped)
    (refusal,) = feed.scan().refused
    assert refusal.what == "is a symbolic link, not a regular file"
    assert feed.delivered == []


def test_a_link_put_in_the_place_of_a_folder_leads_nowhere(
    feed: FeedFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "x.json").write_bytes(b'{"secret": 1}')
    feed.put("sub/x.json", NEWS)
    real = os.open

    def swapped(name: bytes, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if name == b"sub":
            (feed.root / "sub").rename(tmp_path / "away")
            (feed.root / "sub").symlink_to(tmp_path / "secrets")
        return real(name, flags, mode, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", swapped)
    feed.scan()
    assert feed.delivered == []


def test_a_file_that_becomes_a_giant_before_it_is_opened_is_refused(
    feed: FeedFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = feed.put("x.json", NEWS)
    real = os.open

    def grown(name: bytes, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if name == b"x.json":
            os.truncate(path, 1 << 40)
        return real(name, flags, mode, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", grown)
    (refusal,) = feed.scan().refused
    assert refusal.what.startswith("has 1,099,511,627,776 bytes")
