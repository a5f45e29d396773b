"""What a filter typed as words lets through."""

from __future__ import annotations

import pytest

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
    a_result("Nowhere Magna", green=3),
)


@pytest.mark.parametrize("word", ["mayor", "contest"])
def test_a_council_of_northern_ireland_is_no_contest(word: str) -> None:
    standing = standing_of(
        a_roster("Belfast", {"sf": 30}), a_result("Belfast", sf=30), a_contest("Bedford", "con")
    )
    found = [entry for entry in standing.log.since(1) if Filter(word).entries(standing)(entry)]
    assert [entry.subject for entry in found] == ["mayor/bedford"]


def told(text: str) -> list[str]:
    """Give the kinds and subjects of the entries that pass, rosters left out."""
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
