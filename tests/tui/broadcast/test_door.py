"""Who listens where, who is let in, and where the token is kept."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from feed.errors import SourceUnreadable, UsageProblem
from tui.broadcast import door as door_module
from tui.broadcast.door import Door, door_at, kept_token


@pytest.fixture(autouse=True)
def token_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "state" / "serve.token"
    monkeypatch.setattr(door_module, "token_path", lambda: path)
    return path


@pytest.mark.parametrize(
    ("listen", "host", "port"),
    [
        ("127.0.0.1:8390", "127.0.0.1", 8390),
        ("8391", "127.0.0.1", 8391),
        ("localhost", "localhost", 8390),
        ("[::1]:80", "::1", 80),
        ("10.0.0.5", "10.0.0.5", 8390),
        ("desk.example:443", "desk.example", 443),
    ],
)
def test_an_address_is_a_host_a_port_or_both(listen: str, host: str, port: int) -> None:
    door = door_at(listen)
    assert (door.host, door.port) == (host, port)
    assert bool(door.token) is door.is_open is (host in {"10.0.0.5", "desk.example"})


@pytest.mark.parametrize("listen", ["", ":", "a b", "host:0", "host:65536", "::1:80", "http://x/"])
def test_what_is_no_address_is_refused(listen: str) -> None:
    with pytest.raises(UsageProblem, match="no address"):
        door_at(listen)


def test_the_token_is_made_once_and_is_its_owner_s_alone(token_file: Path) -> None:
    first = door_at("0.0.0.0:8390").token
    assert stat.S_IMODE(token_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(token_file.parent.stat().st_mode) == 0o700
    token_file.chmod(0o644)

    assert door_at("0.0.0.0:8390").token == first
    assert stat.S_IMODE(token_file.stat().st_mode) == 0o600


def test_a_file_that_holds_no_token_and_a_link_are_refused(tmp_path: Path) -> None:
    for text in ("", "short", "with spaces in it, and long"):
        (tmp_path / "no").write_text(text, encoding="utf-8")
        with pytest.raises(SourceUnreadable, match="holds no token"):
            kept_token(tmp_path / "no")
    (tmp_path / "yes").write_text("a" * 32, encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "yes")
    with pytest.raises(SourceUnreadable, match="cannot be read"):
        kept_token(tmp_path / "link")


def test_the_token_is_in_no_text_of_the_door() -> None:
    door = door_at("0.0.0.0:8390")
    assert door.token not in repr(door)
    assert door.token not in door.url
    assert door.opens(door.token)
    assert not door.opens("")


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("127.0.0.1:8390", True),
        ("localhost:9000", True),
        ("[::1]:8390", True),
        ("LOCALHOST", True),
        ("evil.example:8390", False),
        ("127.0.0.1.evil.example", False),
        ("", False),
        ("[", False),
    ],
)
def test_on_loopback_only_its_own_names_are_known(host: str, *, known: bool) -> None:
    assert Door().knows_host(host) is known


def test_a_proxy_s_name_is_known_where_it_was_said() -> None:
    door = door_at("8390", proxy="Desk.example")
    assert door.knows_host("desk.example")
    assert door.knows_host("localhost")
    assert not door.knows_host("evil.example")
    assert door.knows_origin("https://desk.example", "desk.example")
    assert not door.token


@pytest.mark.parametrize(
    ("origin", "known"),
    [
        (None, True),
        ("http://127.0.0.1:8390", True),
        ("http://127.0.0.1:8391", False),
        ("http://127.0.0.1:8390@evil.example", False),
        ("null", False),
        ("http://[", False),
    ],
)
def test_a_socket_is_opened_by_our_own_page_or_by_no_page(
    origin: str | None, *, known: bool
) -> None:
    assert Door().knows_origin(origin, "127.0.0.1:8390") is known
