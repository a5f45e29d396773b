"""What is made of the newest view is made when it is asked for, changed and old enough."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from feed.model.intents import Intent
from feed.model.standing import Standing
from feed.model.view import SourceHealth, View
from tui.broadcast.newest import MadeOfNewest, NewestView

AT = datetime(2019, 5, 3, 1, 30, tzinfo=UTC)


class Making:
    """Makes words of how often it was asked, by a clock that the test turns."""

    def __init__(self) -> None:
        self.newest = NewestView()
        self.seconds = 0.0
        self.count = 0
        self.made = MadeOfNewest(
            self.newest,
            self._make,
            lambda: self.seconds,
            lambda: AT + timedelta(seconds=self.seconds),
        )

    def _make(self, view: View, now: datetime) -> str:
        self.count += 1
        return f"{view.mode} {now:%H:%M}"

    def asked(self, after: float = 0.0, view: View | None = None) -> int:
        """Let time pass and perhaps a view come; ask, and give how often something was made."""
        self.seconds += after
        if view is not None:
            self.newest.view = view
        self.made.get()
        return self.count


@pytest.fixture
def making() -> Making:
    return Making()


def test_nothing_is_made_before_it_is_asked_for(making: Making) -> None:
    making.newest.view = View(Standing())
    assert making.count == 0
    assert making.asked() == 1


def test_a_new_view_is_taken_after_a_second_and_not_before(making: Making) -> None:
    making.asked()
    assert making.asked(0.9, View(Standing(), "paused")) == 1
    assert making.asked(0.2) == 2


def test_the_same_view_is_made_anew_only_when_the_minute_is_another(making: Making) -> None:
    making.asked()
    assert [making.asked(10) for _ in range(5)] == [1] * 5
    assert making.asked(10) == 2


def test_what_says_the_same_has_the_same_tag(making: Making) -> None:
    first = making.made.get()
    making.asked(2, View(Standing()))
    assert making.count == 2
    assert making.made.get().tag == first.tag
    making.asked(2, View(Standing(), "paused"))
    assert making.made.get().tag != first.tag


def test_a_second_desk_gets_the_views_of_the_session_and_steers_nothing() -> None:
    newest, posts = NewestView(), []
    one: list[View] = []
    other: list[View] = []

    def make(post: Any) -> Any:
        posts.append(post)
        return None

    newest.kept_of(make)(one.append)
    first, second = View(Standing(), "paused"), View(Standing(), source=SourceHealth("ok"))
    posts[0](first)
    looking_on = newest.looked_on(other.append)
    looking_on.start()
    posts[0](second)
    looking_on.ask(Intent("toggle"))
    looking_on.stop()

    assert one == [first, second]
    assert other == [first, second]
    assert newest.view is second
