"""A live page in plain words: declarations become rushes, all else is news, totals apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from feed.formats.live_blog.blocks import BlockReader, Item, TimeBlock, places_named
from feed.formats.live_blog.control import NOTHING, joint_control
from feed.formats.live_blog.councils import councils_in
from feed.formats.live_blog.parse import Context, Declared
from feed.formats.live_blog.parties import parties_in
from feed.formats.live_blog.results import title_of
from feed.formats.live_blog.times import (
    evening_of,
    header_date,
    is_newest_first,
    moments,
    time_label,
)
from feed.formats.rejecting import decoded, rejected
from feed.model.arrival import Arrival
from feed.model.entries import PlaceId
from feed.model.messages import (
    ElectionRef,
    News,
    PageReading,
    Rush,
    SetAside,
    Statement,
    TotalRow,
    UnreadLine,
)
from feed.model.parties import NOC, PartyId
from feed.safe_text import clean

_SIGNED = r"(?<!\w)(?P<{name}>[+−–-]\d[\d,]*)(?![\d.%]|\s*(?:per cent|points?|pts))"
_ABOUT = r"(?P<about>about|around|roughly|some|more than|over|nearly|almost|at least|c\.|~)"
_BEGINS = re.compile(
    rf"\s*[:=]?\s*(?:are\s+|at\s+|on\s+|is\s+)?(?:(?:{_ABOUT}|up|down|net)\s+)*[+−–-]?\d",
    re.IGNORECASE,
)
"""What stands behind a party that has a figure; a dash that stands alone is no minus."""
_BOTH = re.compile(rf"(?P<won>\d[\d,]*)\s*(?:seats?\s*)?\(\s*{_SIGNED.format(name='net')}\s*\)")
_UNIT = r"(?:\s+(?P<unit>seats?|councils?|councillors?))?"
_NET = re.compile(_SIGNED.format(name="net") + _UNIT, re.IGNORECASE)
_BARE = re.compile(
    r"(?P<won>\d[\d,]*)(?![\d.%])" + _UNIT + r"(?=\s*(?:$|[,;.)]|and\b))",
    re.IGNORECASE,
)
_APPROXIMATE = re.compile(_ABOUT, re.IGNORECASE)
_NO_SEATS = re.compile(
    r"%|\bper cent\b|\bshare\b|\bvotes?\b|\bpolls?\b|\bpns\b|\bnev\b"
    r"|\bproject|\bforecast|\bpredict",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_MOST = 100_000


def running_totals(text: str) -> tuple[TotalRow, ...]:
    """Return the national figures of a line by party; none where it speaks of one council.

    A bare figure counts only beside figures that are plainly totals: “Labour 579 (−54), Green 19”.
    """
    if len(text) > 2000 or _NO_SEATS.search(text) or not _DIGIT.search(text):
        return ()
    found = list(_rows(text))
    if not any(row.seats_net is not None or row.councils_net is not None for row in found):
        return ()
    if councils_in(text):
        return ()
    rows: dict[PartyId, TotalRow] = {}
    for row in found:
        rows.setdefault(row.party, row)
    return tuple(rows.values())


def _rows(text: str) -> Iterator[TotalRow]:
    parties = list(parties_in(text))
    begins = [*(begin for begin, _, _ in parties), len(text)]
    for (_, start, party), end in zip(parties, begins[1:], strict=True):
        rest = text[start:end]
        figures: dict[str, Any] = {**_figures(rest)} if _BEGINS.match(rest) else {}
        if party == NOC:
            figures = {name.replace("seats", "councils"): n for name, n in figures.items()}
            figures = {name.replace("_won", ""): n for name, n in figures.items()}
        if figures and all(abs(value) <= _MOST for value in figures.values()):
            approximate = bool(_APPROXIMATE.search(rest))
            yield TotalRow(party=party, approximate=approximate, **figures)


def _figures(rest: str) -> dict[str, int]:
    figures: dict[str, int] = {}
    both = _BOTH.search(rest)
    if both:
        figures = {"seats_won": _number(both["won"]), "seats_net": _number(both["net"])}
        rest = rest[both.end() :]
    for net in _NET.finditer(rest):
        figures.setdefault(_field(net["unit"], "net"), _number(net["net"]))
    if not figures:
        bare = _BARE.search(rest)
        if bare:
            figures[_field(bare["unit"], "won")] = _number(bare["won"])
    return figures


def _field(unit: str | None, what: str) -> str:
    if (unit or "").lower().startswith("council") and not (unit or "").lower().startswith(
        "councillor"
    ):
        return "councils_net" if what == "net" else "councils"
    return "seats_net" if what == "net" else "seats_won"


def _number(text: str) -> int:
    return int(re.sub(r"[,\s]", "", text).replace("−", "-").replace("–", "-"))


_LETTER = re.compile(r"[^\W\d_]")
_HEADER_LINES = 8
_HEADER_WORDS = 14
_MOST_LINES = 200_000
_MOST_WITH_SLIPS = 1_000_000
"""Letters of a page; no night fills as many, and each misspelt name takes a search."""
_MOST_UNREAD = 200
_LONGEST_LINE = 20_000
_LONGEST_NEWS = 1990
_LONGEST_UNREAD = 160
_OF_A_PARLIAMENT = re.compile(
    r"\b(?:general\s+election|parliamentary|house\s+of\s+commons|westminster\s+seats?|senedd"
    r"|holyrood|assembly\s+elections?|stormont|by-?elections?)\b",
    re.IGNORECASE,
)
_OF_COUNCILS = re.compile(r"\b(?:local|councils?|county|borough|district)\b", re.IGNORECASE)
_OF_THE_COUNTRY = re.compile(
    r"\b(?:so far|in all|in total|totals?|nationally|nationwide|across|overall|tally|scoreboard"
    r"|running|net|state of (?:the )?parties|england|wales|scotland|country|councils?)\b",
    re.IGNORECASE,
)


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
    election, evening, blocks = _blocks(lines, arrival.line or 1)
    if not blocks:
        return rejected(
            "there are no words in this file",
            "Send text such as “1.04am: Labour hold Leeds”.",
            arrival.line,
        )
    labels = [block.label for block in blocks if block.label]
    if is_newest_first(labels):
        head = 0 if blocks[0].label else 1
        blocks[head:] = reversed(blocks[head:])
        labels.reverse()
    known_at = arrival.modified_at or arrival.seen_at
    year = evening.year if evening else None
    page = _Page(
        election, year, title_of(lines), slips=len(text) <= _MOST_WITH_SLIPS,
        is_of_councils=_is_of_councils(lines),
    )  # fmt: skip
    said = tuple(page.statements(blocks, moments(labels, evening, known_at)))
    of_a_night = labels or evening or page.named or page.rushes or election
    if len(said) > 1 and (of_a_night or any(parties_in(text))):
        return said
    aside = SetAside(of="No feed file", what="texts that name no council and no party")
    return (Statement(aside, arrival.line),)


def _is_of_councils(lines: Sequence[str]) -> bool:
    """Whether the head of a page does not say that it is of a parliament's seats alone."""
    head = " ".join([line for line in lines if line.strip()][:2])[:_LONGEST_NEWS]
    return not _OF_A_PARLIAMENT.search(head) or bool(_OF_COUNCILS.search(head))


