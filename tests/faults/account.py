"""The account of a night: what was dropped against what stands in the recording."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from feed.ledger.night import Night
from feed.ledger.step import NOTES
from feed.recording.reader import BadLine, read_recording
from feed.reports.summary import fingerprint
from feed.sources.saved import load
from tests.faults.dropped import Key, key
from tests.faults.producer import LedgerState


@dataclass(frozen=True, slots=True)
class Account:
    """The figures of one night, and what is wrong with them."""

    dropped: int
    accepted: int
    rejected: int
    repeated: int
    halves: int
    """States of a file on its way that were taken before it was whole."""
    faults: tuple[str, ...]

    def __str__(self) -> str:
        balance = (
            f"{self.dropped:,} dropped = {self.accepted:,} recorded + {self.rejected:,} rejected + "
            f"{self.repeated:,} repeated; {self.halves:,} halves rejected and made good"
        )
        return "\n".join((balance, *(f"FAULT: {fault}" for fault in self.faults)))


def audit(recording: Path, books: LedgerState, scratch: Path | None) -> Account:
    """Hold a recording against what was dropped, and its standing against one cold load.

    Without a `scratch` folder for the load the standing is not compared.
    """
    counts: Counter[Key] = Counter()
    faults = []
    for item in read_recording(recording):
        if isinstance(item, BadLine):
            faults.append(f"line {item.line} of the recording: {item.what}")
        elif item.path != NOTES:
            counts[key(item.path, item.data)] += 1
    must, may = books.must, books.may
    faults += [f"lost: {path} {data[:60]!r}" for path, data in must if (path, data) not in counts]
    faults += [f"{n} times: {k[0]} {k[1][:60]!r}" for k, n in counts.items() if n > 1]
    faults += [f"made up: {k[0]}" for k in counts if k not in must and k not in may]
    night = Night()
    night.extend(load(recording))
    faults += _wrong_fates(night, books)
    if scratch and fingerprint(night.edge()) != fingerprint(_cold(books, scratch).edge()):
        faults.append("the standing is not that of a cold load of the same files")
    fates = Counter(fate for k, fate in must.items() if k in counts)
    return Account(
        dropped=len(must),
        accepted=fates["accepted"],
        rejected=fates["rejected"],
        repeated=fates["repeated"],
        halves=len([k for k in counts if k not in must]),
        faults=tuple(faults),
    )


def _wrong_fates(night: Night, books: LedgerState) -> list[str]:
    standing = night.edge()
    rejected = {path for (path, _), fate in books.must.items() if fate == "rejected"}
    listed = {problem.file for problem in standing.problems if problem.mark.value == "rejected"}
    repeated = sum(fate == "repeated" for fate in books.must.values())
    faults = [f"should be a problem and is none: {path}" for path in sorted(rejected - listed)]
    faults += [f"should be no problem: {path}" for path in sorted(listed - rejected)]
    if standing.duplicates != repeated:
        faults.append(f"{standing.duplicates} are counted as repeated, {repeated} were")
    return faults


def _cold(books: LedgerState, scratch: Path) -> Night:
    """Load every state of every file that was dropped, each under a name of its own."""
    scratch.mkdir()
    for number, (path, data) in enumerate(books.must):
        suffix = Path(path).suffix.replace(".jsonl", ".json")
        (scratch / f"{number}{suffix}").write_bytes(data)
    night = Night()
    night.extend(load(scratch))
    return night
