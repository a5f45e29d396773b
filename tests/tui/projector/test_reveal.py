"""Declarations wait for the presenter, each is shown once, and no figure is counted before."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from feed.model.standing import Standing
from feed.rules.scoreboard import scoreboard
from tests.tui.desk_app import night_of
from tests.tui.standings import declared_in
from tui.projector.scene import by_subject
from tui.projector.turning import Reveal, share_of

NIGHT = night_of("england-2019")


def standings(count: int) -> list[Standing]:
    step = len(NIGHT) // count
    return [NIGHT.at(position) for position in range(len(NIGHT) // 2, len(NIGHT), step)]


@pytest.mark.parametrize("feed", ["england-2018", "england-2019", "england-2024"])
def test_a_scoreboard_of_what_councils_say_is_the_scoreboard_of_the_night(feed: str) -> None:
    night = night_of(feed)
    for position in (len(night) // 3, len(night)):
        standing = night.at(position)
        shares = [share_of(it) for it in standing.councils if it.status == "declared"]
        known = [row.party for row in standing.scoreboard.rows]
        made = scoreboard(shares, known, standing.party_names)
        assert replace(made, changed_size=0) == replace(standing.scoreboard, changed_size=0)


def test_nothing_waits_of_what_stood_at_the_start() -> None:
    edge = NIGHT.edge()
    reveal = Reveal(edge)
    reveal.take(edge)
    assert reveal.waiting == ()
    assert reveal.staged(edge) is edge


def test_what_declares_waits_and_is_counted_nowhere_until_it_is_revealed() -> None:
    before, after = NIGHT.at(len(NIGHT) - 60), NIGHT.edge()
    reveal = Reveal(before)
    reveal.take(after)
    assert set(reveal.waiting) == declared_in(after) - declared_in(before)
    staged = reveal.staged(after)
    assert staged.declared == before.declared
    assert staged.scoreboard == before.scoreboard
    assert staged.steps == after.steps
    council = reveal.reveal()
    assert council is not None
    shown = reveal.staged(after)
    assert declared_in(shown) - declared_in(before) == {council.id}
    assert by_subject(shown)[council.id] == council


def test_revealed_to_the_end_the_wall_shows_the_night() -> None:
    reveal = Reveal(NIGHT.at(len(NIGHT) // 2))
    edge = NIGHT.edge()
    reveal.take(edge)
    while reveal.reveal() is not None:
        pass
    assert reveal.staged(edge) == edge


@pytest.mark.parametrize("seed", range(4))
def test_whenever_the_presenter_presses_every_declaration_is_shown_once(seed: int) -> None:
    random, steps = Random(seed), standings(120)
    reveal, shown = Reveal(steps[0]), list[str]()
    for standing in steps:
        reveal.take(standing)
        for _ in range(random.randrange(4)):
            council = reveal.reveal()
            shown += [] if council is None else [council.id]
    while (council := reveal.reveal()) is not None:
        shown.append(council.id)
    assert set(shown) == declared_in(steps[-1]) - declared_in(steps[0])
    assert len(shown) == len(set(shown))


def test_who_wins_a_post_waits_too_and_is_known_nowhere_before() -> None:
    edge = night_of("england-2024").edge()
    reveal = Reveal(replace(edge, contests=()))
    reveal.take(replace(edge, steps=edge.steps + 1))
    declared = [it for it in edge.contests if it.status == "declared"]
    assert set(reveal.waiting) == {it.id for it in declared}
    staged = reveal.staged(edge)
    assert {it.status for it in staged.contests} == {"expected"}
    assert not any(it.winner or it.winner_name or it.majority for it in staged.contests)
    assert not any(votes or won for it in staged.contests for _, _, votes, won in it.candidates)
    assert len(staged.contests) == len(edge.contests)
    first = reveal.reveal()
    assert first in declared
    assert first in reveal.staged(edge).contests


def test_gone_back_in_the_night_nothing_waits() -> None:
    edge, before = NIGHT.edge(), NIGHT.at(len(NIGHT) // 2)
    reveal = Reveal(before)
    reveal.take(edge)
    reveal.take(before)
    assert reveal.waiting == ()
    assert reveal.staged(before) is before


def test_a_result_that_is_withdrawn_while_it_waits_is_never_shown() -> None:
    before, after = NIGHT.at(len(NIGHT) - 60), NIGHT.edge()
    reveal = Reveal(before)
    reveal.take(after)
    gone = reveal.waiting[0]
    councils = tuple(
        replace(it, status="expected", after=None) if it.id == gone else it for it in after.councils
    )
    reveal.take(replace(after, councils=councils, steps=after.steps + 1))
    assert gone not in reveal.waiting
