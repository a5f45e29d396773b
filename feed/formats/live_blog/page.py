"""A live page in plain words: declarations become rushes, all else is news (rule 18).

Each line may begin with a time. Only a clear statement of who controls a council is a rush;
hopes, wards, mayors, partial results and prose are news.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from feed.councils.register import built_in, place_id
from feed.formats.decoding import decoded
from feed.formats.live_blog.results import Declared, declarations, is_hedged
from feed.formats.live_blog.times import Label, header_date, is_newest_first, moments, time_label
from feed.formats.live_blog.totals import running_totals
from feed.formats.rejecting import rejected
from feed.model.arrival import Arrival
from feed.model.entries import PlaceId
from feed.model.messages import ElectionRef, News, Rush, Statement
from feed.safe_text import clean

_SENTENCE_END = re.compile(
    r"(?<!\bSt\.)(?<!\bCllr\.)(?<!\b[A-Z]\.)(?<=[.!?;…])\s+(?=\W*[A-Z0-9])|\s*[•|]\s*"
)
_HEADING = re.compile(r"^#+\s|:$")
_LETTER = re.compile(r"[^\W\d_]")
_HEADER_LINES = 5
_HEADER_WORDS = 14
_MOST_LINES = 20_000
_LONGEST_LINE = 20_000
_LONGEST_NEWS = 1990


@dataclass(slots=True)
class _Block:
    """The lines that stand under one time."""

    label: Label | None
    lines: list[tuple[int, str]]


def read_live_page(arrival: Arrival) -> tuple[Statement, ...]:
    """Return a rush for each council whose control a line declares, and news for the rest."""
    text = decoded(arrival.data, arrival.line, windows=True)
    if isinstance(text, Statement):
        return (text,)
    lines = re.split(r"\r\n|\n|\r", text)
    if len(lines) > _MOST_LINES:
        return rejected(
            f"the page has {len(lines):,} lines; expected {_MOST_LINES:,} at most",
            "Split the page, or send tables as CSV.",
            arrival.line,
        )
    election, poll, blocks = _blocks(lines, arrival.line or 1)
    labels = [block.label for block in blocks if block.label]
    if is_newest_first(labels):
        head = 0 if blocks[0].label else 1
        blocks[head:] = reversed(blocks[head:])
        labels.reverse()
    known_at = arrival.modified_at or arrival.seen_at
    statements = tuple(_Page(election).told(blocks, moments(labels, poll, known_at)))
    return statements or rejected(
        "there are no words in this file",
        "Send text such as “1.04am: Labour hold Leeds”.",
        arrival.line,
    )


def _blocks(
    lines: Sequence[str], first: int
) -> tuple[ElectionRef | None, date | None, list[_Block]]:
    election: ElectionRef | None = None
    poll: date | None = None
    blocks: list[_Block] = []
    for number, line in enumerate(lines, first):
        label, body = time_label(clean(line[:_LONGEST_LINE]))
        if label is None and not blocks and number - first < _HEADER_LINES and poll is None:
            poll, says_so = header_date(body)
            if poll and says_so:
                election = ElectionRef(date=poll)
            if poll and len(body.split()) <= _HEADER_WORDS:
                continue
        if label is not None or not blocks:
            if label is None and not _LETTER.search(body):
                continue
            blocks.append(_Block(label, []))
        blocks[-1].lines.append((number, body))
    return election, poll, blocks


class _Page:
    """What a page has told so far, so that the same result told twice is one."""

    def __init__(self, election: ElectionRef | None) -> None:
        self._election = election
        self._rushes: dict[PlaceId, Rush] = {}

    def told(
        self, blocks: Sequence[_Block], times: Sequence[tuple[datetime, str]]
    ) -> Iterator[Statement]:
        """Return the statements of the page, oldest first."""
        left = iter(times)
        for block in blocks:
            at, note = next(left) if block.label else (None, "")
            is_vetoed = False
            for number, line in block.lines:
                if not line:
                    is_vetoed = False
                    continue
                yield from self._line(line, number, at, note, is_vetoed=is_vetoed)
                if _HEADING.search(line):
                    is_vetoed = is_hedged(line)

    def _line(
        self, line: str, number: int, at: datetime | None, note: str, *, is_vetoed: bool
    ) -> Iterator[Statement]:
        rest: list[str] = []
        for sentence in _SENTENCE_END.split(line):
            found = () if is_vetoed else declarations(sentence)
            if not found and sentence:
                rest.append(sentence.strip())
            for each in found:
                rush = self._rush(each, at, note)
                if rush is not None:
                    yield Statement(rush, number, unnumbered=True)
        words = " ".join(rest)
        if _LETTER.search(words):
            yield Statement(self._news(words, at, note), number)

    def _rush(self, told: Declared, at: datetime | None, note: str) -> Rush | None:
        """Return the rush: none where it repeats, the next revision where it adds or differs."""
        known = built_in().find(told.council).known
        place = known.id if known else place_id(told.council)
        earlier = self._rushes.get(place)
        if earlier is not None and _repeats(told, earlier):
            return None
        rush = Rush(
            council=told.council,
            revision=earlier.revision + 1 if earlier else 1,
            control_before=told.before,
            control_after=told.after,
            outcome=told.outcome,
            text=told.text,
            at=at,
            note=note or None,
            election=self._election,
        )
        self._rushes[place] = rush
        return rush

    def _news(self, words: str, at: datetime | None, note: str) -> News:
        short = words if len(words) <= _LONGEST_NEWS else f"{words[:_LONGEST_NEWS]}…"
        return News(
            text=short,
            totals=running_totals(words),
            at=at,
            note=note or None,
            election=self._election,
        )


def _repeats(told: Declared, earlier: Rush) -> bool:
    """Whether a telling adds nothing: each side is the same, or is left unsaid."""
    before = told.before in (None, earlier.control_before)
    return before and told.after in (None, earlier.control_after)
