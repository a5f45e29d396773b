"""A recording published to a real server and followed from it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from feed.errors import UsageProblem
from feed.hub.connection import connected, hub_at, make_streams
from feed.hub.follower import HubSource, Mirror
from feed.hub.publisher import Publisher
from feed.hub.server import Listening, refuse_open_door, written_config
from feed.hub.subjects import LATEST, STREAM, Channel, channel_of
from feed.model.arrival import Arrival
from feed.model.view import SourceHealth
from feed.recording.writer import Recorder
from feed.sources.folder.source import Delivery
from tests.feed.hub.local_hub import HAS_SERVER, LocalHub, a_recorder, arrivals, wait_until

needs_server = pytest.mark.skipif(not HAS_SERVER, reason="no nats-server on this machine")


class Following:
    """A follower in a thread of its own, with all that it has delivered."""

    def __init__(self, source: HubSource) -> None:
        self.source = source
        self.arrivals: list[Arrival] = []
        self.health: list[SourceHealth] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=source.run, args=(self._take, self._stop))
        self._thread.start()

    def _take(self, delivery: Delivery) -> None:
        self.arrivals += delivery.arrivals
        self.health.append(delivery.health)

    @property
    def says(self) -> str:
        return f"{self.health[-1].state}: {self.health[-1].says}" if self.health else ""

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(60)
        assert not self._thread.is_alive()


@contextmanager
def followed(source: HubSource) -> Iterator[Following]:
    following = Following(source)
    try:
        yield following
    finally:
        following.stop()


@contextmanager
def published(recorder: Recorder, hub: LocalHub) -> Iterator[Publisher]:
    publisher = Publisher(recorder.path, hub.door("recorder"))
    publisher.start()
    try:
        yield publisher
    finally:
        publisher.stop()


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalHub]:
    monkeypatch.setattr("feed.hub.publisher._BEAT", 1.0)
    monkeypatch.setattr("feed.hub.publisher._STANDING_EVERY", 0.1)
    there = LocalHub(tmp_path / "hub")
    there.start()
    yield there
    there.kill()


def bytes_of(source: HubSource) -> bytes:
    assert source.mirror is not None
    return source.mirror.read_bytes()


@needs_server
def test_a_follower_s_copy_is_the_recording_byte_for_byte(tmp_path: Path, hub: LocalHub) -> None:
    recorder = a_recorder(tmp_path)
    recorder.append(arrivals(range(700)))
    source = HubSource(hub.door("reader"), folder=tmp_path / "mirrors")
    with published(recorder, hub), followed(source) as following:
        wait_until(lambda: len(following.arrivals) == 700, "what was there before")
        recorder.append(arrivals(range(700, 710)))
        recorder.append([Arrival("bytes.bin", b"\xff\x00\r\n\x85" * 9, arrivals([0])[0].seen_at)])
        wait_until(lambda: len(following.arrivals) == 711, "what was added")
        wait_until(lambda: following.says == "ok: ", "the heartbeat")
        assert bytes_of(source) == recorder.path.read_bytes()
    recorder.close()


@needs_server
def test_a_line_that_is_longer_than_a_message_comes_whole(tmp_path: Path, hub: LocalHub) -> None:
    recorder = a_recorder(tmp_path)
    recorder.append(
        [Arrival("night.json", b"[" + b"1," * (9 << 20) + b"1]", arrivals([0])[0].seen_at)]
    )
    recorder.append(arrivals([1]))
    source = HubSource(hub.door("reader"), folder=tmp_path / "mirrors")
    with published(recorder, hub), followed(source) as following:
        wait_until(lambda: len(following.arrivals) == 2, "both")
        assert bytes_of(source) == recorder.path.read_bytes()
    recorder.close()


@needs_server
def test_server_publisher_and_follower_come_back_and_nothing_is_lost_or_twice(
    tmp_path: Path, hub: LocalHub
) -> None:
    recorder = a_recorder(tmp_path)
    folder = tmp_path / "mirrors"
    seen: list[Arrival] = []
    for turn in range(3):
        recorder.append(arrivals(range(turn * 300, turn * 300 + 300)))
        source = HubSource(hub.door("reader"), folder=folder)
        with published(recorder, hub) as publisher, followed(source) as following:
            there, state = following.arrivals, lambda it=publisher: it.state
            wait_until(lambda it=there, n=turn: len(it) >= n * 300 + 100, "some")  # type: ignore[misc]
            hub.kill()
            recorder.append(arrivals([9000 + turn]))
            wait_until(lambda it=state: it().away_since is not None, "away")  # type: ignore[misc]
            assert "hub away since" in publisher.state.says
            hub.start()
            wait_until(lambda it=there, n=(turn + 1) * 301: len(it) == n, "all")  # type: ignore[misc]
            seen = following.arrivals
            mirror = source.mirror
    assert mirror is not None
    assert mirror.read_bytes() == recorder.path.read_bytes()
    assert [it.data for it in seen] == [
        it.data
        for turn in range(3)
        for it in [*arrivals(range(turn * 300, turn * 300 + 300)), *arrivals([9000 + turn])]
    ]
    recorder.close()


@needs_server
def test_a_follower_says_that_the_recorder_is_silent_and_that_the_hub_is_away(
    tmp_path: Path, hub: LocalHub
) -> None:
    recorder = a_recorder(tmp_path)
    recorder.append(arrivals(range(3)))
    passed = 0.0
    source = HubSource(hub.door("reader"), folder=tmp_path / "mirrors", clock=lambda: passed)
    with followed(source) as following:
        wait_until(lambda: "nothing is recorded" in following.says, "an empty hub")
        with published(recorder, hub):
            wait_until(lambda: following.says == "ok: ", "live")
        passed = 100.0
        wait_until(lambda: "lost: recorder silent since" in following.says, "silent")
        hub.kill()
        wait_until(lambda: "lost: hub away since" in following.says, "away")
    recorder.close()


@needs_server
@pytest.mark.parametrize("why", ["the first falls silent", "another is asked for"])
def test_the_follower_changes_to_the_second_recorder_when(
    tmp_path: Path, hub: LocalHub, why: str
) -> None:
    first, second = a_recorder(tmp_path, "first"), a_recorder(tmp_path, "second", 5)
    source = HubSource(hub.door("reader"), folder=tmp_path / "mirrors", clock=lambda: 0.0)
    first.append(arrivals(range(5)))
    second.append(arrivals(range(6)))
    with followed(source) as following:
        with published(first, hub):
            wait_until(lambda: following.says == "ok: ", "live")
        with published(second, hub):
            wait_until(lambda: len(source._heard) == 2, "both are heard")
            if why == "another is asked for":
                source.rescan()
            else:
                source._heard[channel_of(first.path.read_bytes().splitlines()[0])].at = -100.0
            wait_until(lambda: len(following.arrivals) == 6, "only what the first had not brought")
            assert bytes_of(source) == second.path.read_bytes()
    first.close()
    second.close()


def ask(hub: LocalHub, role: Any, what: Callable[[Any], Coroutine[Any, Any, Any]]) -> Any:
    async def asked() -> Any:
        async with connected(hub.door(role), name="test") as client:
            return await what(client)

    return asyncio.run(asked())


@needs_server
def test_what_the_presenters_wall_shows_reaches_who_looks_on_now_and_later(
    tmp_path: Path, hub: LocalHub
) -> None:
    recorder = a_recorder(tmp_path)
    recorder.append(arrivals(range(1)))
    early_source = HubSource(hub.door("reader"), folder=tmp_path / "early")
    late_source = HubSource(hub.door("reader"), folder=tmp_path / "late")
    with published(recorder, hub) as publisher, followed(early_source) as early:
        wait_until(lambda: bool(early.arrivals), "followed")
        publisher.tell_stage("first")
        wait_until(lambda: early.health[-1].stage == "first", "the first stage")
        publisher.tell_stage("second")
        wait_until(lambda: early.health[-1].stage == "second", "the second stage")
        with followed(late_source) as late:
            wait_until(lambda: bool(late.health) and late.health[-1].stage == "second", "caught up")
    recorder.close()


@needs_server
@pytest.mark.parametrize("subject", ["nd.2026-05-07.1bce7c47a73d.000001", "nd.2026-05-07.standing",
                                     "nd-alive.2026-05-07.1bce7c47a73d"])  # fmt: skip
def test_what_a_reader_publishes_leaves_no_trace(
    tmp_path: Path, hub: LocalHub, subject: str
) -> None:
    recorder = a_recorder(tmp_path)
    recorder.append(arrivals(range(1)))
    with published(recorder, hub) as publisher:
        wait_until(lambda: publisher.state.lines == 2, "published")

    async def forge(client: Any) -> int:
        heard: list[Any] = []

        async def hear(message: Any) -> None:
            heard.append(message)

        await client.subscribe(subject, cb=hear)
        await client.publish(subject, b"forged")
        await client.flush()
        info = await client.jetstream().stream_info(STREAM)
        return len(heard) + int(info.state.messages)

    assert ask(hub, "reader", forge) == 2
    recorder.close()


@needs_server
@pytest.mark.parametrize("verb", ["DELETE", "PURGE", "UPDATE", "MSG.DELETE", "CREATE"])
@pytest.mark.parametrize("role", ["reader", "recorder"])
def test_neither_role_may_delete(tmp_path: Path, hub: LocalHub, verb: str, role: str) -> None:
    del tmp_path
    if (role, verb) == ("recorder", "CREATE"):
        return

    async def tried(client: Any) -> str:
        from nats.errors import Error  # noqa: PLC0415

        try:
            await client.request(f"$JS.API.STREAM.{verb}.{STREAM}", b"{}", timeout=0.5)
        except (Error, TimeoutError):
            return "refused"
        return "done"

    ask(hub, "recorder", lambda client: make_streams(client.jetstream()))
    assert ask(hub, role, tried) == "refused"


@needs_server
def test_without_a_token_nobody_comes_in(tmp_path: Path, hub: LocalHub) -> None:
    del tmp_path
    from nats.errors import Error  # noqa: PLC0415

    async def enter() -> None:
        async with connected(hub_at(hub.listening.url, "reader"), name="test"):
            pass

    with pytest.raises((Error, OSError)):
        asyncio.run(enter())


def test_tokens_and_config_are_the_owner_s_alone_and_stay_the_same(tmp_path: Path) -> None:
    config = written_config(tmp_path / "hub", Listening())
    tokens = [(tmp_path / "hub" / f"{role}.token").read_text() for role in ("recorder", "reader")]
    written_config(tmp_path / "hub", Listening())
    assert [(tmp_path / "hub" / f"{r}.token").read_text() for r in ("recorder", "reader")] == tokens
    assert tokens[0] != tokens[1]
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "hub").iterdir()} == {0o600}
    assert (tmp_path / "hub").stat().st_mode & 0o777 == 0o700
    assert LATEST in config.read_text()


@pytest.mark.parametrize("url", ["http://x:1", "nats://", "x", "nats://reader:secret@host:4222"])
def test_an_address_that_is_none_or_holds_a_secret_is_refused(url: str) -> None:
    with pytest.raises(UsageProblem) as refused:
        hub_at(url, "reader")
    assert "secret" not in str(refused.value)


def test_a_token_is_shown_nowhere(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("hush\n")
    hub = hub_at("nats://hub.example:4222", "reader", token_at=tmp_path / "token")
    assert hub.token == "hush"  # noqa: S105
    assert "hush" not in repr(hub)


def test_beyond_this_machine_a_hub_wants_tls_or_the_word(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem):
        refuse_open_door(Listening(host="0.0.0.0"), insecure=False)  # noqa: S104
    with pytest.raises(UsageProblem):
        refuse_open_door(Listening(certificate=tmp_path), insecure=False)
    refuse_open_door(Listening(host="0.0.0.0"), insecure=True)  # noqa: S104
    refuse_open_door(
        Listening(host="hub.example", certificate=tmp_path, key=tmp_path), insecure=False
    )
    refuse_open_door(Listening(), insecure=False)


def test_a_copy_that_a_kill_cut_short_goes_on_at_its_last_whole_line(tmp_path: Path) -> None:
    recorder = a_recorder(tmp_path)
    recorder.append(arrivals(range(4)))
    lines = recorder.path.read_bytes().splitlines(keepends=True)
    channel = channel_of(lines[0][:-1])
    mirror = Mirror(tmp_path / "mirrors", channel)
    mirror.append(lines[:3])
    mirror.append([lines[3][:20]])
    mirror.close()
    again = Mirror(tmp_path / "mirrors", channel)
    assert again.lines == 3
    again.append(lines[3:])
    assert again.path.read_bytes() == recorder.path.read_bytes()
    second = Mirror(tmp_path / "mirrors", channel)
    assert second.path != again.path
    assert second.lines == 0


def test_a_copy_of_something_else_under_the_name_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "2026-05-07-abc.jsonl").write_bytes(b"something\nelse\n")
    assert Mirror(tmp_path, Channel("2026-05-07", "abc")).lines == 0
