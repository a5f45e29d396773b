"""A verdict on every file: ok, accepted with a remark, or rejected, and by whose rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from feed.english import counted
from feed.ledger.night import whole_night
from feed.ledger.poll_days import full_date
from feed.model.entries import TROUBLED, Check, Entry, EntryKind, Mark, PlaceId
from feed.model.messages import PageReading, SetAside
from feed.records import record
from feed.reports.standing_text import table
from feed.sources.saved import load, no_results
from feed.wording.control import sentence
from feed.wording.progress import page_reading

_UNREAD = "if it is a result, say it as “Labour gain Trafford from NOC”; else leave it"
_SIGNS = {Mark.OK: "✓", Mark.REMARK: "!", Mark.REJECTED: "✗", Mark.NOT_CHECKED: "✓"}
_SETTLED = frozenset({"near-match", "vacant", "control-before-seats", "rush-differs"})
"""Rules that say themselves what stands: the name that is meant, the seats that are filled."""
_WORST = (Mark.REJECTED, Mark.REMARK, Mark.NOT_CHECKED, Mark.OK)


@record(frozen=True, slots=True)
class Verdict:
    """What came of one file."""

    file: str
    mark: Mark
    messages: int
    remarks: tuple[tuple[int | None, str, str], ...]
    """Line, what is wrong, what to do."""
    checks: tuple[Check, ...]
    page: PageReading | None = None
    """How much of a page of prose was read."""
    set_aside: date | None = None
    """The poll day of a file that is all of another night."""
    not_shown: tuple[SetAside, ...] = ()
    """Messages of kinds that the desk does not show."""
    settled: frozenset[str] = frozenset()
    """What is wrong in the remarks that a rule has settled: they need no person."""

    @property
    def is_not_shown(self) -> bool:
        """Whether a file holds nothing but messages of kinds that the desk does not show."""
        return bool(self.not_shown) and not self.messages and self.mark is Mark.OK

    @property
    def needs_a_person(self) -> bool:
        """Whether anybody has to look at what was remarked."""
        return any(what not in self.settled for _, what, _ in self.remarks)

    def as_json(self) -> dict[str, Any]:
        """Return it for machines."""
        return {
            "file": self.file,
            "verdict": "ok" if self.mark is Mark.NOT_CHECKED else self.mark.value,
            "messages": self.messages,
            "remarks": [
                {"line": line, "what": what, "fix": fix, "settled": what in self.settled}
                for line, what, fix in self.remarks
            ],
            "set_aside": None if self.set_aside is None else self.set_aside.isoformat(),
            "not_checked": [c.says for c in self.checks if c.mark is Mark.NOT_CHECKED],
            "not_shown": len(self.not_shown),
            "page": self.page
            and {
                "councils_named": self.page.councils,
                "councils_read": self.page.read,
                "lines_not_read": [
                    {"line": each.line, "text": each.text} for each in self.page.unread
                ],
            },
        }


def verdicts(path: Path, asked: date | None = None) -> tuple[Verdict, ...]:
    """Read everything at `path` as one night and judge each file by what the night knows.

    Args:
        path: a folder, a file or a recording.
        asked: the poll day of the night, where it is not the newest.

    Raises:
        SourceUnreadable: when there is nothing to read.

    """
    steps = load(path, asked)
    if not steps:
        raise no_results(path)
    night = whole_night(steps, asked)
    standing = night.edge()
    found: dict[str, list[Entry]] = {}
    listed = {problem.entry for problem in standing.problems}
    right = {it.entry for it in standing.totals if it.verdict in {"agrees", "explained"}}
    # A total may differ when it comes and be explained by what comes later.
    borne_out = {each.origin for each in standing.log.since(0) if each.seq in right}
    for entry in standing.log.since(0):
        mended = entry.kind in TROUBLED and entry.seq not in listed
        if entry.kind is EntryKind.TOTAL and entry.origin in borne_out:
            mended = entry.mark is Mark.REMARK
        if entry.kind is not EntryKind.DESK and not mended:
            found.setdefault(entry.origin.path, []).append(entry)
    for name in night.paths:
        found.setdefault(name, [])
    checks = {council.entry: council.checks for council in standing.councils}
    names = {council.id: council.name for council in standing.councils}
    pages = {
        step.origin.path: step.statement.message
        for step in steps
        if isinstance(step.statement.message, PageReading)
    }
    aside = {file: each.day for each in standing.set_aside for file in each.files}
    not_shown: dict[str, list[SetAside]] = {}
    for step in steps:
        if isinstance(step.statement.message, SetAside):
            not_shown.setdefault(step.origin.path, []).append(step.statement.message)
    judged = (
        _verdict(name, entries, checks, names, pages.get(name))
        for name, entries in sorted(found.items())
    )
    return tuple(
        replace(
            it,
            set_aside=None if it.messages else aside.get(it.file),
            not_shown=tuple(not_shown.get(it.file, ())),
        )
        for it in judged
    )


def any_rejected(found: Iterable[Verdict]) -> bool:
    """Whether anything was rejected."""
    return any(verdict.mark is Mark.REJECTED for verdict in found)


def verdicts_as_text(found: Sequence[Verdict]) -> str:
    """Return the verdicts as a table, each remark on a line of its own as `file:line: what; do`."""
    aside = Counter(v.set_aside for v in found if v.set_aside is not None)
    found = [verdict for verdict in found if verdict.set_aside is None]
    quiet = [verdict for verdict in found if verdict.is_not_shown]
    rows = [(_sign(v), v.file, _words(v)) for v in found if not v.is_not_shown]
    rows += _rows_of_what_is_not_shown(quiet)
    rows += [
        ("!", counted(count, "file"), f"of {full_date(day)}: set aside, --date {day} shows them")
        for day, count in sorted(aside.items())
    ]
    lines = [table(("", "File", "Verdict"), rows)] if rows else ["No files."]
    remarks, settled = _remarks(found, settled=False), _remarks(found, settled=True)
    lines += ["", *remarks] if remarks else []
    lines += ["", "Settled by a rule, nothing to do:", *settled] if settled else []
    counts = {mark: sum(v.mark is mark for v in found) for mark in _WORST}
    files = counted(len(found) + aside.total(), "file")
    ok = counts[Mark.OK] + counts[Mark.NOT_CHECKED]
    lines += [
        "",
        (
            f"{files}: {ok:,} ok, {counts[Mark.REMARK]:,} with a remark"
            f"{_for_a_person(found)}, {counts[Mark.REJECTED]:,} rejected"
            f"{f', {aside.total():,} set aside' if aside else ''}"
        ),
    ]
    return "\n".join(lines)


def _sign(verdict: Verdict) -> str:
    is_settled = verdict.mark is Mark.REMARK and verdict.remarks and not verdict.needs_a_person
    return "·" if is_settled else _SIGNS[verdict.mark]


def _remarks(found: Sequence[Verdict], *, settled: bool) -> list[str]:
    return [
        f"{v.file}{'' if line is None else f':{line}'}: {what}{f' → {fix}' if fix else ''}"
        for v in found
        for line, what, fix in v.remarks
        if (what in v.settled) is settled
    ]


def _for_a_person(found: Sequence[Verdict]) -> str:
    """Return how many of the remarked files somebody has to look at, where not all."""
    remarked = [verdict for verdict in found if verdict.mark is Mark.REMARK]
    asking = sum(verdict.needs_a_person or not verdict.remarks for verdict in remarked)
    return "" if asking == len(remarked) else f" ({asking:,} for a person to look at)"


def _rows_of_what_is_not_shown(quiet: Sequence[Verdict]) -> list[tuple[str, str, str]]:
    """Return one row a kind, however many files it came in."""
    alike: dict[tuple[tuple[str, str], ...], list[Verdict]] = {}
    for verdict in quiet:
        kinds = dict.fromkeys((each.of, each.what) for each in verdict.not_shown)
        alike.setdefault(tuple(kinds), []).append(verdict)
    return [
        (
            _SIGNS[Mark.OK],
            each[0].file if len(each) == 1 else counted(len(each), "file"),
            _what_is_not_shown([one for verdict in each for one in verdict.not_shown]),
        )
        for each in alike.values()
    ]


def _what_is_not_shown(messages: Sequence[SetAside]) -> str:
    counts = Counter((each.of, each.what) for each in messages)
    said = (
        f"{of}: {f'{count:,} ' if count > 1 else ''}{what}" for (of, what), count in counts.items()
    )
    return f"{'; '.join(said)}, not shown here"


def _verdict(
    name: str,
    entries: Sequence[Entry],
    standing: Mapping[int | None, tuple[Check, ...]],
    names: Mapping[PlaceId, str],
    page: PageReading | None,
) -> Verdict:
    remarks: list[tuple[int | None, str, str]] = []
    settled: set[str] = set()
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
        settled.update(_about(council, each.says) for each in said if each.rule in _SETTLED)
        if said or entry.mark is Mark.REMARK:
            marks.add(Mark.REMARK)
            if not said:
                what = sentence(entry, "bbc").removeprefix(f"{entry.origin.where}: ")
                remarks.append((entry.origin.line, what, entry.fix))
    if page is not None and page.unread:
        marks.add(Mark.REMARK)
        remarks += [(each.line, f"not read: {each.text}", _UNREAD) for each in page.unread]
    mark = next(mark for mark in _WORST if mark in marks)
    return Verdict(
        name, mark, len(entries), tuple(remarks), tuple(checks), page, settled=frozenset(settled)
    )


def _about(council: str, says: str) -> str:
    return says if not council or council in says else f"{council}: {says}"


def _words(verdict: Verdict) -> str:
    if verdict.page is not None and verdict.mark is not Mark.REJECTED:
        others = len(verdict.remarks) - len(verdict.page.unread)
        more = f"; {counted(others, 'remark')}" if others else ""
        return f"{page_reading(verdict.page)}{more}"
    if verdict.remarks:
        more = f" (and {len(verdict.remarks) - 1} more)" if len(verdict.remarks) > 1 else ""
        return f"{verdict.remarks[0][1]}{more}"
    missing = [
        c.says
        for c in verdict.checks
        if c.mark is Mark.NOT_CHECKED and c.says.startswith("No roster")
    ]
    return "ok, no roster to hold it against" if missing else "ok"
