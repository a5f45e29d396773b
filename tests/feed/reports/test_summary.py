"""The summary as data, and its fingerprint."""

from __future__ import annotations

import json
from typing import Any

from feed.model.messages import AgencyTotal, CouncilRef, Election, ElectionRef, Rejection
from feed.reports.summary import fingerprint, standing_summary
from tests.feed.builders import (
    THE_NIGHT,
    a_contest,
    a_result,
    a_roster,
    a_rush,
    a_step,
    a_total_row,
    folded,
    minutes,
    standing_of,
)

NAMED = ElectionRef(date=THE_NIGHT.date, name="Local elections 2019")
TOLD: tuple[Any, ...] = (
    Election(councils_up=4, election=NAMED),
    a_roster("Alder", {"con": 30}),
    a_roster("Birch", {"lab": 30}),
    a_result("Alder", con=15, lab=15, changes={"con": -15, "lab": 15}),
    a_result("Alder", 2, con=14, lab=16, changes={"con": -16, "lab": 16}),
    a_contest("Bedford", "con", before="ld"),
    AgencyTotal(
        declared=1,
        councils=(CouncilRef(council="Alder"),),
        rows=(a_total_row("con", seats_won=15), a_total_row("lab", seats_won=15)),
    ),
    Rejection(line=3, what="the file ends too soon", fix="send it again"),
)


def said(*told: Any, **options: Any) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(json.dumps(standing_summary(standing_of(*told), **options)))
    return data


def test_the_summary_has_the_shape_that_others_build_on() -> None:
    data = said(*TOLD)
    assert data["format"] == 1
    assert data["election"] == {
        "name": "Local elections 2019",
        "date": "2019-05-02",
        "timezone": "Europe/London",
    }
    assert (data["test_data"], data["as_of"]) == (False, "2019-05-02T22:07:00Z")
    assert (data["baseline"], data["declared"], data["councils_up"]) == ("eve_of_poll", 1, 4)
    assert {
        "format", "election", "test_data", "as_of", "baseline", "declared", "councils_up",
        "parties", "councils", "contests", "agency_totals", "problems", "fingerprint",
    } <= data.keys()  # fmt: skip


def test_parties_carry_councils_and_seats_in_the_agencys_order() -> None:
    parties = said(*TOLD)["parties"]
    assert [party["party"] for party in parties] == ["con", "lab", "ld", "noc"]
    con, lab, *_ = parties
    expected = {
        "party": "con", "label": "Con", "councils": 0, "councils_gained": 0,
        "councils_lost": 1, "councils_net": -1, "seats_won": 14, "seats_net": -16,
    }  # fmt: skip
    assert expected.items() <= con.items()
    assert (lab["councils"], lab["councils_gained"], lab["seats_net"]) == (1, 1, 16)


def test_councils_carry_control_outcome_revision_and_a_sentence_in_the_house_style() -> None:
    alder, birch = said(*TOLD)["councils"]
    expected = {
        "council": "Alder", "gss": None, "status": "declared", "control_before": "con",
        "control_after": "lab", "outcome": "gain", "revision": 2,
        "sentence": "Alder: Lab gain from Con",
    }  # fmt: skip
    assert expected.items() <= alder.items()
    assert (birch["status"], birch["control_after"], birch["outcome"]) == ("expected", None, None)
    pa = said(*TOLD, style="pa")["councils"][0]
    assert pa["sentence"] == "Lab gain Alder from C"
    assert said(*TOLD, full=False)["councils"] == []


def test_contests_totals_and_problems_are_in_it() -> None:
    data = said(*TOLD)
    assert data["contests"] == [
        {"kind": "mayor", "area": "Bedford", "date": None, "status": "declared", "before": "ld",
         "winner": "con", "outcome": "gain", "revision": 1}
    ]  # fmt: skip
    (total,) = data["agency_totals"]
    assert (total["declared"], total["agrees"], total["differences"]) == (1, False, [])
    assert total["explained_by"] == [{"council": "Alder", "revision": 1}]
    (problem,) = data["problems"]
    assert (problem["line"], problem["what"], problem["fix"]) == (
        1, "the file ends too soon", "send it again",
    )  # fmt: skip
    assert problem["file"].endswith(".json")


def test_northern_ireland_alone_has_its_own_figures_at_the_top() -> None:
    told = (
        a_roster("Belfast", {"sf": 30, "dup": 1}),
        a_roster("Mid Ulster", {"sf": 9}),
        a_result("Belfast", sf=29, dup=2, changes={"sf": -1, "dup": 1}),
    )
    data = said(*told)
    expected = {"baseline": "eve_of_poll", "declared": 1, "councils_up": 2}
    assert expected.items() <= data.items()
    assert expected.items() <= data["northern_ireland"].items()
    assert [party["party"] for party in data["parties"]] == ["dup", "sf"]
    both = said(*told, a_roster("Alder", {"con": 3}))
    assert (both["baseline"], both["declared"], both["councils_up"]) == (None, 0, 1)
    assert expected.items() <= both["northern_ireland"].items()


def test_what_nobody_has_said_is_null_and_rushes_are_counted_apart() -> None:
    data = said(a_rush("Alder", "con"), a_rush("Birch", "lab"))
    assert (data["declared"], data["councils_up"], data["rushed"]) == (0, None, 2)
    assert (data["baseline"], data["northern_ireland"]["councils_up"]) == (None, None)


def test_nothing_told_is_a_summary_too() -> None:
    data = said()
    assert (data["election"]["date"], data["as_of"], data["councils"]) == (None, None, [])


def test_the_fingerprint_is_of_what_stands_not_of_how_it_came() -> None:
    plain = folded(a_step(m, f"{n}.json", minutes(n)) for n, m in enumerate(TOLD[1:5])).standing()
    other = folded(
        a_step(
            m.changed(test=True, source="PA", note="late"),
            f"results/Test_{n}.xml",
            minutes(500 - n),
            minutes(n),
        )
        for n, m in enumerate(reversed(TOLD[1:5]))
    ).standing()
    assert other.test
    assert fingerprint(plain) == fingerprint(other)
    assert len(fingerprint(plain)) == 32


def test_the_fingerprint_moves_with_every_figure() -> None:
    seen = {fingerprint(standing_of(*TOLD[:count])) for count in range(1, 7)}
    assert len(seen) == 6
    one = fingerprint(standing_of(a_result("Alder", con=15, lab=14)))
    assert one != fingerprint(standing_of(a_result("Alder", con=14, lab=15)))
    assert one != fingerprint(standing_of(a_result("Alder", 2, con=15, lab=14)))


def test_a_problem_or_a_total_leaves_the_fingerprint_as_it_is() -> None:
    assert fingerprint(standing_of(*TOLD)) == fingerprint(standing_of(*TOLD[:6]))
