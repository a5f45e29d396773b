"""The stage: what a presenter's wall shows, as a value that other walls can follow."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import get_args

from feed.model.entries import ContestId, PlaceId
from tui.projector.scene import Declaration, Subject
from tui.settings.wall_pages import WALL_PAGES, WallPage

HEARD = frozenset({"declared", "rush"})
"""States of a council or contest of which a room can have heard."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Which page is shown, what it is about, and what a room may know of the night."""

    page: WallPage
    news: Subject | None = None
    """Whose declaration is just in."""
    waiting: tuple[Subject, ...] = ()
    """What the presenter keeps back, the next to be revealed first."""
    told: Mapping[Subject, int] = field(default_factory=dict)
    """The revision of every declaration that the room has heard."""

    def has_told(self, one: Declaration) -> bool:
        """Whether the room has heard this declaration, as far as it is revised by now."""
        return self.told.get(one.id, -1) >= one.revision

    def to_json(self) -> bytes:
        """Return the stage as one line of JSON."""
        fields = {
            "page": self.page,
            "news": self.news,
            "waiting": self.waiting,
            "told": dict(self.told),
        }
        return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_json(cls, text: bytes) -> Stage:
        """Return the stage that JSON says; fields that it does not know are left aside.

        Raises:
            ValueError: it is no stage.
        """
        try:
            read = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise ValueError("the stage is no JSON") from error
        if not isinstance(read, dict) or read.get("page") not in WALL_PAGES:
            raise ValueError(f"the stage names no page; it has one of {', '.join(WALL_PAGES)}")
        news, waiting, told = read.get("news"), read.get("waiting", []), read.get("told", {})
        if not (
            isinstance(news, str | None)
            and isinstance(waiting, list)
            and all(isinstance(each, str) for each in waiting)
            and isinstance(told, dict)
            and all(type(revision) is int for revision in told.values())
        ):
            raise ValueError("the stage says something other than identifiers and revisions")
        subjects = (_subject(each) for each in waiting)
        return cls(
            next(page for page in get_args(WallPage) if page == read["page"]),
            None if news is None else _subject(news),
            tuple(dict.fromkeys(subjects)),
            {_subject(each): revision for each, revision in told.items()},
        )


def stage_of(
    page: WallPage,
    news: Subject | None,
    waiting: Iterable[Subject],
    room_knows: Iterable[Declaration],
) -> Stage:
    """Return what a wall shows, to be published.

    Args:
        page: the page that is seen.
        news: whose declaration is just in.
        waiting: what is kept back, the next first.
        room_knows: every council and contest as the room knows it.
    """
    told = {one.id: one.revision for one in room_knows if one.status in HEARD}
    return Stage(page, news, tuple(waiting), told)


def _subject(text: str) -> Subject:
    return ContestId(text) if "/" in text else PlaceId(text)
