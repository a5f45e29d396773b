"""A night on the screen, or as lines where there is none."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from feed.english import counted
from feed.errors import SourceUnreadable, UsageProblem, not_there
from feed.private_folder import close_to_others
from tui.running.output import Output, tell

if TYPE_CHECKING:
    from feed.session.session import Post, Session
    from tui.running.app import Desk
    from tui.settings.options import Options


UNSAVED: Final = 4
"""The exit code of a night that could not be recorded whole."""


@dataclass(frozen=True, slots=True)
class Playing:
    """How a saved night is to be played."""

    speed: str
    start: str | None = None
    loop: bool = False
    gap_limit: float | None = None
    paused: bool = False
    paced: bool = False
    """The speed was asked for; lines without a screen come as fast as they can otherwise."""
    plain: bool = False
    poll: date | None = None
    """The poll day to show, where it is not the newest."""
    tips: bool = False
    """Say what to try until a key is pressed."""


def play(path: Path, asked: Playing, options: Options) -> None:
    """Play a saved night; it is read when the screen is there."""
    as_lines = _as_lines(asked.plain)
    make = playing(path, asked, options, as_lines=as_lines)
    run(make, options, plain=asked.plain, tips=asked.tips)


def playing(
    path: Path, asked: Playing, options: Options, *, as_lines: bool = False
) -> Callable[[Post], Session]:
    """Return what makes the session that plays a saved night.

    Args:
        path: a recording, or a folder of result files.
        asked: how it is to be played.
        options: the options in force.
        as_lines: it is played once, as fast as can be where no speed was asked for.

    Raises:
        SourceUnreadable: nothing is there.

    """
    fastest = asked.speed == "max" or (as_lines and not asked.paced)
    pace = math.inf if fastest else float(asked.speed)
    if not path.exists():
        raise not_there(path)

    def make(post: Post) -> Session:
        from feed.sources.saved import load_night  # noqa: PLC0415
        from tui.running.sessions import night_of, replay_session  # noqa: PLC0415

        return replay_session(
            post, load_night(path, asked.poll), path, speed=pace, start=asked.start,
            loop=asked.loop and not as_lines, gap_limit=asked.gap_limit,
            paused=asked.paused and not as_lines, night=night_of(options, poll=asked.poll),
        )  # fmt: skip

    return make


def run_following(path: Path, paces: Sequence[str], options: Options, *, plain: bool) -> None:
    """Show a recording while another desk writes it; `paces` are flags that make no sense then."""
    if paces:
        raise UsageProblem(
            f"{paces[0]} means nothing with --follow", "leave it out: the newest is shown"
        )
    run(following(path, options), options, plain=plain)


def following(path: Path, options: Options) -> Callable[[Post], Session]:
    """Return what makes the session that looks on at a recording.

    Raises:
        UsageProblem: it is a folder.
        SourceUnreadable: it is no recording.

    """
    from feed.recording.reader import is_recording  # noqa: PLC0415

    if path.is_dir():
        raise UsageProblem(f"{path} is a folder", f"`nightdesk watch {path}` follows a folder")
    if not is_recording(path):
        raise SourceUnreadable(f"{path} is no recording", "`nightdesk watch DIR` makes one")

    def make(post: Post) -> Session:
        from tui.running.sessions import following_session  # noqa: PLC0415

        return following_session(post, path, options)

    return make


def _as_lines(plain: bool) -> bool:
    """Whether lines are wanted: where there is no terminal, and nobody else who shows a screen."""
    return plain or not (sys.stdout.isatty() or os.environ.get("TEXTUAL_DRIVER"))


def run(
    make: Callable[[Post], Session],
    options: Options,
    *,
    plain: bool = False,
    drive: Callable[[Desk], object] | None = None,
    tips: bool = False,
) -> None:
    """Show a session until it ends, and leave with its exit code.

    What could not be recorded is said last, and in the code: nothing else that follows would.

    Args:
        make: makes the session.
        options: the options in force.
        plain: as lines, also on a terminal.
        drive: runs the desk elsewhere than on a terminal.
        tips: say what to try until a key is pressed.

    """
    from platformdirs import user_state_path  # noqa: PLC0415

    close_to_others(user_state_path("nightdesk"))
    made: list[Session] = []

    def kept(post: Post) -> Session:
        made.append(make(post))
        return made[-1]

    if drive is None and _as_lines(plain):
        from tui.running.plain import run_plain  # noqa: PLC0415

        if options.ascii and isinstance(sys.stdout, Output):
            sys.stdout.write_in_ascii()
        late_after = timedelta(minutes=options.late_after)
        if options.on_alert or options.alert_url:
            from tui.running.alert_sending import alerting  # noqa: PLC0415

            with alerting(options) as alert:
                code = run_plain(kept, options.style, late_after, alert)
        else:
            code = run_plain(kept, options.style, late_after)
    else:
        from tui.running.launch import show  # noqa: PLC0415

        code = show(kept, options, drive, tips=tips)
    unsaved = sum(session.unsaved for session in made)
    if unsaved:
        tell(f"{counted(unsaved, 'file is', 'files are')} not in the recording")
        code = code if code not in {0, 130} else UNSAVED
    if code:
        raise typer.Exit(code)
