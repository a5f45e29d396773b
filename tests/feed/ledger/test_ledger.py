"""The ledger's law: what was told decides where the night stands, not how it came."""

from __future__ import annotations

from itertools import permutations
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.ledger.ledger import Ledger, Step
from feed.model.entries import EntryKind
from feed.model.messages import Election, Message
from feed.model.standing import Standing
from feed.reports.summary import fingerprint
from tests.feed.builders import (
    ANOTHER_NIGHT,
    BEGINS,
    THE_NIGHT,
    a_result,
    a_roster,
    a_rush,
    a_step,
    folded,
    minutes,
    row,
    standing_of,
)
from tests.feed.versions import POOL, a_night, a_night_of_two_elections

RANDOM = st.randoms(use_true_random=False)


def shuffled(told: list[Step], random: Random) -> list[Step]:
    again = [*told, *random.choices(told, k=len(told) // 2)] if told else []
    random.shuffle(again)
    return again


def marks(told: list[Step]) -> str:
    return fingerprint(folded(told).standing())


@settings(max_examples=50, deadline=None, derandomize=True)
@given(night=a_night(), random=RANDOM)
def test_any_order_and_any_redelivery_ends_in_the_same_standing(
    night: list[Step], random: Random
) -> None:
    assert marks(shuffled(night, random)) == marks(night)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(night=a_night_of_two_elections(), random=RANDOM)
def test_with_two_elections_in_the_folder_any_order_shows_the_same_one(
    night: list[Step], random: Random
) -> None:
    assert marks(shuffled(night, random)) == marks(night)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(night=a_night(), cut=st.integers(0, 30))
def test_the_first_part_and_then_the_rest_is_the_same_as_all_at_once(
    night: list[Step], cut: int
) -> None:
    ledger = folded(night[:cut])
    ledger.standing()
    branch = ledger.copy()
    for step in night[cut:]:
        ledger.apply(step)
        branch.apply(step)
    assert fingerprint(ledger.standing()) == marks(night)
    assert fingerprint(branch.standing()) == marks(night)


@settings(max_examples=20, deadline=None, derandomize=True)
@given(night=a_night())
def test_what_some_party_gains_another_loses_or_no_overall_control_does(night: list[Step]) -> None:
    ledger = Ledger()
    for step in night:
        ledger.apply(step)
        assert sum(row.net for row in ledger.standing().scoreboard.rows) == 0


@settings(max_examples=20, deadline=None, derandomize=True)
@given(
    night=a_night(tuple(m.changed(election=THE_NIGHT) for m in POOL)),
    others=a_night(tuple(m.changed(election=ANOTHER_NIGHT) for m in POOL), most=12),
    random=RANDOM,
)
def test_files_of_an_older_election_never_change_a_night(
    night: list[Step], others: list[Step], random: Random
) -> None:
    tonight = a_step(a_result("Quill", lab=1, facts={"election": THE_NIGHT}), "first")
    ledger = folded([tonight, *night])
    before = fingerprint(ledger.standing())
    for step in others:
        if step.statement.message.kind != "news":
            ledger.apply(step)
    assert fingerprint(ledger.standing()) == before
    mixed = [tonight, *night, *others]
    random.shuffle(mixed)
    assert folded(mixed).standing().date == THE_NIGHT.date


@pytest.mark.parametrize("order", permutations(range(3)))
def test_the_highest_revision_stands_whatever_its_kind_and_order(order: tuple[int, ...]) -> None:
    files: list[Message] = [
        a_result("Alder", 1, lab=20, con=10),
        a_rush("Alder", "con", 2),
        a_result("Brindle", lab=3),
    ]
    standing = standing_of(*(files[number] for number in order))
    alder = standing.councils[0]
    assert (alder.status, alder.after, alder.revision) == ("rush", "con", 2)
    assert row(standing, "lab").councils == 1


@pytest.mark.parametrize("order", permutations(range(2)))
def test_of_equal_revisions_a_result_beats_a_rush(order: tuple[int, ...]) -> None:
    files: list[Message] = [a_result("Alder", 2, lab=20, con=10), a_rush("Alder", "con", 2)]
    (alder,) = standing_of(*(files[number] for number in order)).councils
    assert (alder.status, alder.after) == ("declared", "lab")


def by_hand(*told: tuple[Message, float | None]) -> Standing:
    return folded(
        a_step(message, f"{n}.json", BEGINS, None if minute is None else minutes(minute))
        for n, (message, minute) in enumerate(told)
    ).standing()


OLD, NEW = a_result("Alder", lab=20, con=10), a_result("Alder", lab=10, con=20)


def test_a_file_sent_again_later_is_the_later_one() -> None:
    standing = by_hand((OLD, 1), (NEW, 2), (OLD, 3))
    assert standing.councils[0].after == "lab"
    assert standing.log[-1].kind == EntryKind.CONFLICT
    assert standing.log[-1].text == (
        "Alder: an earlier file was sent again and is now the later one: "
        "Con 20→10, Lab 10→20; control Con → Lab; it stands"
    )
    assert standing.log[-1].detail == (
        "scoreboard: Con councils −1; Con seats −10; Lab councils +1; Lab seats +10"
    )


def test_a_file_sent_again_later_before_its_council_is_known_is_the_later_one_too() -> None:
    told: list[tuple[Message, float]] = [
        (a_roster("Brindle", {"lab": 1}), 0),
        (OLD, 1),
        (NEW, 2),
        (OLD, 3),
    ]
    standing = by_hand(*told, (a_roster("Alder", {"con": 30}), 4))
    assert standing.councils[0].after == "lab"


def test_a_file_sent_again_later_is_the_later_one_after_the_night_has_changed() -> None:
    files = [m.changed(election=THE_NIGHT) for m in (OLD, NEW)]
    other = [a_result(f"Place {n}", lab=1, facts={"election": ANOTHER_NIGHT}) for n in range(3)]
    standing = by_hand(*((m, 0) for m in other), (files[0], 1), (files[1], 2), (files[0], 3))
    assert standing.date == THE_NIGHT.date
    assert standing.councils[0].after == "lab"


def test_of_two_counts_of_councils_that_of_the_later_file_stands() -> None:
    few, many = Election(councils_up=7), Election(councils_up=9)
    assert by_hand((few, 1), (many, 2)).councils_up == 9
    assert by_hand((many, 2), (few, 1)).councils_up == 9
    again = by_hand((few, 1), (many, 2), (few, 3))
    assert again.councils_up == 7
    assert again.log[-1].kind == EntryKind.CONFLICT


def test_the_same_words_from_another_file_are_said_once_and_counted_once() -> None:
    standing = by_hand((OLD, 1), (OLD, 1), (OLD, 1))
    assert [e.kind for e in standing.log.since(0)] == [EntryKind.WIN, EntryKind.DUPLICATE]
    assert standing.log[1].text == "1.json:1 says the same as 0.json; counted once"
    assert (standing.duplicates, standing.declared) == (2, 1)


@pytest.mark.parametrize("order", permutations(range(3)))
def test_a_name_of_an_unknown_party_does_not_depend_on_the_order(order: tuple[int, ...]) -> None:
    names = ("Fenland Voice", "FENLAND VOICE", "fenland voice")
    files: list[Message] = [
        a_result("Alder", n + 1, facts={"party_names": {"fv": names[n]}}, fv=3 + n) for n in order
    ]
    standing = standing_of(*files)
    assert row(standing, "fv").name == "fenland voice"
    assert standing.councils[0].seats[0].label == row(standing, "fv").label


def test_two_elections_that_come_in_by_turns_are_not_folded_whole_at_each_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folds = []
    fold = Ledger._fold

    def counted(ledger: Ledger, *told: Any) -> None:
        folds.append(told)
        fold(ledger, *told)

    monkeypatch.setattr(Ledger, "_fold", counted)
    nights = (THE_NIGHT, ANOTHER_NIGHT)
    files = [
        a_result(f"Place {n}", lab=n, facts={"election": nights[n % 2]}) for n in range(1, 202)
    ]
    standing = standing_of(*files)
    assert len(folds) <= 2 * len(files)
    assert (standing.date, standing.declared) == (THE_NIGHT.date, 100)
    assert standing.problems == ()
    assert [(each.day, each.messages) for each in standing.set_aside] == [(ANOTHER_NIGHT.date, 101)]
