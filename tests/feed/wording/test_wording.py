"""Control in words, in each house style."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from feed.model.entries import Declaration
from feed.model.terms import HOUSE_STYLES
from feed.wording.control import control_sentence, phrase, sentence
from tests.feed.builders import (
    a_contest,
    a_result,
    a_roster,
    a_rush,
    a_ward,
    a_withdrawal,
    log_of,
    standing_of,
)


def said(style: Any, before: Any, after: Any, outcome: Any, **facts: Any) -> str:
    return str(phrase(Declaration("Worcester", before, after, outcome, **facts), style))


@pytest.mark.parametrize(
    ("before", "after", "outcome", "bbc", "pa", "plain"),
    [
        (
            "con", "noc", "lose",
            "Worcester: NOC gain from Con",
            "C lose Worcester to no overall control",
            "Worcester: Conservatives lose control, no party has a majority",
        ),
        (
            "con", "con", "hold",
            "Worcester: Con hold", "C hold Worcester", "Worcester: Conservatives keep control",
        ),
        (
            "noc", "noc", "no_change",
            "Worcester: NOC no change",
            "Worcester remains under no overall control",
            "Worcester: Still no party has a majority",
        ),
        (
            "con", "lab", "gain",
            "Worcester: Lab gain from Con",
            "Lab gain Worcester from C",
            "Worcester: Labour gains control from Conservatives",
        ),
        (
            "noc", "ld", "gain",
            "Worcester: LD gain from NOC",
            "LD gain Worcester from no overall control",
            "Worcester: Liberal Democrats gain control, no party had a majority before",
        ),
        (
            None, "ra", "win",
            "Worcester: Res win", "R win Worcester", "Worcester: Residents win control",
        ),
        (
            None, "noc", "win",
            "Worcester: NOC win",
            "Worcester under no overall control",
            "Worcester: No party has a majority",
        ),
        (
            None, "green", "gain",
            "Worcester: Green gain", "Green gain Worcester", "Worcester: Greens gain control",
        ),
        (
            "lab", None, "lose",
            "Worcester: Lab lose", "Lab lose Worcester", "Worcester: Labour loses control",
        ),
        (
            None, "noc", "lose",
            "Worcester: NOC gain",
            "Worcester goes to no overall control",
            "Worcester: Control is lost, no party has a majority",
        ),
        (
            "con", None, None,
            "Worcester: declared", "Worcester declared", "Worcester: Declared, control not given",
        ),
        (
            None, None, None,
            "Worcester: declared", "Worcester declared", "Worcester: Declared, control not given",
        ),
    ],
)  # fmt: skip
def test_each_outcome_is_said_in_each_house_style(
    *, before: Any, after: Any, outcome: Any, bbc: str, pa: str, plain: str
) -> None:
    assert said("bbc", before, after, outcome) == bbc
    assert said("pa", before, after, outcome) == pa
    assert said("plain", before, after, outcome) == plain


def test_no_sentence_has_a_question_mark_or_names_nobody_where_a_party_is_known() -> None:
    outcomes = ("hold", "no_change", "gain", "lose", "win", None)
    for style, before, after, outcome in product(
        HOUSE_STYLES, ("con", "noc", None), ("lab", "noc", None), outcomes
    ):
        words = said(style, before, after, outcome)
        assert "Worcester" in words
        assert "?" not in words, (style, before, after, outcome)
        assert "unnamed" not in words, (style, before, after, outcome)


@pytest.mark.parametrize(
    ("style", "words"),
    [
        ("bbc", "Bedford mayor: Con gain from LD (Ann Other)"),
        ("pa", "C gain Bedford mayor from LD, Ann Other"),
        ("plain", "Bedford mayor: Conservatives gain the post from Liberal Democrats (Ann Other)"),
    ],
)
def test_a_contest_names_its_post_and_its_winner(style: Any, words: str) -> None:
    (entry,) = log_of(a_contest("Bedford", "con", before="ld", winner_name="Ann Other"))
    assert sentence(entry, style) == words


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("ind", "ind", "Bedford mayor: The independent Ann Other keeps the post"),
        ("lab", "ind", "Bedford mayor: The independent Ann Other gains the post from Labour"),
        ("ind", "lab", "Bedford mayor: Labour gains the post from an independent (Ann Other)"),
    ],
)
def test_an_independent_is_a_person_and_no_party(before: str, after: str, words: str) -> None:
    (entry,) = log_of(a_contest("Bedford", after, before=before, winner_name="Ann Other"))
    assert sentence(entry, "plain") == words


def test_a_name_is_set_apart_so_that_a_screen_can_make_it_bold() -> None:
    told = phrase(Declaration("Worcester", "con", "noc", "lose"), "pa")  # type: ignore[arg-type]
    assert (told.lead, told.name, told.tail) == ("C lose ", "Worcester", " to no overall control")


@pytest.mark.parametrize(
    ("style", "words"),
    [
        ("bbc", "Alder: Lab gain from Con (unconfirmed)"),
        ("pa", "Lab gain Alder from C (unconfirmed)"),
        ("plain", "Alder: Labour gains control from Conservatives (unconfirmed)"),
    ],
)
def test_a_rush_is_said_to_be_unconfirmed(style: Any, words: str) -> None:
    told = (a_roster("Alder", {"con": 9}), a_rush("Alder", "lab"))
    assert sentence(log_of(*told)[-1], style) == words
    assert control_sentence(standing_of(*told).councils[0], style) == words


def test_an_unknown_party_is_called_what_the_source_calls_it() -> None:
    names = {"fenland-voice": "Fenland Voice"}
    after: dict[str, Any] = {"fenland-voice": 9}
    (entry,) = log_of(a_result("Alder", facts={"party_names": names}, **after))
    assert sentence(entry, "plain") == "Alder: Fenland Voice win control"


def test_a_council_is_said_to_be_expected_counting_or_withdrawn() -> None:
    roster = a_roster("Alder", {"con": 9})
    ward = a_ward("Alder", "Hay", {"lab": 1}, wards_total=3)
    waiting = standing_of(roster).councils[0]
    assert control_sentence(waiting, "bbc") == "Alder: not declared yet"
    counting = standing_of(roster, ward).councils[0]
    assert control_sentence(counting, "bbc") == "Alder: counting, 1 of 3 wards"
    told = (roster, a_result("Alder", lab=9), a_withdrawal("Alder"))
    assert control_sentence(standing_of(*told).councils[0], "bbc") == "Alder: not declared yet"
    assert sentence(log_of(*told)[-1], "pa") == "Withdrawn: Alder r1; back to not declared"
