"""After a long silence at the keys, or a pause, the desk knows since when nobody looked."""

from __future__ import annotations

from feed.model.standing import Standing
from tests.feed.builders import a_result, a_roster, standing_of
from tests.tui.log_entries import a_standing, some_news
from tui.desk.last_look import SILENCE, LastLook


def after(declared: int) -> Standing:
    return a_standing(some_news(declared), declared=declared)


def test_a_key_after_a_long_silence_counts_from_the_key_before() -> None:
    away = LastLook.at_start(0.0).key_pressed(after(3), 10.0)
    away = away.key_pressed(after(9), 10.0 + SILENCE)
    assert away.looked_at.declared == 3
    assert away.hint(after(9)) == "While you were away: 6 declared, 6 entries · m sums them up"


def test_northern_ireland_alone_is_counted() -> None:
    told = (a_roster("Belfast", {"sf": 31}), a_result("Belfast", sf=31))
    away = LastLook.at_start(0.0).caught_up(standing_of(told[0]))
    assert away.hint(standing_of(*told)).startswith("While you were away: 1 declared, 1 entry")


def test_keys_close_together_leave_what_was_missed_as_it_is() -> None:
    away = LastLook.at_start(0.0).caught_up(after(2))
    away = away.key_pressed(after(3), 1.0).key_pressed(after(9), 2.0)
    assert away.looked_at.declared == 2


def test_a_pause_counts_from_what_stood_when_it_began() -> None:
    assert LastLook.at_start(0.0).paused_at(after(5)).looked_at.declared == 5


def test_nothing_missed_is_not_told() -> None:
    assert LastLook.at_start(0.0).caught_up(after(4)).hint(after(4)) == ""
