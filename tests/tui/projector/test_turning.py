"""Which page the wall shows when, on a clock of the test's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feed.model.entries import PlaceId
from tui.projector.scene import JustIn
from tui.projector.turning import Moment, Turning
from tui.settings.wall_pages import PageRule, WallPage

EVE = datetime(2019, 5, 3, 3, 0, tzinfo=UTC)


def moment(at: float, says: Callable[[WallPage], bool] = lambda page: page != "just-in") -> Moment:
    return Moment(at, EVE + timedelta(seconds=at), says)


def news(name: str, at: float = 0, *, changed: bool = False) -> JustIn:
    return JustIn(PlaceId(name), EVE + timedelta(seconds=at), changed)


def a_round(*pages: str, cycle: float | None = 20.0) -> Turning:
    return Turning([PageRule.parse(page) for page in pages], cycle)


def pages(turning: Turning, until: int, step: int = 1) -> list[str]:
    found: list[str] = []
    for at in range(0, until, step):
        page = turning.tick(moment(at)).page
        if not found or found[-1] != page:
            found.append(page)
    return found


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("table", PageRule("table")),
        ("table:20s", PageRule("table", 20)),
        ("just-in", PageRule("just-in")),
        ("map:2min", PageRule("map", 120)),
        ("changed:15s:if-changed", PageRule("changed", 15, "if-changed")),
        ("contests:if-complete", PageRule("contests", None, "if-complete")),
    ],
)
def test_a_rule_says_page_time_and_condition(text: str, rule: PageRule) -> None:
    assert PageRule.parse(text) == rule


@pytest.mark.parametrize(
    "text", ["", "tables", "table:20h", "table:0s", "table:if-new", "map:99999s"]
)
def test_a_rule_that_says_something_else_is_refused_with_what_may_stand_there(text: str) -> None:
    with pytest.raises(ValueError, match=r"give one of table, map|a page stays for"):
        PageRule.parse(text)


def test_pages_turn_in_their_order_and_at_their_times() -> None:
    turning = a_round("table:10s", "map:30s", "regions", cycle=20)
    assert [turning.tick(moment(at)).page for at in (0, 9, 10, 39, 40, 59, 60)] == [
        "table", "table", "map", "map", "regions", "regions", "table",
    ]  # fmt: skip


def test_without_a_time_nothing_turns_by_itself() -> None:
    assert pages(a_round("table", "map", cycle=None), 600, 10) == ["table"]


def test_a_page_that_has_nothing_to_say_is_passed_over() -> None:
    turning = a_round("table", "contests", "map")
    for at in range(0, 100, 5):
        shown = turning.tick(moment(at, lambda page: page in {"table", "map"})).page
        assert shown != "contests"
    assert shown in {"table", "map"}


def test_a_change_of_control_interrupts_at_once_and_stays_fifteen_seconds() -> None:
    turning = a_round("table", "map")
    turning.tick(moment(0))
    turning.hear([news("alder", 3, changed=True)])
    assert turning.tick(moment(3)).page == "just-in"
    assert turning.tick(moment(17)).page == "just-in"
    assert turning.tick(moment(18)).page == "table"


def test_a_hold_waits_for_its_page_to_end_and_stays_eight_seconds() -> None:
    turning = a_round("table:20s", "map")
    turning.tick(moment(0))
    turning.hear([news("alder", 3)])
    assert turning.tick(moment(10)).page == "table"
    assert turning.tick(moment(20)).page == "just-in"
    assert turning.tick(moment(27)).page == "just-in"
    assert turning.tick(moment(28)).page == "table"


def test_the_newest_change_of_control_comes_first() -> None:
    turning = a_round("table")
    turning.hear([news("hold", 1), news("first", 1, changed=True), news("last", 2, changed=True)])
    turning.hear([news("later hold", 3)])
    assert [item.subject for item in turning.waiting] == ["last", "first", "later hold", "hold"]


def test_after_two_declarations_another_page_has_its_turn() -> None:
    turning = a_round("table", "map")
    turning.hear(news(str(number), changed=True) for number in range(9))
    shown = pages(turning, 120)
    assert "table" in shown[1:]
    assert shown.count("just-in") >= 3


def test_what_waits_longer_than_ten_minutes_is_no_longer_just_in() -> None:
    turning = a_round("table:5s", "map:5s")
    turning.hold(0)
    turning.hear([news("alder", 0)])
    later = replace(moment(70), feed=EVE + timedelta(minutes=11))
    assert turning.tick(later).page != "just-in"
    assert turning.waiting == ()


def test_a_held_wall_stands_for_a_minute_and_goes_on_by_itself() -> None:
    turning = a_round("table:5s", "map:5s")
    turning.tick(moment(1))
    turning.hold(2)
    turning.hear([news("alder", 3, changed=True)])
    assert turning.tick(moment(61)).page == "table"
    assert turning.tick(moment(62)).page == "just-in"


def test_held_twice_it_goes_on() -> None:
    turning = a_round("table:5s", "map:5s")
    turning.hold(0)
    turning.hold(1)
    assert not turning.is_held(1)
    assert turning.tick(moment(6)).page == "map"


def test_turned_by_hand_it_holds_the_page() -> None:
    turning = a_round("table:5s", "map:5s", "regions:5s")
    turning.turn(-1, moment(0))
    assert turning.tick(moment(50)).page == "regions"
    turning.go("map", moment(51))
    assert turning.tick(moment(100)).page == "map"
    assert turning.tick(moment(120)).page in {"map", "regions"}


def test_a_wall_without_times_is_held_by_a_key_too() -> None:
    turning = a_round("table", "map", cycle=None)
    turning.go("map", moment(0))
    turning.hear([news("alder", 1, changed=True)])
    assert turning.tick(moment(30)).page == "map"
    assert turning.tick(moment(61)).page == "just-in"


def test_a_page_that_is_not_in_the_round_can_be_gone_to() -> None:
    turning = a_round("table", "map")
    turning.go("contests", moment(0))
    assert turning.shown().page == "contests"


def test_conditions_are_kept() -> None:
    turning = a_round("table:5s", "changed:5s:if-changed", "contests:5s:if-complete")
    shown = [
        turning.tick(Moment(at, says=lambda _page: True, changes=7 if at > 20 else 0)).page
        for at in range(0, 60, 5)
    ]
    assert shown.count("changed") == 1
    assert "contests" not in shown
    complete = Moment(60, says=lambda _page: True, is_complete=True, changes=7)
    assert turning.tick(complete).page in {"contests", "table"}


@given(
    st.lists(
        st.tuples(
            st.integers(0, 30),
            st.sampled_from(["tick", "news", "change", "turn", "hold", "forget"]),
        ),
        max_size=60,
    )
)
def test_whatever_happens_a_page_of_the_round_or_a_declaration_is_on_the_wall(
    steps: Sequence[tuple[int, str]],
) -> None:
    turning = a_round("table:5s", "map:5s", "regions:5s:if-changed")
    at = 0.0
    for number, (by, what) in enumerate(steps):
        at += by
        match what:
            case "news" | "change":
                turning.hear([news(str(number % 5), at, changed=what == "change")])
            case "turn":
                turning.turn(1, moment(at))
            case "hold":
                turning.hold(at)
            case "forget":
                turning.forget()
        shown = turning.tick(moment(at))
        assert shown.page in {"table", "map", "regions", "just-in"}
        assert (shown.page != "just-in") or shown.news is not None
        subjects = [item.subject for item in turning.waiting]
        assert len(set(subjects)) == len(subjects)
