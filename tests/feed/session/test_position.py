"""A viewer's place in a night: live, paused, looking back, in a replay."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from feed.ledger.night import Night
from feed.model.intents import Intent
from feed.session.position import REST, ViewerPosition, replay_transport
from tests.feed.builders import a_result, minutes, steps

TOLD = steps(*(a_result(f"Place {n}", lab=n + 1) for n in range(6)))
LIVE = ViewerPosition(live=True, mode="live")


def a_night(count: int = 6) -> Night:
    night = Night()
    night.extend(TOLD[:count])
    return night


def asked(place: ViewerPosition, night: Night, *intents: Any) -> ViewerPosition:
    for intent in intents:
        place = place.asked(intent if isinstance(intent, Intent) else Intent(intent), night)
    return place


def live(night: Night) -> ViewerPosition:
    return LIVE.followed(night)


def a_replay(night: Night, **facts: Any) -> ViewerPosition:
    transport = replay_transport(TOLD, speed=60.0, **facts)
    return ViewerPosition(live=False, mode="replay", transport=transport).loaded(night)


BACK = Intent("step", direction=-1)
ON = Intent("step")


def test_live_it_goes_along_with_the_edge() -> None:
    night = a_night(3)
    place = live(night)
    assert (place.position, place.mode, place.shown(night)) == (3, "live", None)
    night.extend(TOLD[3:])
    assert place.followed(night).position == 6


def test_paused_it_stays_while_the_night_goes_on_and_then_is_at_the_edge_again() -> None:
    night = a_night(3)
    paused = asked(live(night), night, "toggle")
    night.extend(TOLD[3:])
    paused = paused.followed(night)
    assert (paused.mode, paused.position) == ("paused", 3)
    assert asked(paused, night, "toggle") == live(night)


def test_a_step_back_looks_back_and_steps_on_come_to_the_edge_again() -> None:
    night = a_night()
    back = asked(live(night), night, BACK, BACK)
    assert (back.mode, back.position) == ("review", 4)
    assert asked(back, night, ON, ON) == live(night)
    assert asked(back, night, "edge") == live(night)


def test_looking_back_it_stays_while_the_night_goes_on_and_its_bar_reaches_further() -> None:
    night = a_night(3)
    back = asked(live(night), night, BACK)
    night.extend(TOLD[3:])
    back = back.followed(night)
    shown = back.shown(night)
    assert shown is not None
    assert (back.position, shown.end) == (2, minutes(5))


def test_played_from_the_past_it_catches_up_with_what_came_in_the_meantime() -> None:
    night = a_night(3)
    back = asked(live(night), night, Intent("position", number=1), "toggle")
    assert back.moves
    night.extend(TOLD[3:])
    back = back.followed(night)
    for _ in range(20):
        back = back.passed(0.5, night)
    assert back == live(night)


def test_a_seek_finds_the_moment_and_keeps_playing_if_it_played() -> None:
    night = a_night()
    place = asked(live(night), night, Intent("seek", moment=minutes(2)))
    assert (place.mode, place.position, place.moves) == ("review", 3, False)
    playing = asked(place, night, "toggle", Intent("seek", moment=minutes(1)))
    assert (playing.position, playing.moves) == (2, True)


def test_a_nudge_moves_by_seconds_and_at_the_end_is_live() -> None:
    night = a_night()
    back = asked(live(night), night, Intent("nudge", seconds=-150))
    assert back.position == 3
    assert asked(back, night, Intent("nudge", seconds=9999)) == live(night)


def test_a_seek_to_what_came_since_is_possible() -> None:
    night = a_night(3)
    back = asked(live(night), night, BACK)
    night.extend(TOLD[3:])
    sought = asked(back.followed(night), night, Intent("seek", moment=minutes(4)))
    assert sought.position == 5


def test_an_entry_is_gone_to() -> None:
    night = a_night()
    assert asked(live(night), night, Intent("entry", number=2)).position == 2


def test_before_anything_has_come_there_is_nothing_to_look_back_on() -> None:
    night = Night()
    for intent in (BACK, ON, "edge", Intent("seek", moment=minutes(1)), "faster", "stop"):
        assert asked(live(night), night, intent) == live(night)


def test_a_replay_opens_before_its_first_news_and_ends_paused_with_all_of_it() -> None:
    night = a_night()
    place = a_replay(night)
    assert place.position == 0
    for _ in range(12):
        place = place.passed(0.5, night)
    assert (place.position, place.moves, place.mode) == (6, False, "replay")


def test_a_replay_shows_each_moment_as_its_clock_comes_to_it() -> None:
    night = a_night()
    place = a_replay(night).passed(1.02, night)
    assert place.position == 2
    assert place.passed(1.0, night).position == 3


def test_a_loop_rests_at_the_end_and_begins_again() -> None:
    night = a_night()
    place = a_replay(night, loop=True)
    for _ in range(8):
        place = place.passed(1.0, night)
    assert (place.position, place.moves) == (6, True)
    place = place.passed(REST, night)
    assert (place.position, place.moves) == (0, True)


def test_played_again_from_its_end_a_replay_begins_anew() -> None:
    night = a_night()
    ended = asked(a_replay(night), night, "edge")
    assert (ended.position, ended.moves) == (6, False)
    again = asked(ended, night, "toggle")
    assert (again.position, again.moves) == (0, True)


def test_a_step_pauses_a_replay_where_it_goes() -> None:
    night = a_night()
    place = asked(a_replay(night), night, ON, ON)
    shown = place.shown(night)
    assert shown is not None
    assert (place.position, place.moves, shown.now) == (2, False, minutes(1))
    assert asked(place, night, BACK, BACK, BACK).position == 0


def test_speed_loop_and_limit_are_set_on_a_replay_and_mean_nothing_live() -> None:
    night = a_night()
    replay = a_replay(night)
    sets = ("faster", "slower", "loop", Intent("normal"), Intent("gap", seconds=2.0))
    for intent in sets:
        assert asked(live(night), night, intent) == live(night)
    transport = asked(replay, night, "faster", "loop", Intent("gap", seconds=2.0)).transport
    assert transport is not None
    assert (transport.speed, transport.loop, transport.gap_limit) == (120.0, True, 2.0)
    slow = asked(replay, night, "slower", Intent("gap")).transport
    assert slow is not None
    assert (slow.speed, slow.gap_limit) == (30.0, None)
    normal = asked(replay, night, Intent("normal")).transport
    assert normal is not None
    assert normal.speed == 1.0


INTENTS = st.one_of(
    st.sampled_from(["toggle", "edge", "faster", "slower", "loop"]).map(Intent),  # type: ignore[arg-type]
    st.builds(Intent, st.just("step"), st.sampled_from(["entry", "declaration", "change"]),
              st.sampled_from([1, -1])),
    st.integers(-2, 9).map(lambda n: Intent("position", number=n)),
    st.floats(-9, 9).map(lambda minute: Intent("seek", moment=minutes(minute))),
    st.floats(-900, 900).map(lambda seconds: Intent("nudge", seconds=seconds)),
)  # fmt: skip


@settings(max_examples=150, deadline=None, derandomize=True)
@given(moves=st.lists(st.one_of(INTENTS, st.floats(0, 3), st.just(None)), max_size=20),
       is_live=st.booleans())  # fmt: skip
def test_whatever_is_asked_the_place_is_within_the_night_and_the_edge_leads_home(
    moves: list[Any], *, is_live: bool
) -> None:
    night = a_night(2 if is_live else 6)
    place = live(night) if is_live else a_replay(night)
    for move in moves:
        if isinstance(move, Intent):
            place = place.asked(move, night)
        elif move is None and is_live and len(night) < 6:
            night.extend([TOLD[len(night)]])
            place = place.followed(night)
        else:
            place = place.passed(move or 0.1, night)
        shown = place.shown(night)
        assert 0 <= place.position <= len(night)
        assert (place.mode == "live") == (is_live and shown is None and place.mode != "paused")
        assert shown is None or shown.start <= shown.now <= shown.end
        if place.mode == "live":
            assert place.position == len(night)
    home = place.asked(Intent("edge"), night)
    assert home.position == len(night)
    assert home == live(night) if is_live else not home.moves


def test_a_place_is_a_value() -> None:
    night = a_night()
    assert replace(live(night)) == live(night)
