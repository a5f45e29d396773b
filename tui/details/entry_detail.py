"""One line of the log in full: every field, its file, its checks and what it is linked to."""

from __future__ import annotations

from feed.clock import hh_mm, spans_days
from feed.model.entries import Entry, Mark
from feed.model.terms import HouseStyle
from feed.wording.control import sentence
from tui.colours.themes import Look
from tui.details.detail import Detail, Line
from tui.details.detail_parts import (
    checks,
    exact_moment,
    fact,
    facts,
    file_facts,
    heading,
    paragraph,
)
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


class EntryDetail(Detail):
    """Every field of an entry; Enter goes to the entry that it is linked to."""

    def __init__(
        self,
        entry: Entry,
        style: HouseStyle = "bbc",
        *,
        corrects: Entry | None = None,
        corrected_by: Entry | None = None,
    ) -> None:
        super().__init__()
        self.entry = entry
        self.house_style: HouseStyle = style
        self.corrects = corrects
        self.corrected_by = corrected_by

    def show(self, corrected_by: Entry | None) -> None:
        """Say that the entry has been corrected, or no longer is."""
        if corrected_by is not self.corrected_by:
            self.corrected_by = corrected_by
            self.write()

    def heading(self) -> str:
        """Give the entry's number and kind."""
        return f"Entry {self.entry.seq} · {self.entry.kind.value}"

    def hint(self) -> str:
        """Give the keys."""
        link = self._link()
        return "Escape closes" if link is None else f"Enter: entry {link.seq} · Escape closes"

    def action_follow(self) -> None:
        """Go to the linked entry."""
        link = self._link()
        if link is not None:
            self.dismiss(link.seq)

    def lines(self, width: int, look: Look) -> list[Line]:
        """Write the page."""
        entry = self.entry
        said = sentence(entry, self.house_style)
        struck = self.corrected_by is not None
        lines = paragraph(said, look.dim if struck else look.strong, width, look, bold=True)
        if entry.test:
            lines.append([segment(" TEST DATA ", look.filled(look.warn))])
        lines += paragraph(entry.text, look.text, width, look) if _adds(entry.text, said) else []
        lines += paragraph(entry.detail, look.text, width, look) if entry.detail else []
        lines.append([])
        lines += self._links(width, look)
        lines += facts(_facts(entry), width, look)
        lines += fact("What to do", entry.fix, width, look, look.warn)
        lines += heading("File", look) + file_facts(entry.origin, width, look)
        lines += checks(entry.checks, width, look)
        if entry.note:
            lines += heading("Note", look) + paragraph(entry.note, look.text, width, look)
        return lines

    def _link(self) -> Entry | None:
        return self.corrected_by or self.corrects

    def _links(self, width: int, look: Look) -> list[Line]:
        by, old = self.corrected_by, self.corrects
        return [
            *fact("Superseded", self._named(by), width, look, look.warn),
            *fact("Corrects", self._named(old), width, look, look.warn),
        ]

    def _named(self, entry: Entry | None) -> str:
        """Give the number, time and words of a linked entry, the day too where it is another."""
        if entry is None:
            return ""
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
        ("About", entry.subject or ""),
        ("Source", entry.source),
    ]
