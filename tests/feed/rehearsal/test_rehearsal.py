"""The rehearsal feed: made by its script, readable file by file, judged as its table says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from feed.formats.agency.notations import read_agency_xml
from feed.ledger.ledger import Ledger
from feed.model.arrival import Arrival
from feed.model.entries import EntryKind
from feed.model.messages import AgencyTotal, Contest, Rejection, Result, Roster
from feed.model.standing import Standing
from feed.sources.saved import load
from tests.feed import oracle
from tests.feed.agency_night import BEGINS
from tests.feed.oracle import File

SAMPLES = Path(__file__).parents[3] / "sample_feeds"
REHEARSAL = SAMPLES / "rehearsal"
SCRIPT = SAMPLES / "make_rehearsal.py"
_KINDS = Result | Roster | AgencyTotal | Contest
RESULT = "results/Rehearsal_Test_result_"
REFUSED = {f"{RESULT}Witherdale_1.xml": 15, f"{RESULT}Undercliffe_and_Vanstow_1.xml": 6}


def files() -> list[File]:
    """The folder in the order of its names."""
    paths = sorted(REHEARSAL.rglob("*.xml"))
    return [
        File(
            path.relative_to(REHEARSAL).as_posix(), path.read_bytes(), BEGINS + timedelta(minutes=n)
        )
        for n, path in enumerate(paths)
    ]


def arrival(file: File) -> Arrival:
    return Arrival(file.name, file.data, file.modified_at, file.modified_at)


def standing_of(*told: File) -> Standing:
    ledger = Ledger()
    for file in told:
        ledger.take(arrival(file))
    return ledger.standing()


def results_of(name: str) -> list[Result]:
    data = (REHEARSAL / f"{RESULT}{name}.xml").read_bytes()
    said = read_agency_xml(Arrival(f"{RESULT}{name}.xml", data, BEGINS))
    return [s.message for s in said if isinstance(s.message, Result)]


def contest_of(name: str) -> Contest:
    path = f"results/Rehearsal_Test_{name}.xml"
    (said,) = read_agency_xml(Arrival(path, (REHEARSAL / path).read_bytes(), BEGINS))
    assert isinstance(said.message, Contest)
    return said.message


def test_the_script_writes_the_committed_bytes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-B", SCRIPT, tmp_path], check=True)
    made = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    kept = {p.relative_to(REHEARSAL): p.read_bytes() for p in REHEARSAL.rglob("*") if p.is_file()}
    assert made == kept
    assert len([path for path in kept if path.name == ".timestamp"]) == 2


def test_every_file_that_the_scripts_table_names_is_there() -> None:
    listed = re.findall(
        r"^\| ((?:result|rush|recount|SOP)_[^|]+?) +\|", SCRIPT.read_text(), re.MULTILINE
    )
    assert len(listed) >= 34
    for cell in listed:
        first, *others = cell.split(", ")
        stem = re.sub("_[0-9]+$", "", first)
        for name in (first, *others):
            whole = stem + name if name.startswith("_") else name.replace("…", "Vexford")
            assert (REHEARSAL / f"results/Rehearsal_Test_{whole}.xml").exists(), whole


@pytest.mark.parametrize("file", files(), ids=lambda file: file.name)
def test_every_file_reads_as_test_data_or_is_refused_at_its_line(file: File) -> None:
    statements = read_agency_xml(arrival(file))
    assert statements
    lines = [s.line for s in statements if isinstance(s.message, Rejection)]
    assert all(isinstance(s.message, _KINDS | Rejection) for s in statements)
    assert lines == ([REFUSED[file.name]] if file.name in REFUSED else [])
    assert all(s.message.test for s in statements if isinstance(s.message, _KINDS))


def test_the_one_council_that_is_not_nominated_is_the_unknown_one() -> None:
    nominated = oracle.rosters(files_that_read())
    declared = oracle.current(files_that_read())
    assert len(nominated) == 39
    assert set(declared) - set(nominated) == {"Thornaby Deep"}


def test_each_new_council_less_its_changes_is_what_was_held() -> None:
    held = oracle.rosters(files_that_read())
    for name, (_, _, council) in oracle.current(files_that_read()).items():
        changes = {k[0]: n for k, n in oracle.share(council, {}).items() if k[1] == "seats_net"}
        after = {k[0]: n for k, n in oracle.share(council, {}).items() if k[1] == "seats_after"}
        if changes and name in held:
            before = {p: after.get(p, 0) - changes.get(p, 0) for p in {**after, **changes}}
            assert {p: n for p, n in before.items() if n} == {
                p: n for p, n in held[name].items() if n
            }


def files_that_read() -> list[File]:
    return [file for file in files() if file.name not in REFUSED]


@pytest.mark.parametrize("name", ["in the order of names", "in the reverse order"])
def test_the_scoreboard_is_the_oracles(name: str) -> None:
    told = files_that_read() if name == "in the order of names" else files_that_read()[::-1]
    rows = standing_of(*told).scoreboard.rows
    ours = {(str(r.party), c): getattr(r, c) for r in rows for c in oracle.COLUMNS}
    assert {key: number for key, number in ours.items() if number} == oracle.scoreboard(told)


def test_the_totals_come_out_as_the_table_says() -> None:
    totals = {total.declared: total for total in standing_of(*files()).totals}
    assert {declared: total.verdict for declared, total in totals.items()} == {
        4: "agrees", 10: "agrees", 14: "explained", 18: "explained", 22: "explained",
        26: "agrees", 29: "differs", 36: "agrees",
    }  # fmt: skip
    explained = {n: {(name, r) for _, name, r in t.explained_by} for n, t in totals.items()}
    assert explained[14] == {("Northolme", 1)}
    assert explained[18] == {("Northolme", 1), ("Millbeck", 1)}
    assert explained[22] == {("Millbeck", 1)}
    assert totals[29].differences == ("Con seats 391, ours 394",)
    assert totals[36].region == "England"


def test_a_total_waits_for_the_results_that_it_counts() -> None:
    counted = ("Hollinbrook", "Ivelcombe", "Jessop_Forest")
    early = [f for f in files() if not any(name in f.name for name in counted)]
    waiting = {total.declared: total for total in standing_of(*early).totals}
    assert waiting[10].verdict == "waiting"
    assert set(waiting[10].waiting_for) == {"Hollinbrook", "Ivelcombe", "Jessop Forest"}


def test_the_mayor_of_tarnwick_is_corrected_between_the_results() -> None:
    stages = ("rush_Tarnwick_1", "result_Tarnwick_1", "rush_Tarnwick_2", "result_Tarnwick_3")
    said = [contest_of(stage) for stage in stages]
    assert [(c.stage, c.revision, c.winner) for c in said] == [
        ("rush", 1, "lab"), ("result", 1, "lab"), ("rush", 2, "green"), ("result", 3, "green"),
    ]  # fmt: skip
    assert (said[2].text or "").startswith("Correction: ")
    assert said[3].winner_name == "Joyce"


@pytest.mark.parametrize("copied", [False, True], ids=["as written", "copied together"])
def test_the_replay_tells_the_correction_of_the_mayor_in_turn(tmp_path: Path, copied: bool) -> None:
    subprocess.run([sys.executable, "-B", SCRIPT, tmp_path], check=True)
    for path in tmp_path.rglob("*.xml") if copied else ():
        os.utime(path, (1_700_000_000, 1_700_000_000))
    ledger = Ledger()
    for step in load(tmp_path):
        ledger.apply(step)
    entries = [e for e in ledger.standing().log.since(0) if e.subject == "mayor/tarnwick"]
    assert [(entry.kind, entry.revision) for entry in entries] == [
        (EntryKind.ROSTER, 1), (EntryKind.RUSH, 1), (EntryKind.CONTEST, 1),
        (EntryKind.CORRECTION, 2), (EntryKind.CONTEST, 3),
    ]  # fmt: skip
    late = [entry.text for entry in ledger.entries if entry.kind is EntryKind.LATE]
    assert late == ["Oakhanger r1 (result) came after r2; nothing changes"]


def bytes_of(name: str) -> bytes:
    return (REHEARSAL / f"{RESULT}{name}.xml").read_bytes()


CASES: dict[str, Callable[[Result], bool]] = {
    "Alderton_1": lambda r: r.elects == "whole" and r.won == r.after,
    "Birchmere_1": lambda r: r.elects == "whole" and r.won is None,
    "Cobham_Vale_1": lambda r: r.elects == "halves",
    "Dunmarsh_1": lambda r: r.elects == "thirds",
    "Eastwold_1": lambda r: max(r.after.values()) == 19 and sum(r.after.values()) == 38,
    "Farrowdale_1": lambda r: 2 * max(r.after.values()) == sum(r.after.values()) + 1,
    "Garthwick_1": lambda r: set(r.changes[0].seats) - set(r.after) == {"ukip"},
    "Hollinbrook_1": lambda r: (r.control_before, r.control_after) == ("con", "ind"),
    "Ivelcombe_1": lambda r: (r.control_after, r.outcome) == ("ra", "hold"),
    "Jessop_Forest_1": lambda r: r.boundary_change and sum(r.changes[0].seats.values()) < 0,
    "Kingsdrift_1": lambda r: r.boundary_change and sum(r.changes[0].seats.values()) > 0,
    "Lowmere___Stanfield_1": lambda r: (
        r.new_council and r.control_before is None and r.changes == ()
    ),
    "Fenwick_Marsh_1": lambda r: r.party_names == {"fenland-voice": "Fenland Voice"},
    "Yarnbrook_1": lambda r: r.council == "Yarnbrook",
    "Zo_ford_1": lambda r: r.council == "Zoëford",
}


@pytest.mark.parametrize("name", CASES)
def test_the_odd_councils_are_what_the_table_says(name: str) -> None:
    (result,) = results_of(name)
    assert CASES[name](result)


@pytest.mark.parametrize(("name", "flips"), [("Millbeck", False), ("Northolme", True)])
def test_a_correction_flips_control_or_does_not(name: str, flips: bool) -> None:
    (first,), (second,) = results_of(f"{name}_1"), results_of(f"{name}_2")
    assert (first.revision, second.revision) == (1, 2)
    assert (first.control_after != second.control_after) is flips
    assert first.after != second.after


def test_the_odd_files_are_what_the_table_says() -> None:
    assert bytes_of("Quillhaven_1") == bytes_of("Quillhaven_copy_1")
    (one,), (other,) = results_of("Penhallow_1"), results_of("Penhallow_again_1")
    assert one.revision == other.revision
    assert one.after != other.after
    assert [r.council for r in results_of("Ravensmoor_and_Stourley_1")] == [
        "Ravensmoor",
        "Stourley",
    ]
    assert [r.council for r in results_of("Undercliffe_and_Vanstow_1")] == ["Vanstow"]
    assert bytes_of("Witherdale_resent_1").startswith(bytes_of("Witherdale_1"))
    assert bytes_of("Yarnbrook_1").startswith(b"\xef\xbb\xbf<")
    assert "ë".encode("latin-1") in bytes_of("Zo_ford_1")
    (late,), (newer,) = results_of("Oakhanger_late_1"), results_of("Oakhanger_2")
    assert (late.revision, newer.revision) == (1, 2)
