"""Alerts that leave the program: by a command, to a web address, once each, and never with a secret."""

from __future__ import annotations

import json
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner

from feed.clock import utc_now
from feed.model.standing import LogView, Standing
from feed.model.view import SourceHealth, View
from tests.feed.reports.test_silence import clock, played
from tests.tui.log_entries import a_gain, a_standing
from tui.cli.main import app
from tui.running.alert_sending import (
    AlertFailed,
    AlertSender,
    AlertWay,
    alert_ways,
    alerting,
    body_of,
    post,
    run_command,
)
from tui.settings.options import AlertForm, Options

WRITES = "import sys; open(sys.argv[1], 'a').write(' '.join(sys.argv[2:]) + chr(10))"
OK = SourceHealth("ok")


@contextmanager
def a_web_server(
    status: int = 200, logins: list[str | None] | None = None
) -> Iterator[tuple[str, list[bytes]]]:
    bodies: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            if logins is not None:
                logins.append(self.headers["Authorization"])
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/SECRET", bodies
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(autouse=True)
def _without_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


def writing(path: Path) -> tuple[str, ...]:
    return (sys.executable, "-S", "-c", WRITES, str(path), "{title}", "{text}")


def test_what_is_told_is_one_argument_and_no_shell_reads_it(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_command(writing(out), "$(touch x); {title} 'a' \x1b]0;b\x07")
    (line,) = out.read_text(encoding="utf-8").splitlines()
    assert line.startswith("nightdesk $(touch x); {title} 'a'")
    assert "\x1b" not in line


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["/nowhere/at-all"], "it cannot be run: no such file or directory"),
        (["sh", "-c", "exit 3"], "it ended with status 3"),
        (["sh", "-c", "sleep 60"], "it took longer than 0.1 s"),
    ],
)
def test_a_command_that_fails_says_why(arguments: list[str], why: str) -> None:
    with pytest.raises(AlertFailed) as failed:
        run_command(arguments, "a", limit=0.1 if "sleep 60" in arguments else 20)
    assert str(failed.value) == why


@pytest.mark.parametrize(
    ("form", "holds"),
    [
        ("json", '"text": "A < B"'),
        ("slack", '"text": "nightdesk: A &lt; B"'),
        ("teams", '"type": "TextBlock", "text": "nightdesk: A < B"'),
        ("ntfy", "A < B"),
    ],
)
def test_each_service_gets_what_it_reads(form: AlertForm, holds: str) -> None:
    with a_web_server() as (url, bodies):
        post(url, form, "A < B")
    (body,) = bodies
    assert holds in body.decode()
    assert body_of(form, "A < B", utc_now())[0].startswith(("application/json", "text/plain"))


def test_a_name_and_a_password_in_an_address_go_as_a_login() -> None:
    logins: list[str | None] = []
    with a_web_server(logins=logins) as (url, bodies):
        post(url.replace("//", "//desk:a%40b@"), "ntfy", "A")
        post(url, "ntfy", "A")
    assert logins == ["Basic ZGVzazphQGI=", None]
    assert bodies == [b"A", b"A"]


@pytest.mark.parametrize("status", [302, 404, 500])
def test_an_address_that_does_not_take_it_is_a_failure_without_its_secret(status: int) -> None:
    with a_web_server(status) as (url, _), pytest.raises(AlertFailed) as failed:
        post(url, "json", "A")
    assert str(failed.value) == f"it answered {status}"


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/SECRET", "http://[SECRET", "http://h:SECRET/", "http://a:SECRET@"]
)
def test_an_address_that_is_not_reached_is_not_told(url: str) -> None:
    with pytest.raises(AlertFailed) as failed:
        post(url, "json", "A", limit=2)
    assert "secret" not in str(failed.value).casefold()


TOLD_OF_A_NIGHT = [
    "1 late · Worcester 31 min",
    "Alder: Lab gain from NOC",
    "3 files are not in the recording",
    "All files are in the recording again",
    "No heartbeat for 1 min",
    "The heartbeat is back",
    "SOURCE LOST · feed directory missing since 06:00",
    "The source is back",
    "The night is complete",
]
"""What a night with a lull, late councils, a dead heartbeat, a lost source and a full disk tells."""


def a_view_at(now: datetime) -> View:
    standing, health = played(now)
    gains = [a_gain(1, "Alder", flips=True)] if now >= clock("04:22") else []
    full = clock("04:30") <= now < clock("04:40")
    standing = replace(standing, log=LogView(gains))
    return View(standing, "live", replace(health, unsaved=3 if full else 0))


