"""A verdict on every file: ok, accepted with a remark, or rejected, and by whose rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from feed.ledger.night import Night
from feed.model.entries import TROUBLED, Check, Entry, EntryKind, Mark, PlaceId
from feed.reports.standing_text import table
from feed.sources.saved import load
from feed.wording.control import sentence

_SIGNS = {Mark.OK: "✓", Mark.REMARK: "!", Mark.REJECTED: "✗", Mark.NOT_CHECKED: "✓"}
_WORST = (Mark.REJECTED, Mark.REMARK, Mark.NOT_CHECKED, Mark.OK)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one file."""

    file: str
    mark: Mark
    messages: int
    remarks: tuple[tuple[int | None, str, str], ...]
    """Line, what is wrong, what to do."""
    checks: tuple[Check, ...]

    def as_json(self) -> dict[str, Any]:
        """Return it for machines."""
        return {
            "file": self.file,
            "verdict": "ok" if self.mark is Mark.NOT_CHECKED else self.mark.value,
            "messages": self.messages,
            "remarks": [
                {"line": line, "what": what, "fix": fix} for line, what, fix in self.remarks
            ],
            "not_checked": [c.says for c in self.checks if c.mark is Mark.NOT_CHECKED],
        }


def verdicts(path: Path) -> tuple[Verdict, ...]:
    """Read everything at `path` as one night and judge each file by what the night knows.

    Raises:
        SourceUnreadable: when there is nothing to read.

    """
    night = Night()
    night.extend(load(path))
    standing = night.edge()
    found: dict[str, list[Entry]] = {}
    listed = {problem.entry for problem in standing.problems}
    for entry in standing.log.since(0):
        mended = entry.kind in TROUBLED and entry.seq not in listed
        if entry.kind is not EntryKind.DESK and not mended:
            found.setdefault(entry.origin.path, []).append(entry)
    for name in night.paths:
        found.setdefault(name, [])
    checks = {council.entry: council.checks for council in standing.councils}
    names = {council.id: council.name for council in standing.councils}
    return tuple(_verdict(name, entries, checks, names) for name, entries in sorted(found.items()))


def any_rejected(found: Iterable[Verdict]) -> bool:
    """Whether anything was rejected."""
    return any(verdict.mark is Mark.REJECTED for verdict in found)


def verdicts_as_text(found: Sequence[Verdict]) -> str:
    """Return the verdicts as a table, each remark on a line of its own as `file:line: what; do`."""
    rows = [(_SIGNS[v.mark], v.file, _words(v)) for v in found]
    lines = [table(("", "File", "Verdict"), rows)] if rows else ["No files."]
    remarks = [
        f"{v.file}{'' if line is None else f':{line}'}: {what}{f' → {fix}' if fix else ''}"
        for v in found
        for line, what, fix in v.remarks
    ]
    if remarks:
        lines += ["", *remarks]
    counts = {mark: sum(v.mark is mark for v in found) for mark in _WORST}
    files = f"{len(found):,} {'file' if len(found) == 1 else 'files'}"
    ok = counts[Mark.OK] + counts[Mark.NOT_CHECKED]
    lines += [
        "",
        (
            f"{files}: {ok:,} ok, {counts[Mark.REMARK]:,} with a remark, "
            f"{counts[Mark.REJECTED]:,} rejected"
        ),
    ]
    return "\n".join(lines)


def _verdict(
    name: str,
    entries: Sequence[Entry],
    standing: Mapping[int | None, tuple[Check, ...]],
    names: Mapping[PlaceId, str],
) -> Verdict:
    remarks: list[tuple[int | None, str, str]] = []
    checks: list[Check] = []
    marks = {Mark.OK}
    for entry in entries:
        held = standing.get(entry.seq) or entry.checks
        checks += held
        if entry.mark is Mark.REJECTED:
            what = entry.text.removeprefix(f"{entry.origin.where}: ")
            remarks.append((entry.origin.line, what, entry.fix))
            marks.add(Mark.REJECTED)
        said = [check for check in held if check.mark is Mark.REMARK]
        council = names.get(PlaceId(entry.subject or ""), "")
        remarks += dict.fromkeys(
            (entry.origin.line, _about(council, check.says), entry.fix) for check in said
        )
        if said or entry.mark is Mark.REMARK:
            marks.add(Mark.REMARK)
            if not said:
                remarks.append((entry.origin.line, sentence(entry, "bbc"), entry.fix))
    mark = next(mark for mark in _WORST if mark in marks)
    return Verdict(name, mark, len(entries), tuple(remarks), tuple(checks))


def _about(council: str, says: str) -> str:
    return says if not council or council in says else f"{council}: {says}"


def _words(verdict: Verdict) -> str:
    if verdict.remarks:
        more = f" (and {len(verdict.remarks) - 1} more)" if len(verdict.remarks) > 1 else ""
        return f"{verdict.remarks[0][1]}{more}"
    missing = [
        c.says
        for c in verdict.checks
        if c.mark is Mark.NOT_CHECKED and c.says.startswith("No roster")
    ]
    return "ok, no roster to hold it against" if missing else "ok"
