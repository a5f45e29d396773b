"""Whoever looks on has the newest frame, however late, slow or stuck they or others are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.style import Style

from tests.tui.broadcast.pictures import HEIGHT, LookerOn, a_row, a_screen
from tui.broadcast.broadcaster import MOST_IN_FLIGHT, Broadcaster

STYLES = (None, Style(color="red"), Style(bold=True, bgcolor="#112233"), Style(reverse=True))


def a_broadcast(*rows: str) -> Broadcaster:
    broadcaster = Broadcaster()
    broadcaster.paint(a_screen(*rows))
    broadcaster.advance()
    return broadcaster


def test_who_comes_late_gets_the_whole_screen_first_and_then_what_differs() -> None:
    broadcaster = a_broadcast("Trafford", "Bolton")
    broadcaster.paint(a_row(0, "Hull"))
    broadcaster.advance()
    late = LookerOn(broadcaster)
    assert late.look() == "Hull\nBolton"

    broadcaster.paint(a_row(0, "Wirral"))
    broadcaster.advance()

    frame = late.take()
    assert "Wirral" in frame
    assert "Bolton" not in frame


def test_nothing_is_sent_before_something_is_drawn_or_twice() -> None:
    broadcaster = Broadcaster()
    somebody = LookerOn(broadcaster)
    assert not broadcaster.advance()
    assert not somebody.take()

    broadcaster.paint(a_screen("Trafford"))
    assert broadcaster.advance()
    assert somebody.take()
    assert not somebody.take()
    broadcaster.paint(a_screen("Trafford"))
    assert not broadcaster.advance()


def test_what_was_painted_since_the_frame_is_in_no_whole_frame() -> None:
    broadcaster = a_broadcast("Trafford")
    broadcaster.paint(a_row(0, "Hull"))
    late = LookerOn(broadcaster)
    assert late.look() == "Trafford"
    broadcaster.advance()
    assert late.look() == "Hull"


def test_who_missed_a_frame_goes_on_with_the_newest_whole() -> None:
    broadcaster = a_broadcast("Trafford", "Bolton")
    slow = LookerOn(broadcaster)
    slow.look()
    for name in ("Hull", "York"):
        broadcaster.paint(a_row(0, name))
        broadcaster.advance()

    frame = slow.take()

    assert "Hull" not in frame
    assert "Bolton" in frame
    assert slow.look() == "York\nBolton"


def test_who_shows_nothing_is_sent_so_many_frames_and_then_the_newest_alone() -> None:
    broadcaster = a_broadcast("0")
    stuck, other = LookerOn(broadcaster), LookerOn(broadcaster)
    taken = [bool(stuck.take())]
    for number in range(1, 50):
        broadcaster.paint(a_row(0, str(number)))
        broadcaster.advance()
        taken.append(bool(stuck.take()))
        assert other.look() == str(number)
    assert sum(taken) == MOST_IN_FLIGHT

    stuck.say()

    assert stuck.look() == "49"


def test_a_frame_that_is_not_on_its_way_cannot_have_been_shown() -> None:
    broadcaster = a_broadcast("Trafford")
    somebody = LookerOn(broadcaster)
    somebody.take()
    for number in (0, 2):
        with pytest.raises(ValueError, match="not on its way"):
            somebody.viewer.has_shown(number)
    somebody.say()
    with pytest.raises(ValueError, match="not on its way"):
        somebody.viewer.has_shown(1)


def test_the_title_comes_with_the_whole_screen_and_when_it_changes() -> None:
    broadcaster = a_broadcast("Trafford")
    early = LookerOn(broadcaster)
    assert "\x1b]2;" not in early.take()
    broadcaster.name("112 of 248")
    assert broadcaster.advance()
    assert early.take() == "\x1b]2;112 of 248\x07"
    assert "\x1b]2;112 of 248\x07" in LookerOn(broadcaster).take()


painted = st.tuples(
    st.integers(0, HEIGHT - 1), st.text("ab█漢 ", max_size=12), st.sampled_from(STYLES)
)
turns = st.lists(st.one_of(painted, st.just("advance"), st.integers(0, 2)), max_size=40)


@settings(deadline=None)
@given(turns)
def test_all_see_the_same_whatever_way_they_have_come(
    said: list[tuple[int, str, Style | None] | str | int],
) -> None:
    broadcaster = a_broadcast("Trafford", "Bolton", "Hull")
    many = [LookerOn(broadcaster) for _ in range(3)]
    for turn in said:
        if isinstance(turn, tuple):
            broadcaster.paint(a_row(*turn))
        elif isinstance(turn, int):
            many[turn].take()
        else:
            broadcaster.advance()
    broadcaster.advance()

    for each in many:
        each.say()
        each.take()
    fresh = LookerOn(broadcaster)
    fresh.take()
    assert all(each.cells == fresh.cells for each in many)
