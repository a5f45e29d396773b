"""One line of the log in full: every field, its file, its checks and what it is linked to."""

from __future__ import annotations

from collections.abc import Iterator

from feed.clock import hh_mm, spans_days
from feed.model.entries import Entry, Mark
from feed.model.standing import CouncilStanding
from feed.model.terms import HouseStyle
from feed.wording.control import entry_word, sentence
from tui.colours.themes import Look
from tui.details.detail_parts import (
    checks,
    exact_moment,
    fact,
    facts,
    file_facts,
    paragraph,
    section,
)
from tui.details.listing import Listing, Open, Row, nothing
from tui.text.terminal_text import segment

_CLOCKS = {
    "declared": "as the source says",
    "estimated": "an estimate",
    "seen": "when the desk first saw it; the source gives no time",
    "judged": "when the last of what it counts was in",
}
_MARKS = {
    Mark.OK: "✓ taken",
    Mark.REMARK: "! taken with a remark",
    Mark.REJECTED: "✗ not taken",
    Mark.NOT_CHECKED: "taken, not checked",
}


class EntryDetail(Listing):
    """Every field of an entry; its council, and the entries that it is linked to, open from it.

    The key of a row is `council` or `entry`, a colon, and which.
    """

    def __init__(  # noqa: PLR0913  # what an entry is linked to
        self,
        entry: Entry,
        style: HouseStyle = "bbc",
        opens: Open = nothing,
        *,
        council: CouncilStanding | None = None,
        corrects: Entry | None = None,
        corrected_by: Entry | None = None,
    ) -> None:
        super().__init__(opens)
        self.entry = entry
        self.house_style: HouseStyle = style
        self.council = council
        self.corrects = corrects
        self.corrected_by = corrected_by

    def show(self, corrected_by: Entry | None) -> None:
        """Say that the entry has been corrected, or no longer is."""
        if corrected_by is not self.corrected_by:
            self.corrected_by = corrected_by
            self.write()

    def heading(self) -> str:
        """Return the entry's number and kind."""
        return f"Entry {self.entry.seq} · {entry_word(self.entry.kind)}"

    def rows(self, width: int, look: Look) -> Iterator[Row]:
        """Return the page: what is said, what it leads to, the facts, the file and the checks."""
        entry = self.entry
        said = sentence(entry, self.house_style)
        struck = self.corrected_by is not None
        lines = paragraph(said, look.dim if struck else look.strong, width, look, bold=True)
        if entry.test:
            lines.append([segment(" TEST DATA ", look.filled(look.warn))])
        lines += paragraph(entry.text, look.text, width, look) if _adds(entry.text, said) else []
        lines += paragraph(entry.detail, look.text, width, look) if entry.detail else []
        yield Row([*lines, []])
        yield from self._links(width, look)
        about = "" if self.council is not None else entry.subject or ""
        rest = facts((*_facts(entry), ("About", about)), width, look)
        rest += fact("What to do", entry.fix, width, look, look.warn)
        rest += section("File", look) + file_facts(entry.origin, width, look)
        rest += checks(entry.checks, width, look)
        if entry.note:
            rest += section("Note", look) + paragraph(entry.note, look.text, width, look)
        yield Row(rest)

    def _links(self, width: int, look: Look) -> Iterator[Row]:
        by, old, council = self.corrected_by, self.corrects, self.council
        if by is not None:
            row = fact("Superseded", self._named(by), width, look, look.warn)
            yield Row(row, f"entry:{by.seq}")
        if old is not None:
            row = fact("Corrects", self._named(old), width, look, look.warn)
            yield Row(row, f"entry:{old.seq}")
        if council is not None:
            row = fact("Council", council.name, width, look, look.accent)
            yield Row(row, f"council:{council.id}")

    def _named(self, entry: Entry) -> str:
        """Return the number, time and words of a linked entry, the day too where it is another."""
        dated = spans_days((entry.at, self.entry.at))
        time = hh_mm(entry.at, estimated=entry.is_estimated, dated=dated)
        return f"entry {entry.seq}, {time}: {sentence(entry, self.house_style)}"


def _adds(text: str, said: str) -> bool:
    return bool(text) and text != said


def _facts(entry: Entry) -> list[tuple[str, str]]:
    return [
        ("Time", f"{exact_moment(entry.at)}, {_CLOCKS[entry.clock]}"),
        ("Verdict", _MARKS[entry.mark]),
        ("Revision", "" if entry.revision is None else f"r{entry.revision}"),
        ("Source", entry.source),
    ]
