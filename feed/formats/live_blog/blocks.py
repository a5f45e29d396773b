"""What stands under one time of a page: its headings, lines and sentences, read in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from feed.formats.live_blog.control import NOTHING, Control, joint_control
from feed.formats.live_blog.councils import councils_in, sure_council
from feed.formats.live_blog.doubt import covers_no_results, is_of_no_council, is_of_one_person
from feed.formats.live_blog.parse import Context, Declared, Sentence
from feed.formats.live_blog.results import control_in_words, read_item, read_sentence
from feed.formats.live_blog.times import Label
from feed.model.entries import PlaceId

_SENTENCE_END = re.compile(
    r"(?<!\bSt\.)(?<!\bCllr\.)(?<!\b[A-Z]\.)(?<=[.!?;…])\s+(?=\W*[A-Z0-9])"
    r"|(?<=[.!?][”\"’])\s+(?=[A-Z])|\s*[•|]\s*"
)
_CELLS = re.compile(r"\s*\|\s*")
_HEADING = re.compile(r"#+\s|.*:$")
_TITLE_WORDS = 5
_HEADING_WORDS = 16
_VERDICT_WORDS = 12
_LONGEST_NAME = 60


@dataclass(slots=True)
class TimeBlock:
    """The lines that stand under one time."""

    label: Label | None
    lines: list[tuple[int, str]]


@dataclass(slots=True)
class Item:
    """One line: what it declares, and what else it says."""

    line: int
    declared: list[Declared] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    councils: frozenset[PlaceId] = frozenset()
    unread: list[str] = field(default_factory=list)
    """Its sentences that name a council and a verb of result, and were not understood."""

    def take_back(self, councils: frozenset[PlaceId]) -> None:
        """Make news of what was declared: of some councils, or of all where none are given."""
        back = [each for each in self.declared if not councils or each.place in councils]
        self.declared = [each for each in self.declared if each not in back]
        self.words += dict.fromkeys(each.text for each in back)


class BlockReader:
    """Reads the lines of one block; headings and pronouns reach no further than it."""

    def __init__(
        self, year: int | None, title: Context, *, slips: bool = True, covered: bool = False
    ) -> None:
        """Begin a block.

        Args:
            year: of the night, where the page says it.
            title: the council that the page is about, where its title names one.
            slips: whether misspelt councils are looked for.
            covered: whether the page says that it is not of councils.

        """
        self._is_off = covered
        self._year = year
        self._slips = slips
        self._items: list[Item] = []
        self._title = title
        self._context = title
        self._above: Control | None = None
        """The control that a heading gives to the councils listed below it."""
        self._is_covered = False
        """Below a heading of mayors, hopes or the past."""
        self._is_loose = False
        """A blank line follows the heading, so that a blank line does not end it."""
        self._council = ""
        """The line before, where it is a council's name and nothing else."""

    def items(self, block: TimeBlock) -> list[Item]:
        """Return what the lines say; the tellings of one council are joined where they agree."""
        lines = block.lines
        for place, (number, line) in enumerate(lines):
            if line:
                is_last = place + 1 == len(lines) or not lines[place + 1][1]
                self._line(number, line, before_blank=is_last)
            elif not self._is_loose:
                self._is_covered = False
        return _joined(self._items)

    def _line(self, number: int, line: str, *, before_blank: bool) -> None:
        item = Item(number)
        self._items.append(item)
        if self._is_heading(line):
            self._open(line, loose=before_blank)
            item.words.append(line)
        elif self._is_covered or self._is_off:
            item.words.append(line)
            item.councils = councils_in(line)
        elif not self._below_heading(line, item) and not self._verdict(line, item):
            self._sentences(line, item)
            self._council = _only_a_council(line)
            return
        self._council = ""

    def _is_heading(self, line: str) -> bool:
        length = len(line.split())
        if length > _HEADING_WORDS or self._council:
            return False
        is_title = bool(_HEADING.fullmatch(line)) or (
            length <= _TITLE_WORDS
            and line[-1] not in ".!?"
            and (is_of_no_council(line) or control_in_words(line) is not None)
        )
        return is_title and not councils_in(line)

    def _open(self, line: str, *, loose: bool) -> None:
        self._above = control_in_words(line)
        self._is_covered = self._above is None and covers_no_results(line, self._year)
        self._is_loose = loose

    def _below_heading(self, line: str, item: Item) -> bool:
        """Read “Crawley: Lab 20 (+5); Con 13 (−4)” below “LABOUR GAIN FROM CON”."""
        if self._above is None:
            return False
        item.declared = list(read_item(line, self._above, slips=self._slips))
        item.councils = frozenset(each.place for each in item.declared)
        if not item.declared:
            self._above = None
        return bool(item.declared)

    def _verdict(self, line: str, item: Item) -> bool:
        """Read “Lab gain from Con” below a line that is a council's name."""
        council = self._council
        if not council or len(line.split()) > _VERDICT_WORDS or councils_in(line):
            return False
        told = read_sentence(f"{council} - {line}", slips=self._slips)
        item.declared = [replace(each, text=f"{council}: {line}") for each in told.declared]
        item.councils = told.councils
        return bool(item.declared)

    def _sentences(self, line: str, item: Item) -> None:
        whole = _CELLS.sub(" - ", line) if "|" in line else ""
        is_whole = whole and read_sentence(whole, slips=self._slips).declared
        for sentence in [whole] if is_whole else _SENTENCE_END.split(line):
            told = read_sentence(sentence, self._context, slips=self._slips)
            if is_of_one_person(sentence):
                self._take_back(item, told)
            context = told.context
            if not context.councils and self._title.councils:
                context = replace(self._title, party=context.party)
            self._context = context
            item.councils |= told.councils
            item.declared += told.declared
            if not told.declared and sentence.strip():
                item.words.append(sentence.strip())
            if told.is_unread:
                item.unread.append(sentence.strip())

    def _take_back(self, item: Item, told: Sentence) -> None:
        """Doubt what was just declared: the next sentence speaks of one person's contest."""
        before = [each for each in self._items[-2:] if each.declared]
        if item.declared or told.councils:
            for each in before:
                each.take_back(told.councils)
        elif before:
            before[-1].take_back(frozenset())


def _only_a_council(line: str) -> str:
    name = line.strip(" :#*–—-")
    return name if len(name) <= _LONGEST_NAME and sure_council(name) else ""


def _joined(items: Sequence[Item]) -> list[Item]:
    """Return the items with what they say of one council joined where it first stands."""
    first: dict[PlaceId, tuple[Item, int]] = {}
    for item in items:
        told, item.declared = item.declared, []
        for declared in told:
            where, at = first.get(declared.place, (item, -1))
            telling = where.declared[at] if at >= 0 else None
            both = joint_control(telling.control, declared.control) if telling else None
            if telling is not None and both is not None and both != NOTHING:
                where.declared[at] = telling.with_control(both, declared)
            elif declared.after is not None or declared.outcome is not None:
                first[declared.place] = (item, len(item.declared))
                item.declared.append(declared)
    return list(items)


def places_named(items: Iterable[Item]) -> frozenset[PlaceId]:
    """Return every council that some lines name."""
    return frozenset().union(*(item.councils for item in items))
