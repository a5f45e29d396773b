"""The newest view, and what is made of it for programs and pages: JSON and a picture."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from hashlib import blake2b
from types import MappingProxyType
from typing import Final

from feed.clock import utc_now
from feed.model.intents import Intent
from feed.model.standing import Standing
from feed.model.view import View
from feed.reports.silence import view_silence
from feed.reports.summary import standing_summary
from feed.session.session import Post, Session
from feed.wording.progress import on_stage
from tui.colours.themes import DARK, LOOKS
from tui.projector.frame import Frame, draw_frame
from tui.projector.scene import JustIn, Scene, declared_newest_first
from tui.settings.options import Options
from tui.settings.wall_pages import WALL_PAGES, WallPage
from tui.text.svg_picture import Paper, svg_picture

EVERY: Final = 1.0
"""Seconds for which what was made is new enough, whatever has come in since."""
PICTURE_SIZE: Final = (160, 48)


def standing_json(view: View, options: Options, now: datetime) -> str:
    """Return the standing as `summary --format json` says it, with what silence means now."""
    judged = view_silence(view, now, timedelta(minutes=options.late_after))
    told = standing_summary(view.standing, options.style, judged=judged)
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def wall_svg(view: View, options: Options, now: datetime, page: WallPage = "table") -> str:
    """Return a page of the wall as a picture; just in is about the newest declaration."""
    shown = view.at(now)
    standing = on_stage(shown.standing)
    newest = next(iter(declared_newest_first(standing)), None)
    news = None if newest is None else JustIn(newest.id, shown.clock, newest.changed_hands)
    scene = Scene(
        standing, shown.clock, options.style, news=news,
        late_after=timedelta(minutes=options.late_after),
    )  # fmt: skip
    look = LOOKS.get(options.theme, DARK)
    page = "table" if page == "just-in" and news is None else page
    lines = draw_frame(Frame(shown, scene, page), *PICTURE_SIZE, now, look)
    return svg_picture(lines, PICTURE_SIZE[0], Paper(look.text, look.background))


class NewestView:
    """The view that a session has posted last."""

    def __init__(self) -> None:
        self.view = View(Standing())
        self._others: list[Post] = []

    @property
    def is_whole(self) -> bool:
        """Whether what lies in the source at the start has been read."""
        return self.view.source.state != "loading"

    def kept_of(self, make: Callable[[Post], Session]) -> Callable[[Post], Session]:
        """Return what makes the same session, each of whose views is kept here too."""

        def made(post: Post) -> Session:
            def keep(view: View) -> None:
                self.view = view
                for each in (post, *self._others):
                    each(view)

            return make(keep)

        return made

    def looked_on(self, post: Post) -> LookingOn:
        """Return what hands the views of the same session to another desk."""
        return LookingOn(self, post)

    def tell(self, post: Post) -> None:
        """Hand this view and all that follow to somebody else too."""
        self._others.append(post)
        post(self.view)


class LookingOn:
    """Stands for the session of a desk that only looks on: it starts and stops nothing."""

    def __init__(self, newest: NewestView, post: Post) -> None:
        self._newest = newest
        self._post = post

    def start(self) -> None:
        """Take views from now on."""
        self._newest.tell(self._post)

    def stop(self, timeout: float = 3.0) -> None:
        """Leave the session to the desk that has it."""

    def ask(self, intent: Intent) -> None:
        """Move nothing: others look at the same session."""

    def rescan(self) -> None:
        """Leave the source alone."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of a view, and a tag that nothing else has."""

    body: bytes
    tag: str


class MadeOfNewest:
    """Something made of the newest view: only when it is asked for, and at most once a second."""

    def __init__(
        self,
        newest: NewestView,
        make: Callable[[View, datetime], str],
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._newest = newest
        self._make = make
        self._clock = clock
        self._now = now
        self._lock = threading.Lock()
        self._made: Made | None = None
        self._asked_at = 0.0
        self._of: tuple[View, int] | None = None

    def get(self) -> Made:
        """Return what there is while it is new enough, else what is made now; from any thread.

        What silence means and the clock on the wall change by themselves, once a minute.
        """
        with self._lock:
            asked_at = self._clock()
            if self._made is not None and asked_at - self._asked_at < EVERY:
                return self._made
            view, now = self._newest.view, self._now()
            minute = int(now.timestamp() // 60)
            if self._made is None or self._is_other(view, minute):
                body = self._make(view, now).encode()
                self._made = Made(body, blake2b(body, digest_size=16).hexdigest())
                self._of = view, minute
            self._asked_at = asked_at
            return self._made

    def _is_other(self, view: View, minute: int) -> bool:
        return self._of is None or self._of[0] is not view or self._of[1] != minute


class Outputs:
    """The standing and the pages of the wall, as whoever asks for them gets them."""

    def __init__(self, newest: NewestView, options: Options) -> None:
        self.newest = newest
        self.standing = MadeOfNewest(newest, partial(_standing, options=options))
        self.pages: Mapping[WallPage, MadeOfNewest] = MappingProxyType(
            {
                page: MadeOfNewest(newest, partial(_page, options=options, page=page))
                for page in WALL_PAGES
            }
        )


def _standing(view: View, now: datetime, *, options: Options) -> str:
    return standing_json(view, options, now)


def _page(view: View, now: datetime, *, options: Options, page: WallPage) -> str:
    return wall_svg(view, options, now, page)
