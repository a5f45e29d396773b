"""The standing as text, CSV and Markdown."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from feed.model.entries import EntryKind
from feed.model.messages import AgencyTotal, Election, ElectionRef, Rejection
from feed.reports.standing_text import (
    baseline_sentence,
    standing_as_csv,
    standing_as_markdown,
    standing_as_text,
    table,
)
from tests.feed.builders import (
    THE_NIGHT,
    a_change,
    a_contest,
    a_result,
    a_roster,
    a_rush,
    a_total_row,
    standing_of,
)

NAMED = ElectionRef(date=THE_NIGHT.date, name="Local elections 2019")
TOLD: tuple[Any, ...] = (
    Election(councils_up=1248, election=NAMED),
    a_roster("Alder", {"con": 1300}),
    a_roster("Birch", {"lab": 30}),
    a_result("Alder", con=650, lab=650, changes={"con": -650, "lab": 650}),
    a_contest("Bedford", "con", before="ld", winner_name="Ann Other"),
    a_contest("Derby", "lab", "rush"),
    Rejection(line=3, what="the file ends too soon", fix="send it again"),
)


def test_text_has_the_scoreboard_in_columns_with_its_baseline() -> None:
    lines = standing_as_text(standing_of(*TOLD)).splitlines()
    assert lines[0] == "Local elections 2019 · 1 of 1,248 declared · as of Thu 2 May 23:06 BST"
    assert lines[2].split() == ["Party", "Councils", "+", "−", "Net", "Seats", "Net", "seats"]
    assert lines[3].split() == ["Con", "0", "0", "1", "−1", "650", "−650"]
    assert lines[6].split() == ["NOC", "1", "1", "0", "+1", "0"]
    assert len({len(line) for line in lines[3:5]}) == 1
    assert "Change in seats since the eve of poll, 1 council." in lines


def test_text_tells_changes_of_control_contests_and_problems() -> None:
    text = standing_as_text(standing_of(*TOLD), "plain")
    assert "Changes of control (1):" in text
    assert "  Alder: Conservatives lose control, no party has a majority" in text
    assert "  Bedford mayor: Conservatives gain the post from Liberal Democrats (Ann Other)" in text
    assert "  Derby mayor: Labour wins the post (unconfirmed)" in text
    assert "Problems (1):" in text
    assert "the file ends too soon" in text


def test_test_data_is_said_to_be_test_data_everywhere() -> None:
    standing = standing_of(a_result("Alder", con=3, facts={"test": True}))
    assert standing_as_text(standing).startswith("TEST DATA · ")
    assert standing_as_markdown(standing).startswith("# TEST DATA · ")


def test_nothing_told_is_a_report_too() -> None:
    assert "No changes in seats are known yet." in standing_as_text(standing_of())
    assert standing_as_csv(standing_of()).count("\n") == 1


def test_markdown_is_a_table_and_lists() -> None:
    page = standing_as_markdown(standing_of(*TOLD)).splitlines()
    assert page[0] == "# Local elections 2019"
    assert page[4].startswith("| Party | Councils |")
    assert page[5] == "|---|---:|---:|---:|---:|---:|---:|"
    assert "- Alder: NOC gain from Con" in page
    assert "- Bedford mayor: Con gain from LD (Ann Other)" in page


def test_markdown_tells_agency_totals_and_problems_too() -> None:
    total = AgencyTotal(region="England", declared=1, rows=(a_total_row("con", councils=1),))
    page = standing_as_markdown(standing_of(*TOLD, total)).splitlines()
    assert any(line.startswith("- Agency total for England, 1 declared: ") for line in page)
    assert page[-3:-1] == ["## Problems", ""]
    assert page[-1].endswith(": the file ends too soon")


def test_northern_ireland_alone_has_seats_and_counts_of_its_own() -> None:
    told = (
        a_roster("Belfast", {"sf": 16, "dup": 15}),
        a_roster("Mid Ulster", {"sf": 18}),
        a_result("Belfast", sf=18, dup=13, changes={"sf": 2, "dup": -2}),
    )
    standing = standing_of(*told)
    lines = standing_as_text(standing).splitlines()
    assert "1 of 2 declared" in lines[0]
    assert [line.split() for line in lines[2:5]] == [
        ["Party", "Seats", "Net", "seats"], ["DUP", "13", "−2"], ["SF", "18", "+2"],
    ]  # fmt: skip
    assert not any("NOC" in line for line in lines)
    assert "| SF | 18 | +2 |" in standing_as_markdown(standing).splitlines()
    (entry,) = (entry for entry in standing.log.since(0) if entry.kind is EntryKind.CONTEST)
    assert (entry.text, entry.detail) == ("Belfast: SF 18, DUP 13", "31 seats · DUP −2 · SF +2")
    (belfast, _) = standing.ni_councils
    assert [past.says for past in belfast.history] == ["SF 18, DUP 13"]


def test_markdown_shows_what_a_source_writes_and_runs_none_of_it() -> None:
    name = "[Alder](x) | *b*"
    page = standing_as_markdown(standing_of(a_roster(name, {"con": 3}), a_result(name, lab=3)))
    assert r"- \[Alder\](x) \| \*b\*: Lab gain from Con" in page


def test_csv_has_a_row_a_council() -> None:
    rows = list(csv.DictReader(io.StringIO(standing_as_csv(standing_of(*TOLD), "pa"))))
    assert [row["council"] for row in rows] == ["Alder", "Birch"]
    first = ("council", "gss", "status", "control_before", "control_after", "outcome", "revision",
             "sentence")  # fmt: skip
    assert tuple(rows[0])[: len(first)] == first
    assert {name: rows[0][name] for name in first} == {
        "council": "Alder", "gss": "", "status": "declared", "control_before": "con",
        "control_after": "noc", "outcome": "lose", "revision": "1",
        "sentence": "C lose Alder to no overall control",
    }  # fmt: skip
    assert (rows[1]["status"], rows[1]["control_after"]) == ("expected", "")


def test_a_cell_that_a_spreadsheet_would_run_is_text() -> None:
    rows = list(csv.reader(io.StringIO(standing_as_csv(standing_of(a_result("=1+1", con=3))))))
    assert rows[1][0] == "'=1+1"
    assert rows[1][7].startswith("'=1+1")


def test_csv_says_of_each_party_what_it_held_won_and_has() -> None:
    told = (
        a_roster("Alder", {"con": 20, "lab": 10}, region="South East", type="district"),
        a_result("Alder", con=12, lab=18, changes={"con": -8, "lab": 8}),
        a_roster("Birch", {"green": 3}),
        a_result("Birch", green=3),
    )
    rows = list(csv.DictReader(io.StringIO(standing_as_csv(standing_of(*told)))))
    alder, birch = rows
    assert (alder["region"], alder["type"], alder["size"]) == ("South East", "district", "30")
    assert (alder["majority_at"], alder["change_against"]) == ("16", "eve_of_poll")
    assert [alder[f"con_{it}"] for it in ("before", "won", "after", "change")] == [
        "20", alder["con_won"], "12", "-8",
    ]  # fmt: skip
    assert alder["declared_at"].endswith("+01:00")
    assert birch["green_after"] == "3"
    assert alder["green_after"] == birch["con_after"] == ""


def test_several_baselines_are_named_and_never_added() -> None:
    both = (a_change({"con": -3}), a_change({"con": -9}, "last_fought"))
    told = (
        a_result("Alder", con=10, facts={"changes": both}),
        a_result("Birch", con=10, changes={"con": -4}),
    )
    assert baseline_sentence(standing_of(*told).scoreboard) == (
        "Change in seats since the eve of poll, 2 councils; also given since last fought (1)."
    )


@pytest.mark.parametrize(
    ("baseline", "says"),
    [("notional", "against notional results"), ("unknown", "against a baseline not stated")],
)
def test_a_change_is_said_to_be_since_a_day_or_against_figures(baseline: str, says: str) -> None:
    board = standing_of(a_result("Alder", con=3, changes={"con": 1}, baseline=baseline)).scoreboard
    assert baseline_sentence(board) == f"Change in seats {says}, 1 council."


def test_every_contest_says_which_post_it_is_about() -> None:
    told = (
        a_contest("West Midlands", "lab", before="lab"),
        a_contest("West Midlands", "lab", contest="pcc"),
        a_contest("Dorset", None, "nominations", contest="pcc"),
        a_contest("Bath", "yorks", before="con", party_names={"yorks": "Yorkshire Party"}),
        a_contest("Kent", None, "recount", 1, recount=2),
    )
    lines = standing_as_text(standing_of(*told)).splitlines()
    assert lines[-5:] == [
        "  Bath mayor: YP gain from Con",
        "  Kent mayor: a recount is on (number 2)",
        "  West Midlands mayor: Lab hold",
        "  Dorset police commissioner: not declared yet",
        "  West Midlands police commissioner: Lab win",
    ]


def test_a_table_is_aligned_without_trailing_blanks() -> None:
    assert table(("", "File"), [("✓", "a.xml"), ("✗", "longer.xml")]) == (
        "   File\n✓  a.xml\n✗  longer.xml"
    )


def test_where_nobody_says_how_many_are_up_there_is_no_of() -> None:
    flashed = (a_rush("Alder", "con"), a_rush("Birch", "lab"))
    first = standing_as_text(standing_of(*flashed)).splitlines()[0]
    assert first.split(" · ")[1] == "none declared, 2 rushes"
    told = standing_as_markdown(standing_of(*flashed, a_result("Birch", lab=3)))
    assert "1 declared, 1 rush · as of" in told
