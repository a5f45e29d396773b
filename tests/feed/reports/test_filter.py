"""What a filter typed as words lets through."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feed.model.messages import News
from feed.reports.filter import Filter, FilterContext
from tests.feed.builders import (
    a_contest,
    a_result,
    a_roster,
    a_rush,
    a_total_row,
    standing_of,
)
from tests.tui.standings import a_council

STANDING = standing_of(
    a_roster("Alder", {"con": 30}, region="North West"),
    a_roster("Birch", {"lab": 30}, type="Metro"),
    a_roster("Copse", {"con": 16, "ld": 14}),
    a_roster("Greenholme", {"ind": 9}),
    a_result("Alder", lab=20, con=10),
    a_result("Birch", lab=30),
    a_result("Copse", con=15, ld=15),
    a_result("Birch", 2, lab=29, con=1),
    a_rush("Greenholme", "ind", outcome="hold"),
    a_contest("Bedford", "con", before="ld"),
    News(text="Labour sources are glum", totals=(a_total_row("con", seats_net=2),)),
    a_result("Alder Greenholm", green=3),
)


@pytest.mark.parametrize("word", ["mayor", "contest"])
def test_a_council_of_northern_ireland_is_no_contest(word: str) -> None:
    standing = standing_of(
        a_roster("Belfast", {"sf": 30}), a_result("Belfast", sf=30), a_contest("Bedford", "con")
    )
    found = [entry for entry in standing.log.since(1) if Filter(word).entries(standing)(entry)]
    assert [entry.subject for entry in found] == ["mayor/bedford"]


def told(text: str) -> list[str]:
    """Return the kinds and subjects of the entries that pass, rosters left out."""
    keep = Filter(text).entries(STANDING)
    return [
        f"{entry.kind.value} {entry.subject or ''}".strip()
        for entry in STANDING.log.since(4)
        if keep(entry)
    ]


def test_a_word_is_looked_for_in_the_sentence_of_the_style_that_is_shown() -> None:
    standing = standing_of(a_roster("Oakley", {"con": 30}), a_result("Oakley", con=15, ld=15))
    declared = standing.log[1]
    assert Filter("overall").entries(standing, FilterContext(style="pa"))(declared)
    assert not Filter("overall").entries(standing, FilterContext(style="bbc"))(declared)


def lit(text: str) -> list[str]:
    keep = Filter(text).councils()
    return [council.name for council in STANDING.councils if keep(council)]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("gain", ["gain alder"]),
        ("change", ["gain alder", "loss copse"]),
        ("losses", ["loss copse"]),
        ("holds", ["hold birch"]),
        ("corr", ["correction birch"]),
        ("rush", ["rush greenholme"]),
        ("mayor", ["contest mayor/bedford"]),
        ("news", ["news"]),
        ("problems", ["unplaced"]),
        ("remark", ["unplaced"]),
        ("alder", ["gain alder", "unplaced"]),
        ("ALDER", ["gain alder", "unplaced"]),
        ("lab", ["gain alder", "hold birch", "correction birch", "news"]),
        ("labour", ["gain alder", "hold birch", "correction birch", "news"]),
        ("labour -news", ["gain alder", "hold birch", "correction birch"]),
        ("lab gain", ["gain alder"]),
        ("con -gain", ["loss copse", "contest mayor/bedford", "news"]),
        ("green", ["unplaced"]),
        ("north west", ["gain alder"]),
        ("metro", ["hold birch", "correction birch"]),
        ("none", []),
        ("lab glum", ["news"]),
    ],
)
def test_each_word_must_let_an_entry_through(text: str, kinds: list[str]) -> None:
    assert told(text) == kinds


def test_no_words_let_everything_through() -> None:
    assert len(told("")) == len(STANDING.log) - 4
    assert len(lit("   ")) == 4


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("gain", ["Alder"]),
        ("-gain", ["Birch", "Copse", "Greenholme"]),
        ("lab", ["Alder", "Birch"]),
        ("rush", ["Greenholme"]),
        ("corr", ["Birch"]),
        ("hold", ["Birch"]),
        ("north west", ["Alder"]),
        ("greenh", ["Greenholme"]),
        ("none", []),
    ],
)
def test_councils_of_the_grid_are_lit_by_the_same_words(text: str, names: list[str]) -> None:
    assert lit(text) == names


def test_a_dash_alone_is_a_dash() -> None:
    assert lit("-") == []


NOW = datetime(2019, 5, 3, 3, 0, tzinfo=UTC)
NIGHT = (
    a_council("Alder", "con", now={"con": 16, "lab": 15}),
    a_council("Birch", "lab", now={"lab": 30, "con": 1}),
    a_council("Copse", "con", now={"con": 15, "ld": 15}),
    a_council("Dunmore", "ld", expected_at=NOW - timedelta(minutes=31)),
    a_council("Elmley", "ld", expected_at=NOW + timedelta(minutes=5)),
    a_council("Firth", "ld"),
)
WATCHING = FilterContext(NOW, watched=frozenset({NIGHT[1].id}))


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("late", "Dunmore"), ("due", "Elmley"), ("watched", "Birch"), ("majority<5", "Alder"),
        ("majority>=5", "Birch"), ("majority=1", "Alder"), ("one seat", "Alder Copse"),
        ("close", "Alder Copse"), ("lib dems", "Dunmore Elmley Firth"),
        ("!lib dems", "Alder Birch Copse"), ("-lib dems -tories", "Birch"),
        ("late|due", "Dunmore Elmley"), ("late | due", "Dunmore Elmley"), ("!late|due ld", "Firth"),
        ("tories | labour !close", "Birch"), ("elm", "Elmley"), ("no overall control", "Copse"),
    ],
)  # fmt: skip
def test_the_field_s_words_are_understood(text: str, passes: str) -> None:
    lit = Filter(text).councils(WATCHING)
    assert " ".join(council.name for council in NIGHT if lit(council)) == passes


def test_nobody_is_late_where_the_night_has_no_time() -> None:
    assert not any(Filter("late").councils()(council) for council in NIGHT)


@pytest.mark.parametrize(
    ("text", "unknown"),
    [("majority<few", ("majority<few",)), ("lab gain", ()), ("majority<5 x=1", ("x=1",)), ("|", ("|",))],
)  # fmt: skip
def test_what_is_not_understood_is_named(text: str, unknown: tuple[str, ...]) -> None:
    assert Filter(text).not_understood == unknown


@given(st.text(alphabet="lab|!-<5 ?=majority", max_size=30))
def test_any_text_is_a_filter(text: str) -> None:
    lit = Filter(text).councils(WATCHING)
    assert all(lit(council) in {True, False} for council in NIGHT)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("majority < 5", "majority<5"),
        ("majority <= 5 lab", "majority<=5 lab"),
        ("lab or con", "lab|con"),
        ("lib dems or greens gain", "lib dems|greens gain"),
        ("lab or", "lab|"),
        ("not lab", "!lab"),
        ("lab and not gain", "lab !gain"),
        ("! lab", "!lab"),
        ("gain - noc", "gain -noc"),
        ("one seat or late", "one seat|late"),
    ],
)
def test_words_and_spaces_stand_for_signs(typed: str, meant: str) -> None:
    assert Filter(typed).terms == Filter(meant).terms


@pytest.mark.parametrize("name", ["labour and co-operative", "tyne and wear", "ashford", "norwich"])
def test_words_within_names_are_no_signs(name: str) -> None:
    assert not any(term.turned or len(term.names) > 1 for term in Filter(name).terms)
    assert [word for term in Filter(name).terms for word in term.names] != []
