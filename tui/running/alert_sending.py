"""Alerts that leave the program: by a command of the user's, and to a web address."""

from __future__ import annotations

import json
import logging
import os
import re
import signal
import subprocess
import threading
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from queue import Empty, Full, Queue
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_to_bytes, urlsplit

from feed.clock import utc_now
from feed.model.standing import Standing
from tui.settings.remembered import WatchList
from tui.text.terminal_text import cut

if TYPE_CHECKING:
    from feed.model.view import View
    from tui.settings.options import AlertForm, Options

_logger = logging.getLogger(__name__)
_MOST_WAITING: Final = 50
_TIME_LIMIT: Final = 20.0
"""Seconds that a command or a web address may take."""
_AT_THE_END: Final = 3.0
"""Seconds in which what still waits at the end may go out."""
_LONGEST: Final = 400
_LOOK_AGAIN: Final = 1.0
"""Seconds between two looks whether an alert that waits may go out."""
_FIELD: Final = re.compile(r"\{(title|text)\}")
TITLE: Final = "nightdesk"


class AlertFailed(Exception):  # noqa: N818  # what befell the alert
    """An alert did not go out; its text holds no address and no argument."""


@dataclass(frozen=True, slots=True)
class AlertWay:
    """A way that an alert can go."""

    name: str
    """`the command curl`, `the web address (slack)`: what may be shown of it."""
    send: Callable[[str], None]
    """Sends a text, or raises AlertFailed."""


def alert_ways(options: Options, limit: float = _TIME_LIMIT) -> list[AlertWay]:
    """Return the ways that the options name; each takes at most `limit` seconds."""
    ways = []
    if options.on_alert:
        name = f"the command {cut(os.path.basename(options.on_alert[0]), 40)}"  # noqa: PTH119
        ways.append(AlertWay(name, partial(run_command, options.on_alert, limit=limit)))
    if options.alert_url is not None:
        send = partial(post, options.alert_url, options.alert_form, limit=limit)
        ways.append(AlertWay(f"the web address ({options.alert_form})", send))
    return ways


def run_command(arguments: Sequence[str], text: str, *, limit: float = _TIME_LIMIT) -> None:
    """Run a command for an alert, without a shell.

    Args:
        arguments: the command and its arguments; `{title}` and `{text}` stand for what is told.
        text: what is told, which stays within the argument that it stands in.
        limit: seconds after which it is ended, with all that it began.

    Raises:
        AlertFailed: it cannot be run, took too long, or ended with another status than 0.

    """
    said = {"title": TITLE, "text": cut(text, _LONGEST)}
    filled = [_FIELD.sub(lambda found: said[found[1]], each) for each in arguments]
    try:
        process = subprocess.Popen(  # noqa: S603  # the user's own command, and no shell
            filled,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "its arguments are not taken"
        raise AlertFailed(f"it cannot be run: {why.lower()}") from None
    try:
        status = process.wait(limit)
    except subprocess.TimeoutExpired:
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise AlertFailed(f"it took longer than {limit:g} s") from None
    if status:
        raise AlertFailed(f"it ended with status {status}")


def post(url: str, form: AlertForm, text: str, *, limit: float = _TIME_LIMIT) -> None:
    """Send an alert to a web address.

    Args:
        url: the address, which is told to nobody else.
        form: what the service behind it reads.
        text: what is told.
        limit: seconds that it may take.

    Raises:
        AlertFailed: it was not reached, or did not answer that all is well.

    """
    kind, body = body_of(form, cut(text, _LONGEST), utc_now())
    headers = {"Content-Type": kind, "User-Agent": TITLE}
    if form == "ntfy":
        headers["Title"] = TITLE
    try:
        address, login = _without_login(url)
        request = urllib.request.Request(address, body, headers | login, method="POST")  # noqa: S310
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=limit):
            pass
    except urllib.error.HTTPError as error:
        error.close()
        raise AlertFailed(f"it answered {error.code}") from None
    except urllib.error.URLError as error:
        why = getattr(error.reason, "strerror", None) or type(error.reason).__name__
        raise AlertFailed(f"it was not reached: {why.lower()}") from None
    except Exception as error:  # noqa: BLE001  # whatever a library says may hold the address
        raise AlertFailed(f"it was not reached: {type(error).__name__}") from None


