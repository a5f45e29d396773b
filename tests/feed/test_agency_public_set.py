"""The agency's public test set, read as one folder: all of it taken, nothing said amiss."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest

from feed.check.verdicts import Verdict, any_rejected, verdicts, verdicts_as_text
from feed.ledger.ledger import Ledger
from feed.ledger.night import whole_night
from feed.model.arrival import Arrival
from feed.model.entries import Mark
from feed.model.standing import Standing
from feed.sources.saved import load
from tests.feed.agency_night import a_night
from tests.feed.agency_public_set import (
    COUNCILS,
    MAYORS,
    NOT_SHOWN,
    TOTALS,
    a_public_set,
    as_json,
)

THE_SET = a_public_set()
SEEN = datetime(2026, 5, 8, 6, tzinfo=UTC)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return THE_SET.put_into(tmp_path_factory.mktemp("set"))


@pytest.fixture(scope="module")
def standing(folder: Path) -> Standing:
    return whole_night(load(folder)).edge()


@cache
def judged(folder: Path) -> tuple[Verdict, ...]:
    return verdicts(folder)


def test_every_council_is_declared_and_every_mayor_joins_the_night(standing: Standing) -> None:
    assert (standing.declared, standing.councils_up) == (COUNCILS, COUNCILS)
    assert (standing.title, standing.date) == ("Local elections 7 May 2026", date(2026, 5, 7))
    found = {contest.area: contest for contest in standing.contests}
    assert {area: it.winner_name for area, it in found.items()} == {
        area: f"{first} {last}" for area, (first, last) in MAYORS.items()
    }
    assert {it.kind for it in found.values()} == {"mayor"}
    assert {it.poll for it in found.values()} == {date(2026, 5, 6)}
    assert {it.stage for it in found.values()} == {"result"}


def test_every_total_is_explained(standing: Standing) -> None:
    assert len(standing.totals) == TOTALS
    assert {total.verdict for total in standing.totals} <= {"agrees", "explained"}


def test_there_is_no_problem_and_nothing_is_set_aside_as_of_another_day(standing: Standing) -> None:
    assert standing.problems == ()
    assert standing.set_aside == ()
    assert standing.test
    assert {(of, what): count for of, what, count in standing.not_shown} == NOT_SHOWN


def test_no_file_is_rejected_and_what_is_not_shown_is_one_row_a_kind(folder: Path) -> None:
    found = judged(folder)
    assert not any_rejected(found)
    quiet = sum(NOT_SHOWN.values())
    assert sum(verdict.is_not_shown for verdict in found) == quiet
    text = verdicts_as_text(found)
    assert "73 files" in text
    assert "Scottish Parliament: 73 constituency messages, not shown here" in text
    assert "Referendum: ReferendumResult messages, not shown here" in text
    assert text.count("not shown here") == len(NOT_SHOWN)
    assert text.splitlines()[-1].startswith(f"{len(THE_SET.files):,} files: ")
    assert "kind" not in text


def test_a_remark_is_made_only_of_a_control_that_the_figures_contradict(folder: Path) -> None:
    remarks = [
        what for verdict in judged(folder) if verdict.mark is not Mark.OK
        for _, what, _ in verdict.remarks
    ]  # fmt: skip
    assert [what for what in remarks if "control" not in what.casefold()] == []


def test_the_same_night_in_one_json_file_is_the_same_board(standing: Standing) -> None:
    ledger = Ledger()
    ledger.take(Arrival("local_results_Test_.json", THE_SET.as_one_json(), SEEN, SEEN))
    one = ledger.standing()
    assert (one.declared, len(one.contests)) == (COUNCILS, len(MAYORS))
    assert one.scoreboard.rows == standing.scoreboard.rows
    assert one.problems == ()
    assert {total.verdict for total in one.totals} <= {"agrees", "explained"}


def test_one_json_of_a_whole_night_is_read_as_its_files_are(tmp_path: Path) -> None:
    night = a_night(7, councils=110)
    for file in night.files:
        path = tmp_path / "files" / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
    told = [as_json(file.data) for file in night.files]
    padded = json.dumps(told, indent=24)
    assert len(padded) > 1_500_000
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "local_results.json").write_text(padded)
    apart, together = (whole_night(load(tmp_path / name)).edge() for name in ("files", "one"))
    assert together.declared == apart.declared == 110
    assert together.problems == ()
    assert together.scoreboard.rows == apart.scoreboard.rows
