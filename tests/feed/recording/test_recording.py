"""The recorder loses nothing: not to a torn line, a full disk or a second desk."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from feed.clock import LONDON
from feed.errors import NightdeskError, RecordingBusy, RecordingRefused, SourceUnreadable
from feed.model.arrival import Arrival
from feed.recording import shelf as recording_shelf
from feed.recording import writer as recorder_module
from feed.recording.lines import Header, _sealed, header_line
from feed.recording.reader import (
    BadLine,
    RecordingFollower,
    is_recording,
    read_recording,
    recording_header,
)
from feed.recording.shelf import (
    drop_older_than,
    list_recordings,
    newest_recording,
    night_recording,
    recording_path,
    recordings_folder,
)
from feed.recording.writer import Recorder


class Clock:
    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


class Place:
    """A folder for the feed, a path for the recording, and a clock."""

    def __init__(self, root: Path) -> None:
        self.feed = root / "feed"
        self.feed.mkdir()
        self.path = root / "recordings" / "night.jsonl"
        self.clock = Clock()

    def open(self) -> Recorder:
        return Recorder.open(self.path, self.feed, clock=self.clock)

    def saved(self) -> list[bytes]:
        return [item.data for item in read_recording(self.path) if isinstance(item, Arrival)]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Return a place for a recording that does not exist yet."""
    return Place(tmp_path)


def arrivals(*texts: bytes) -> list[Arrival]:
    at = datetime(2019, 5, 3, tzinfo=UTC)
    return [Arrival(f"{text.decode()}.json", text, at) for text in texts]


def test_a_recording_is_for_its_owner_only_and_says_what_it_is_of(place: Place) -> None:
    place.open().close()
    assert place.path.stat().st_mode & 0o777 == 0o600
    assert place.path.parent.stat().st_mode & 0o077 == 0
    assert is_recording(place.path)
    header = recording_header(place.path)
    assert header is not None
    assert header.source == str(place.feed)


def test_every_folder_that_is_made_for_a_recording_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "state" / "nightdesk" / "recordings" / "night.jsonl"
    Recorder.open(path, tmp_path / "feed").close()
    assert {folder.stat().st_mode & 0o777 for folder in list(path.parents)[:3]} == {0o700}


def test_a_second_run_goes_on_where_the_first_ended(place: Place) -> None:
    for text in (b"one", b"two"):
        recorder = place.open()
        assert recorder.repaired == 0
        recorder.append(arrivals(text))
        recorder.close()
    assert place.saved() == [b"one", b"two"]
    lines = place.path.read_bytes().splitlines()
    assert [line[:9] for line in lines[1:]] == [b'{"seq":1,', b'{"seq":2,']


def test_every_cut_of_the_last_line_is_repaired_and_told(place: Place) -> None:
    recorder = place.open()
    recorder.append(arrivals(b"one", b"two"))
    recorder.close()
    whole = place.path.read_bytes()
    last = whole.rindex(b"\n", 0, -1) + 1
    for end in range(last + 1, len(whole)):
        place.path.write_bytes(whole[:end])
        recorder = place.open()
        assert recorder.repaired == end - last
        recorder.append(arrivals(b"new"))
        recorder.close()
        assert place.saved() == [b"one", b"new"]


def test_a_torn_header_is_written_again(place: Place) -> None:
    place.open().close()
    whole = place.path.read_bytes()
    for end in range(len(whole)):
        place.path.write_bytes(whole[:end])
        place.open().close()
        assert recording_header(place.path) is not None


def test_a_long_torn_line_is_cut_off_whole(place: Place) -> None:
    recorder = place.open()
    recorder.append(arrivals(b"one"))
    recorder.append([Arrival("big.csv", b"x" * 700_000, datetime(2019, 5, 3, tzinfo=UTC))])
    recorder.close()
    os.truncate(place.path, place.path.stat().st_size - 10)
    recorder = place.open()
    assert recorder.repaired > 700_000
    recorder.close()
    assert place.saved() == [b"one"]