def test_a_played_night_sends_each_alert_once_by_every_way_also_over_restarts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, now = tmp_path / "out", clock("03:00")
    monkeypatch.setattr("tui.running.alert_sending.utc_now", lambda: now)
    command = ("sh", "-c", 'printf "%s\\n" "$2" >> "$1"', "sh", str(out), "{text}")
    with a_web_server() as (url, bodies):
        for restart in ("03:45", "05:05", "06:10", "11:40"):
            with alerting(Options(on_alert=command, alert_url=url)) as hear:
                hear(View(Standing(), "live", SourceHealth("loading")))
                while now < clock(restart):
                    view = a_view_at(now)
                    hear(view)
                    hear(replace(view, mode="replay"))
                    now += timedelta(minutes=1)
    assert out.read_text(encoding="utf-8").splitlines() == TOLD_OF_A_NIGHT
    assert [json.loads(body)["text"] for body in bodies] == TOLD_OF_A_NIGHT


def test_what_waits_for_its_turn_goes_out_though_nothing_else_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.running.alert_sending._LOOK_AGAIN", 0.01)
    now, later = [utc_now()], threading.Event()
    monkeypatch.setattr("tui.running.alert_sending.utc_now", lambda: now[0])
    sent: list[str] = []

    def keep(text: str) -> None:
        sent.append(text)
        if len(sent) == 2:
            later.set()

    ways = [AlertWay("the list", keep)]
    monkeypatch.setattr("tui.running.alert_sending.alert_ways", lambda _: ways)
    full = a_standing([a_gain(1, "Alder", flips=True)])
    lost = SourceHealth("lost", "feed directory missing")
    with alerting(Options()) as hear:
        for view in (
            View(Standing(), "live", OK),
            View(full, "live", OK),
            View(full, "live", lost),
        ):
            hear(view)
        now[0] += timedelta(seconds=11)
        assert later.wait(60)
    assert sent == ["Alder: Lab gain from NOC", "SOURCE LOST · feed directory missing"]


def test_a_failure_is_said_once_and_too_many_alerts_hold_nobody_up(
    caplog: pytest.LogCaptureFixture,
) -> None:
    goes_on, begun = threading.Event(), threading.Event()

    def fails(_text: str) -> None:
        begun.set()
        goes_on.wait(60)
        raise AlertFailed("it ended with status 1")

    sender = AlertSender([AlertWay("the command x", fails)])
    with caplog.at_level(logging.ERROR):
        sender.send("first")
        assert begun.wait(60)
        for number in range(70):
            sender.send(f"{number}")
        goes_on.set()
        sender.close(10)
    assert [record.getMessage() for record in caplog.records] == [
        "an alert did not go out by the command x: too many alerts wait; newer ones are dropped",
        "an alert did not go out by the command x: it ended with status 1",
    ]


def test_trying_the_alerts_says_of_each_way_whether_it_worked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIGHTDESK_ON_ALERT", json.dumps(writing(tmp_path / "out")))
    with a_web_server() as (url, _):
        monkeypatch.setenv("NIGHTDESK_ALERT_URL", url)
        good = CliRunner().invoke(app, ["alert", "--test"])
    bad = CliRunner().invoke(app, ["alert", "--test"])
    assert (good.exit_code, bad.exit_code) == (0, 1)
    assert good.output.count(": sent") == 2
    assert "the web address (json): not sent: it was not reached" in bad.output
    assert "SECRET" not in bad.output


def test_where_shows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIGHTDESK_ON_ALERT", '["apprise", "slack://SECRET"]')
    monkeypatch.setenv("NIGHTDESK_ALERT_URL", "https://example.org/SECRET")
    for form in ("text", "json"):
        said = CliRunner().invoke(app, ["where", "--format", form])
        assert said.exit_code == 0
        assert "SECRET" not in said.output
        assert said.output.count("set, and not shown") == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [("ALERT_URL", "ftp://SECRET"), ("ON_ALERT", "SECRET x"), ("ON_ALERT", '["SECRET", 3]')],
)
def test_a_refused_option_does_not_tell_its_secret(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"NIGHTDESK_{name}", value)
    refused = CliRunner().invoke(app, ["where"])
    assert refused.exit_code != 0
    assert "SECRET" not in f"{refused.output}{refused.exception}"


def test_no_options_name_no_ways() -> None:
    assert alert_ways(Options()) == []