def _without_login(url: str) -> tuple[str, dict[str, str]]:
    """Return an address without its `name:password@`, and the header that says them."""
    parts = urlsplit(url)
    login, _, host = parts.netloc.rpartition("@")
    if not login:
        return url, {}
    said = b64encode(unquote_to_bytes(login)).decode()
    return parts._replace(netloc=host).geturl(), {"Authorization": f"Basic {said}"}


def body_of(form: AlertForm, text: str, now: datetime) -> tuple[str, bytes]:
    """Return the type and the bytes of what a service reads."""
    if form == "ntfy":
        return "text/plain; charset=utf-8", text.encode()
    said: dict[str, object]
    match form:
        case "slack":
            marked = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            said = {"text": f"{TITLE}: {marked}"}
        case "teams":
            block = {"type": "TextBlock", "text": f"{TITLE}: {text}", "wrap": True}
            card = {"type": "AdaptiveCard", "version": "1.4", "body": [block]}
            kind = "application/vnd.microsoft.card.adaptive"
            said = {"type": "message", "attachments": [{"contentType": kind, "content": card}]}
        case _:
            said = {"title": TITLE, "text": text, "at": now.isoformat(timespec="seconds")}
    return "application/json", json.dumps(said).encode()


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Takes a redirection as a failure: an alert goes where the user sent it."""

    def redirect_request(self, *_: object) -> None:
        """Follow nowhere."""


@contextmanager
def alerting(options: Options) -> Iterator[Callable[[View], None]]:
    """Give what hears the views of a night without a screen and sends its alerts."""
    from tui.desk.alarm import Alarm, alert_rules  # noqa: PLC0415

    late_after = timedelta(minutes=options.late_after)
    alarm = Alarm(alert_rules(options), sends=True, late_after=late_after)
    wanted = WatchList(options.watch)
    watched = wanted.take(Standing())
    sender = AlertSender(alert_ways(options))
    lock, ended = threading.Lock(), threading.Event()
    newest: View | None = None

    def hear(view: View) -> None:
        nonlocal watched, newest
        with lock:
            newest = view
            watched |= wanted.take(view.standing)
            if line := alarm.hear(view, watched, utc_now(), options.style):
                sender.send(line)

    def tell_what_waits() -> None:
        while not ended.wait(_LOOK_AGAIN):
            if alarm.waits and newest is not None:
                hear(newest)

    looking = threading.Thread(target=tell_what_waits, name="alerts that wait", daemon=True)
    looking.start()
    try:
        yield hear
    finally:
        ended.set()
        looking.join()
        if line := alarm.take_what_waits():
            sender.send(line)
        sender.close()


class AlertSender:
    """Sends alerts by every way, one at a time each, in threads that hold nobody up."""

    def __init__(self, ways: Sequence[AlertWay]) -> None:
        self._lines = [_Line(way) for way in ways]

    def send(self, text: str) -> None:
        """Send an alert; where too many wait it is dropped, which the log says once."""
        for line in self._lines:
            line.put(text)

    def close(self, wait: float = _AT_THE_END) -> None:
        """Give what waits a moment to go out, and end."""
        for line in self._lines:
            line.close(wait)


class _Line:
    """One way with its queue and its thread."""

    def __init__(self, way: AlertWay) -> None:
        self._way = way
        self._waiting: Queue[str | None] = Queue(_MOST_WAITING)
        self._said: set[str] = set()
        self._thread = threading.Thread(target=self._run, name="alerts", daemon=True)

    def put(self, text: str) -> None:
        if not self._thread.is_alive():
            self._thread.start()
        try:
            self._waiting.put_nowait(text)
        except Full:
            self._say_once("too many alerts wait; newer ones are dropped")

    def close(self, wait: float) -> None:
        if not self._thread.is_alive():
            return
        try:
            self._waiting.put_nowait(None)
        except Full:
            with suppress(Empty):
                self._waiting.get_nowait()
            with suppress(Full):
                self._waiting.put_nowait(None)
        self._thread.join(wait)

    def _run(self) -> None:
        while (text := self._waiting.get()) is not None:
            try:
                self._way.send(text)
            except AlertFailed as failed:
                self._say_once(str(failed))
            except Exception as error:  # noqa: BLE001  # its words may hold what is secret
                self._say_once(type(error).__name__)

    def _say_once(self, why: str) -> None:
        if why not in self._said:
            self._said.add(why)
            _logger.error("an alert did not go out by %s: %s", self._way.name, why)