def test_lines_of_zeros_after_a_power_cut_are_cut_off(place: Place) -> None:
    recorder = place.open()
    recorder.append(arrivals(b"one"))
    recorder.close()
    with place.path.open("ab") as file:
        file.write(bytes(5_000) + b"\n" + bytes(100))
    recorder = place.open()
    assert recorder.repaired == 5_101
    recorder.close()
    assert place.saved() == [b"one"]


def test_a_desk_killed_while_it_writes_loses_no_synced_arrival(place: Place) -> None:
    script = (
        "import os, sys\n"
        "from datetime import UTC, datetime\n"
        "from pathlib import Path\n"
        "from feed.model.arrival import Arrival\n"
        "from feed.recording.writer import Recorder\n"
        "recorder = Recorder.open(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "at = datetime(2019, 5, 3, tzinfo=UTC)\n"
        "for number in range(100_000):\n"
        "    recorder.append([Arrival('a', b'%d' % number, at)])\n"
        "    recorder.sync(now=True)\n"
        "    os.write(1, b'%d\\n' % number)\n"
    )
    told = 0
    for run in range(3):
        with subprocess.Popen(
            [sys.executable, "-c", script, place.path, place.feed], stdout=subprocess.PIPE
        ) as desk:
            assert desk.stdout is not None
            for _ in range(20 * (run + 1)):
                desk.stdout.readline()
                told += 1
            desk.send_signal(signal.SIGKILL)
    recorder = place.open()
    recorder.close()
    items = list(read_recording(place.path))
    assert not [item for item in items if isinstance(item, BadLine)]
    assert len(items) >= told


def test_a_second_desk_is_told_that_the_recording_is_busy(place: Place) -> None:
    first = place.open()
    with pytest.raises(RecordingBusy) as busy:
        place.open()
    assert busy.value.exit_code == 2
    assert "another nightdesk is writing" in str(busy.value)
    first.close()
    place.open().close()