def _blocks(
    lines: Sequence[str], first: int
) -> tuple[ElectionRef | None, date | None, list[TimeBlock]]:
    election: ElectionRef | None = None
    evening: date | None = None
    blocks: list[TimeBlock] = []
    for number, line in enumerate(lines, first):
        label, body = time_label(clean(line[:_LONGEST_LINE]))
        is_head = number - first < _HEADER_LINES and not any(block.label for block in blocks)
        if label is None and is_head and evening is None:
            evening = evening_of(body)
            poll, says_so = header_date(body)
            if poll and says_so:
                election = ElectionRef(date=poll)
            if poll and len(body.split()) <= _HEADER_WORDS:
                continue
        if label is not None or not blocks:
            if label is None and not _LETTER.search(body):
                continue
            blocks.append(TimeBlock(label, []))
        blocks[-1].lines.append((number, body))
    return election, evening, blocks


@dataclass(slots=True)
class _Page:
    """What a page has said so far, so that the same result told twice is one."""

    election: ElectionRef | None
    year: int | None
    title: Context
    slips: bool
    """Whether misspelt councils are looked for."""
    is_of_councils: bool
    rushes: dict[PlaceId, Rush] = field(default_factory=dict)
    named: set[PlaceId] = field(default_factory=set)
    unread: list[UnreadLine] = field(default_factory=list)

    def statements(
        self, blocks: Sequence[TimeBlock], times: Sequence[tuple[datetime, str]]
    ) -> Iterator[Statement]:
        """Return the statements of the page, oldest first, and how much of it was read."""
        left = iter(times)
        for block in blocks:
            at, note = next(left) if block.label else (times[0][0] if times else None, "")
            items = BlockReader(
                self.year, self.title, slips=self.slips, covered=not self.is_of_councils
            ).items(block)
            self.named |= places_named(items)
            is_of_one = False
            for item in items:
                is_of_one = is_of_one or bool(item.councils)
                yield from self._item(item, at, note, is_of_one=is_of_one)
        yield Statement(
            PageReading(
                at=max((at for at, _ in times), default=None),
                councils=len(self.named | self.rushes.keys()),
                read=len(self.rushes),
                unread=tuple(sorted(self.unread, key=lambda each: each.line)[:_MOST_UNREAD]),
            ),
            max(line for block in blocks for line, _ in block.lines),
        )

    def _item(
        self, item: Item, at: datetime | None, note: str, *, is_of_one: bool
    ) -> Iterator[Statement]:
        for declared in item.declared:
            rush = self._rush(declared, at, note)
            if rush is not None:
                yield Statement(rush, item.line, unnumbered=True)
        words = " ".join(item.words)
        if _LETTER.search(words):
            is_national = not is_of_one or bool(_OF_THE_COUNTRY.search(words))
            yield Statement(self._news(words, at, note, is_national=is_national), item.line)
        if item.unread:
            text = clean(" ".join(item.unread))[:_LONGEST_UNREAD]
            self.unread.append(UnreadLine(line=item.line, text=text))

    def _rush(self, declared: Declared, at: datetime | None, note: str) -> Rush | None:
        """Return the rush: none where it repeats, the next revision where it adds or differs."""
        earlier = self.rushes.get(declared.place)
        if earlier is not None:
            if _repeats(declared, earlier):
                return None
            before = (earlier.control_before, earlier.control_after, earlier.outcome)
            both = joint_control(before, declared.control)
            if both is not None and both != NOTHING:
                declared = declared.with_control(both)
        rush = Rush(
            council=declared.council,
            revision=earlier.revision + 1 if earlier else 1,
            control_before=declared.before,
            control_after=declared.after,
            outcome=declared.outcome,
            text=declared.text,
            at=at,
            note=note or None,
            election=self.election,
            party_names=dict(declared.party_names),
        )
        self.rushes[declared.place] = rush
        return rush

    def _news(self, words: str, at: datetime | None, note: str, *, is_national: bool) -> News:
        short = words if len(words) <= _LONGEST_NEWS else f"{words[:_LONGEST_NEWS]}…"
        return News(
            text=short,
            totals=running_totals(words) if is_national else (),
            at=at,
            note=note or None,
            election=self.election,
        )


def _repeats(declared: Declared, earlier: Rush) -> bool:
    """Whether a telling adds nothing: each side is the same, or is left unsaid."""
    before = declared.before in (None, earlier.control_before)
    return before and declared.after in (None, earlier.control_after)
