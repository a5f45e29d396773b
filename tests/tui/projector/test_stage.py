"""What a presenter's wall shows is a value; a wall that follows it shows the same, and no more."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feed.model.entries import PlaceId
from feed.model.intents import Intent
from feed.model.parties import NOC
from feed.model.standing import Standing
from feed.model.view import SourceHealth
from tests.tui.desk_app import night_of, replay_desk, running, settled, until
from tests.tui.standings import declared_in
from tui.panes.messages import StandingReady
from tui.projector.scene import JustIn, by_subject
from tui.projector.screen import ProjectorScreen
from tui.projector.stage import Stage, stage_of
from tui.projector.turning import Moment, Reveal, Shown, Turning
from tui.settings.options import Options
from tui.settings.wall_pages import WALL_PAGES

NIGHT = night_of("england-2024")
BEFORE, AFTER = NIGHT.at(len(NIGHT) - 60), NIGHT.edge()
SUBJECTS = st.text(min_size=1, max_size=12).map(PlaceId)


def shown_by(reveal: Reveal, standing: Standing) -> Stage:
    known = by_subject(reveal.staged(standing)).values()
    return stage_of("table", None, reveal.waiting, known)


@given(
    st.builds(
        Stage,
        st.sampled_from(WALL_PAGES),
        st.none() | SUBJECTS,
        st.lists(SUBJECTS, unique=True).map(tuple),
        st.dictionaries(SUBJECTS, st.integers(0, 99)),
    )
)
def test_a_stage_is_the_same_after_its_way_as_json(stage: Stage) -> None:
    assert Stage.from_json(stage.to_json()) == stage


@pytest.mark.parametrize(
    "text",
    [
        b"", b"[]", b"\xff", b"{}", b'{"page": "desk"}', b'{"page": ["map"]}',
        b'{"page": "map", "news": 4}', b'{"page": "map", "waiting": "E07000146"}',
        b'{"page": "map", "waiting": [1]}', b'{"page": "map", "told": ["E07000146"]}',
        b'{"page": "map", "told": {"E07000146": true}}', b"[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_stage_is_refused(text: bytes) -> None:
    with pytest.raises(ValueError, match="the stage"):
        Stage.from_json(text)


def test_a_field_of_a_later_version_is_left_aside() -> None:
    assert Stage.from_json(b'{"page":"map","speed":3}') == Stage("map")


def test_a_wall_that_follows_knows_what_the_presenters_room_knows_at_every_reveal() -> None:
    presenter, follower = Reveal(BEFORE), Reveal(BEFORE)
    presenter.take(AFTER)
    follower.take(AFTER)
    while True:
        follower.follow(shown_by(presenter, AFTER))
        assert follower.waiting == presenter.waiting
        assert follower.staged(AFTER) == presenter.staged(AFTER)
        if presenter.reveal() is None:
            break


def test_a_wall_that_comes_late_keeps_back_what_the_presenter_has_not_revealed() -> None:
    presenter, late = Reveal(BEFORE), Reveal(AFTER)
    presenter.take(AFTER)
    presenter.reveal()
    late.follow(shown_by(presenter, AFTER))
    assert late.waiting == presenter.waiting
    assert declared_in(late.staged(AFTER)) == declared_in(presenter.staged(AFTER))


def test_what_the_presenter_has_not_heard_yet_waits_too() -> None:
    presenter, follower = Reveal(BEFORE), Reveal(BEFORE)
    follower.take(AFTER)
    follower.follow(shown_by(presenter, BEFORE))
    assert declared_in(follower.staged(AFTER)) == declared_in(BEFORE)


def test_a_correction_waits_until_the_presenter_has_told_it() -> None:
    council = next(it for it in BEFORE.councils if it.status == "declared")
    corrected = replace(council, after=NOC, revision=council.revision + 1)
    councils = tuple(corrected if it is council else it for it in BEFORE.councils)
    now = replace(BEFORE, councils=councils, steps=BEFORE.steps + 1)
    presenter, follower = Reveal(BEFORE), Reveal(BEFORE)
    follower.take(now)
    follower.follow(shown_by(presenter, BEFORE))
    assert follower.staged(now).council(council.id) == council
    presenter.take(now)
    presenter.reveal()
    follower.follow(shown_by(presenter, now))
    assert follower.staged(now).council(council.id) == corrected


def test_a_wall_that_follows_turns_by_nothing_else_until_it_is_let_go() -> None:
    turning = Turning(cycle=20.0)
    turning.follow(Shown("regions"))
    turning.hear([JustIn(PlaceId("Trafford"), None, changed=True)])
    pages = [turning.tick(Moment(float(at))).page for at in range(0, 120, 5)]
    assert set(pages) == {"regions"}
    turning.follow(None)
    assert turning.tick(Moment(121.0)).page == "just-in"


def test_a_key_holds_a_wall_that_follows_for_its_minute_or_until_the_next_page() -> None:
    turning = Turning(cycle=20.0)
    turning.follow(Shown("regions"))
    turning.go("table", Moment(0.0))
    assert turning.tick(Moment(59.0)).page == "table"
    assert turning.tick(Moment(61.0)).page == "regions"
    turning.go("table", Moment(62.0))
    turning.follow(Shown("map"))
    assert turning.tick(Moment(63.0)).page == "map"


async def test_a_wall_shows_the_stage_that_it_is_given_and_goes_on_alone_after() -> None:
    app = replay_desk("04:40")
    async with running(app, (100, 30)) as pilot:
        await pilot.press("v")
        await settled(app, pilot)
        wall = app.screen
        assert isinstance(wall, ProjectorScreen)
        whole = wall.stage
        kept_back = next(iter(declared_in(wall.staged)))
        told = {it: revision for it, revision in whole.told.items() if it != kept_back}
        wall.show_stage(Stage("regions", None, (PlaceId(kept_back),), told))
        assert (wall.page, *wall.waiting) == ("regions", kept_back)
        await pilot.press("space", "A")
        await settled(app, pilot)
        assert list(wall.waiting) == [kept_back]
        wall.show_stage(replace(whole, page="just-in", news=PlaceId(kept_back)))
        assert (wall.page, wall.stage.page) == ("just-in", "just-in")
        assert wall.stage.news == kept_back
        assert not wall.waiting
        wall.show_stage(None)
        assert wall.stage.told == whole.told


def told(page: str, **facts: object) -> SourceHealth:
    return SourceHealth("ok", stage=Stage(page, **facts).to_json().decode())  # type: ignore[arg-type]


async def test_a_wall_shows_what_comes_over_the_hub_until_s_lets_it_go_on_alone() -> None:
    app = replay_desk("12:00", look=Options(view="projector", stage=True))
    async with running(app, (120, 36)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ProjectorScreen))
        wall = app.screen
        assert isinstance(wall, ProjectorScreen)
        view = wall._view

        def hear(health: SourceHealth) -> None:
            wall._take(StandingReady(replace(view, source=health)))

        knows = {it.id: it.revision for it in view.standing.all_councils}
        trafford = next(it.id for it in view.standing.councils if it.name == "Trafford")
        hear(told("just-in", news=trafford, told=knows))
        await settled(app, pilot)
        assert "declared 03:45 BST" in app.text
        hear(told("regions", told=knows))
        assert wall.page == "regions"
        hear(told("table", told={}))
        assert wall.staged.declared == 0
        hear(SourceHealth("ok", stage="{"))
        await settled(app, pilot)
        assert "The presenter's wall cannot be followed" in app.text
        await pilot.press("S")
        await settled(app, pilot)
        assert wall.staged.declared == view.standing.declared
        assert "This wall goes on alone" in app.text


async def test_what_a_wall_shows_is_told_once_each_time() -> None:
    app = replay_desk("12:00", look=Options(view="projector"))
    async with running(app, (120, 36)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ProjectorScreen))
        asked = list[Intent]()
        app.session = SimpleNamespace(ask=asked.append, stop=list)
        await pilot.press("2")
        await settled(app, pilot)
        await pilot.press("5")
        await settled(app, pilot)
    pages = [Stage.from_json(intent.text.encode()).page for intent in asked]
    assert pages == ["map", "regions"]