@contextmanager
def failing(name: str, error: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def fails(*_: object) -> int:
        raise OSError(error, os.strerror(error))

    with monkeypatch.context() as patch:
        patch.setattr(os, name, fails)
        yield


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EROFS, errno.EIO, errno.EFBIG])
def test_what_cannot_be_written_is_kept_counted_and_written_later(
    place: Place, error: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = place.open()
    with failing("write", error, monkeypatch):
        recorder.append(arrivals(b"one"))
        recorder.append(arrivals(b"two", b"three"))
        assert recorder.unsaved == 3
        assert os.strerror(error).lower() in recorder.trouble
    recorder.append(arrivals(b"four"))
    assert recorder.unsaved == 4
    place.clock.at += 1.0
    recorder.sync()
    assert (recorder.unsaved, recorder.trouble) == (0, "")
    assert place.saved() == [b"one", b"two", b"three", b"four"]
    recorder.close()


def test_a_disk_that_fills_in_the_middle_of_a_line_leaves_no_torn_line(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = place.open()
    write = os.write
    room = [250]

    def write_what_fits(file: int, data: bytes) -> int:
        if not room[0]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        fits = min(room[0], len(data))
        room[0] -= fits
        return write(file, data[:fits])

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", write_what_fits)
        recorder.append(arrivals(b"one", b"two", b"three"))
        assert recorder.unsaved == 2
    place.clock.at += 1.0
    recorder.append(arrivals(b"four"))
    assert recorder.unsaved == 0
    recorder.close()
    assert not [item for item in read_recording(place.path) if isinstance(item, BadLine)]
    assert place.saved() == [b"one", b"two", b"three", b"four"]


def test_a_limit_on_file_size_is_survived(place: Place) -> None:
    script = (
        "import resource, sys\n"
        "from datetime import UTC, datetime\n"
        "from pathlib import Path\n"
        "from feed.model.arrival import Arrival\n"
        "from feed.recording.writer import Recorder\n"
        "recorder = Recorder.open(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))\n"
        "at = datetime(2019, 5, 3, tzinfo=UTC)\n"
        "recorder.append(Arrival('a', b'%d' % number, at) for number in range(20))\n"
        "unsaved = recorder.unsaved\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)\n"
        "recorder.close()\n"
        "print(unsaved, recorder.unsaved)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, place.path, place.feed],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    before, after = map(int, done.stdout.split())
    assert 0 < before < 20
    assert after == 0
    assert len(place.saved()) == 20


def test_a_sync_that_fails_takes_back_what_may_not_be_on_the_disk(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = place.open()
    recorder.append(arrivals(b"one"))
    recorder.sync(now=True)

    def fails(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(recorder_module, "_sync_data", fails)
        recorder.append(arrivals(b"two"))
        recorder.sync(now=True)
        assert recorder.unsaved == 1
        assert "input/output error" in recorder.trouble
    recorder.close()
    assert recorder.unsaved == 0
    assert place.saved() == [b"one", b"two"]


def test_the_disk_is_asked_to_sync_four_times_a_second_at_most(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = place.open()
    synced: list[int] = []
    monkeypatch.setattr(recorder_module, "_sync_data", synced.append)
    for _ in range(100):
        place.clock.at += 0.01
        recorder.append(arrivals(b"one"))
        recorder.sync()
    assert len(synced) in {3, 4}
    place.clock.at += 1.0
    recorder.sync()
    recorder.sync()
    place.clock.at += 1.0
    recorder.sync()
    assert len(synced) <= 5
    recorder.close()


def test_a_deleted_recording_is_made_again_with_all_that_was_in_it(place: Place) -> None:
    recorder = place.open()
    recorder.append(arrivals(b"one"))
    recorder.sync(now=True)
    place.path.unlink()
    recorder.append(arrivals(b"two"))
    place.clock.at += 1.0
    recorder.sync()
    recorder.append(arrivals(b"three"))
    recorder.close()
    assert place.saved() == [b"one", b"two", b"three"]


def test_a_recording_in_the_place_of_a_deleted_one_is_left_alone(place: Place) -> None:
    other = Place(place.path.parent.parent / "feed")
    stranger = other.open()
    stranger.append(arrivals(b"other"))
    stranger.close()
    recorder = place.open()
    recorder.append(arrivals(b"one"))
    other.path.replace(place.path)
    place.clock.at += 1.0
    recorder.sync()
    assert "another recording" in recorder.trouble
    recorder.close()
    assert place.saved() == [b"other"]


def test_a_folder_that_cannot_be_written_yet_costs_nothing(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open

    def read_only(path: Path, flags: int, mode: int = 0o777, **more: int) -> int:
        if flags & os.O_RDWR:
            raise OSError(errno.EROFS, "Read-only file system")
        return real(path, flags, mode, **more)

    earlier = place.open()
    earlier.append(arrivals(b"zero"))
    earlier.close()
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", read_only)
        recorder = place.open()
        recorder.append(arrivals(b"one"))
        assert recorder.unsaved == 1
        assert "read-only file system" in recorder.trouble
    place.clock.at += 1.0
    recorder.sync()
    assert recorder.unsaved == 0
    recorder.close()
    assert place.saved() == [b"zero", b"one"]
    assert b'{"seq":2,' in place.path.read_bytes()


def test_a_device_that_is_always_full_is_no_place_for_a_recording(place: Place) -> None:
    with pytest.raises(RecordingRefused):
        Recorder.open(Path("/dev/full"), place.feed)


def test_a_recording_within_the_feed_is_refused_however_it_is_named(place: Place) -> None:
    link = place.feed.parent / "link"
    link.symlink_to(place.feed)
    for path in (
        place.feed / "night.jsonl",
        place.feed / "sub" / "night.jsonl",
        link / "night.jsonl",
        place.feed / ".." / "feed" / "night.jsonl",
    ):
        with pytest.raises(RecordingRefused, match="in the feed folder"):
            Recorder.open(path, place.feed)
    assert list(place.feed.iterdir()) == []


def test_a_link_in_the_place_of_the_recording_is_refused(place: Place, tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_bytes(b"precious")
    place.path.parent.mkdir()
    place.path.symlink_to(target)
    with pytest.raises(RecordingRefused, match="not a regular file"):
        place.open()
    assert target.read_bytes() == b"precious"


@pytest.mark.parametrize("content", [b"precious", b"\n", b'{"kind": "news"}\n', b"{}"])
def test_a_file_that_is_no_recording_is_never_written(place: Place, content: bytes) -> None:
    place.path.parent.mkdir()
    place.path.write_bytes(content)
    with pytest.raises(RecordingRefused):
        place.open()
    assert place.path.read_bytes() == content


def test_a_pipe_is_refused_without_waiting(place: Place) -> None:
    place.path.parent.mkdir()
    os.mkfifo(place.path)
    assert not is_recording(place.path)
    with pytest.raises(RecordingRefused):
        place.open()


def test_a_missing_recording_is_an_unreadable_source(place: Place) -> None:
    with pytest.raises(SourceUnreadable) as raised:
        list(read_recording(place.path))
    assert isinstance(raised.value, NightdeskError)
    assert raised.value.exit_code == 3


def test_a_follower_reads_what_another_writes(place: Place) -> None:
    follower = RecordingFollower(place.path)
    assert follower.poll() == []
    recorder = place.open()
    assert follower.poll() == []
    recorder.append(arrivals(b"one", b"two"))
    assert [arrival.data for arrival in follower.poll()] == [b"one", b"two"]
    with place.path.open("ab") as file:
        file.write(b'{"seq": torn')
    assert follower.poll() == []
    recorder.close()
    recorder = place.open()
    recorder.append(arrivals(b"three"))
    assert [arrival.data for arrival in follower.poll()] == [b"three"]
    assert follower.bad == []
    recorder.close()


def test_a_follower_of_a_recording_made_again_says_nothing_twice(place: Place) -> None:
    recorder = place.open()
    recorder.append(arrivals(b"one"))
    follower = RecordingFollower(place.path)
    assert len(follower.poll()) == 1
    place.path.unlink()
    recorder.append(arrivals(b"two"))
    recorder.close()
    assert [arrival.data for arrival in follower.poll()] == [b"two"]


def test_a_follower_tells_of_a_bad_line_and_goes_on(place: Place) -> None:
    recorder = place.open()
    recorder.append(arrivals(b"one"))
    with place.path.open("ab") as file:
        file.write(b"nonsense\r\n")
    recorder.append(arrivals(b"two"))
    recorder.close()
    follower = RecordingFollower(place.path)
    assert [arrival.data for arrival in follower.poll()] == [b"one", b"two"]
    assert [bad.line for bad in follower.bad] == [3]


def test_a_name_is_made_of_the_day_and_the_place_never_of_what_a_feed_says(tmp_path: Path) -> None:
    path = recording_path(tmp_path, Path("/feeds/../feeds/night"), date(2019, 5, 2))
    assert path == recording_path(tmp_path, Path("/feeds/night"), date(2019, 5, 2))
    assert path.parent == tmp_path
    assert path.name.startswith("2019-05-02-")
    assert path != recording_path(tmp_path, Path("/feeds/other"), date(2019, 5, 2))


def test_the_shelf_lists_recordings_only_and_the_newest_first(tmp_path: Path) -> None:
    now = datetime(2019, 5, 10, tzinfo=UTC)
    paths = [recording_path(tmp_path, Path(f"/feeds/{day}"), date(2019, 5, day)) for day in (2, 9)]
    for path, day in zip(paths, (2, 9), strict=True):
        Recorder.open(path, tmp_path / "feed").close()
        at = datetime(2019, 5, day, tzinfo=UTC).timestamp()
        os.utime(path, (at, at))
    (tmp_path / "notes.jsonl").write_bytes(paths[0].read_bytes())
    (tmp_path / "2019-05-03-0123456789ab.jsonl").write_bytes(b"something else")
    (tmp_path / "2019-05-04-0123456789ab.jsonl").symlink_to(paths[0])
    assert [shelved.path for shelved in list_recordings(tmp_path)] == paths[::-1]
    assert newest_recording(tmp_path) == paths[1]
    assert drop_older_than(7, tmp_path, now=now) == (paths[0],)
    assert [shelved.path for shelved in list_recordings(tmp_path)] == [paths[1]]


def test_a_recording_that_is_being_written_is_not_dropped(tmp_path: Path) -> None:
    path = recording_path(tmp_path, Path("/feeds/night"), date(2019, 5, 2))
    recorder = Recorder.open(path, tmp_path / "feed")
    later = datetime.now(UTC) + timedelta(days=30)
    assert drop_older_than(7, tmp_path, now=later) == ()
    recorder.close()
    assert drop_older_than(7, tmp_path, now=later) == (path,)


def test_the_default_shelf_is_the_users_own_and_may_be_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording_shelf, "user_state_path", lambda name: tmp_path / name)
    assert recordings_folder() == tmp_path / "nightdesk" / "recordings"
    assert list_recordings() == ()
    assert newest_recording() is None


FEED = Path("/feeds/night")
MIDNIGHT = datetime(2026, 5, 8, 0, 3, tzinfo=LONDON)


def begun(shelf: Path, started: datetime, written: datetime) -> Path:
    """Make a recording of the feed, begun and last written to at these times."""
    path = recording_path(shelf, FEED, started.date())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(header_line(Header(started, str(FEED))))
    os.utime(path, (written.timestamp(), written.timestamp()))
    return path


def test_a_desk_that_starts_again_after_midnight_goes_on_with_the_night(tmp_path: Path) -> None:
    path = begun(tmp_path, MIDNIGHT - timedelta(hours=3), MIDNIGHT - timedelta(minutes=5))
    assert night_recording(tmp_path, FEED, MIDNIGHT) == path
    assert night_recording(tmp_path, FEED, MIDNIGHT + timedelta(hours=10)) == path


def test_a_recording_of_another_night_or_folder_is_not_gone_on_with(tmp_path: Path) -> None:
    begun(tmp_path, MIDNIGHT - timedelta(hours=3), MIDNIGHT - timedelta(minutes=5))
    other = night_recording(tmp_path, Path("/feeds/other"), MIDNIGHT)
    assert other == recording_path(tmp_path, Path("/feeds/other"), MIDNIGHT.date())
    evening = MIDNIGHT + timedelta(hours=20)
    assert night_recording(tmp_path, FEED, evening) == recording_path(
        tmp_path, FEED, evening.date()
    )


def test_one_of_the_same_day_is_gone_on_with_whatever_there_is_of_yesterday(tmp_path: Path) -> None:
    begun(tmp_path, MIDNIGHT - timedelta(hours=3), MIDNIGHT - timedelta(minutes=5))
    today = begun(tmp_path, MIDNIGHT, MIDNIGHT)
    assert night_recording(tmp_path, FEED, MIDNIGHT + timedelta(hours=1)) == today


@pytest.mark.parametrize("version", [0, 2, 99, "x", None])
def test_a_recording_of_another_version_is_neither_read_nor_added_to(
    place: Place, version: object
) -> None:
    recorder = place.open()
    recorder.append(arrivals(b"one"))
    recorder.close()
    lines = place.path.read_bytes().splitlines(keepends=True)
    fields = {**json.loads(lines[0]), "nightdesk_recording": version}
    del fields["c"]
    lines[0] = _sealed(fields)
    place.path.write_bytes(b"".join(lines))
    before = place.path.read_bytes()
    with pytest.raises(SourceUnreadable, match="of version"):
        list(read_recording(place.path))
    with pytest.raises(RecordingRefused, match="of version"):
        Recorder.open(place.path, place.feed)
    assert place.path.read_bytes() == before
