"""The quarantine: copies of what was not taken, with the reason beside each."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feed.errors import UsageProblem
from feed.model.arrival import Arrival
from feed.model.view import SourceHealth
from feed.session.quarantine import FileFault, Quarantine
from feed.session.session import Session
from feed.sources.folder.scan import Refusal
from feed.sources.folder.source import Delivery

NOW = datetime(2019, 5, 3, 1, 0, tzinfo=UTC)


def a_quarantine(tmp_path: Path) -> Quarantine:
    (tmp_path / "feed" / "results").mkdir(parents=True)
    return Quarantine(tmp_path / "kept", tmp_path / "feed")


def kept(quarantine: Quarantine) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in quarantine.folder.iterdir()}


def reason(quarantine: Quarantine) -> dict[str, object]:
    (path,) = quarantine.folder.glob("*.json")
    said = json.loads(path.read_text())
    assert isinstance(said, dict)
    return said


def test_a_rejected_arrival_is_copied_byte_for_byte_with_its_reason(tmp_path: Path) -> None:
    quarantine = a_quarantine(tmp_path)
    arrival = Arrival("results/a.xml", b"<LocalElectionResult>\xff", NOW)
    quarantine.keep(arrival, [FileFault("is cut off", "send it again", 3)])
    assert kept(quarantine)[f"{arrival.digest}.bin"] == arrival.data
    said = reason(quarantine)
    assert said["path"] == "results/a.xml"
    assert said["faults"] == [{"what": "is cut off", "fix": "send it again", "line": 3}]
    assert said["size"] == len(arrival.data)


def test_copies_are_for_their_owner_alone(tmp_path: Path) -> None:
    quarantine = a_quarantine(tmp_path)
    quarantine.keep(Arrival("a.xml", b"x", NOW), [FileFault("what", "fix")])
    modes = {path.stat().st_mode & 0o777 for path in quarantine.folder.iterdir()}
    assert modes == {0o600}


@pytest.mark.parametrize("inside", ["", "kept", "results/../kept"])
def test_it_never_lies_in_the_feed_folder(tmp_path: Path, inside: str) -> None:
    (tmp_path / "results").mkdir()
    with pytest.raises(UsageProblem, match="in the feed folder"):
        Quarantine(tmp_path / inside, tmp_path)


def test_a_link_that_leads_into_the_feed_folder_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "feed").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "feed")
    with pytest.raises(UsageProblem, match="in the feed folder"):
        Quarantine(tmp_path / "link" / "kept", tmp_path / "feed")


def test_a_place_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "feed").mkdir()
    (tmp_path / "kept").write_bytes(b"")
    with pytest.raises(UsageProblem, match="cannot be made"):
        Quarantine(tmp_path / "kept", tmp_path / "feed")


def test_a_refused_file_is_copied_as_it_stands(tmp_path: Path) -> None:
    quarantine = a_quarantine(tmp_path)
    (tmp_path / "feed" / "results" / "big.xml").write_bytes(b"too much")
    quarantine.keep_refused(Refusal("results/big.xml", "is too large", "split it"))
    assert b"too much" in kept(quarantine).values()


@pytest.mark.parametrize("how", ["link", "link in a folder", "pipe", "gone"])
def test_what_is_no_plain_file_of_the_feed_is_noted_and_not_copied(
    tmp_path: Path, how: str
) -> None:
    quarantine = a_quarantine(tmp_path)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.xml").write_bytes(b"not for the feed")
    name, feed = "results/x.xml", tmp_path / "feed"
    match how:
        case "link":
            (feed / name).symlink_to(outside / "secret.xml")
        case "link in a folder":
            (feed / "out").symlink_to(outside)
            name = "out/secret.xml"
        case "pipe":
            os.mkfifo(feed / name)
    quarantine.keep_refused(Refusal(name, "is no file", "take it away"))
    assert [name for name in kept(quarantine) if name.endswith(".bin")] == []
    assert str(reason(quarantine)["note"]).startswith("not copied")


def test_the_same_content_is_kept_once(tmp_path: Path) -> None:
    quarantine = a_quarantine(tmp_path)
    for path in ("a.xml", "b.xml"):
        quarantine.keep(Arrival(path, b"same", NOW), [FileFault("what", "fix")])
    assert len(kept(quarantine)) == 2
    assert reason(quarantine)["path"] == "a.xml"


def test_a_folder_that_has_gone_does_not_stop_the_night(tmp_path: Path) -> None:
    quarantine = a_quarantine(tmp_path)
    quarantine.folder.rmdir()
    quarantine.keep(Arrival("a.xml", b"x", NOW), [FileFault("what", "fix")])
    assert not quarantine.folder.exists()


def test_one_run_copies_only_so_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feed.session.quarantine._MOST_IN_ALL", 10)
    quarantine = a_quarantine(tmp_path)
    for number in range(4):
        quarantine.keep(Arrival("a.xml", b"12%d" % number, NOW), [FileFault("what", "fix")])
    assert sorted(len(data) for name, data in kept(quarantine).items() if "bin" in name) == [3] * 3
    assert len(kept(quarantine)) == 7


def test_a_session_sets_apart_what_it_rejects_and_nothing_else(tmp_path: Path) -> None:
    quarantine = a_quarantine(tmp_path)
    (tmp_path / "feed" / "results" / "link.xml").write_bytes(b"refused")
    session = Session(lambda _: None, quarantine=quarantine)
    good = b'{"kind": "news", "text": "Polls are closed"}'
    session._fold(
        Delivery(
            (Arrival("good.json", good, NOW), Arrival("bad.xml", b"<Local", NOW)),
            SourceHealth("ok"),
            refused=(Refusal("results/link.xml", "is refused", "leave it"),),
        )
    )
    copies = {data for name, data in kept(quarantine).items() if name.endswith(".bin")}
    assert copies == {b"<Local", b"refused"}


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["folder", "pipe"])
def test_what_is_no_file_is_listed_and_not_copied(
    tmp_path: Path, make: Callable[[Path], object]
) -> None:
    quarantine = a_quarantine(tmp_path)
    make(tmp_path / "feed" / "deep")
    quarantine.keep_refused(Refusal("deep", "lies more than 24 folders deep", "move it up"))
    quarantine.keep_refused(Refusal("gone.json", "is gone", "send it again"))
    notes = {path.suffix for path in quarantine.folder.iterdir()}
    assert notes == {".json"}
    assert len(list(quarantine.folder.iterdir())) == 2
