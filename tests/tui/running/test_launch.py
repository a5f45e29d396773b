"""While the screen is shown, threads take short turns, and afterwards their own again."""

import sys

from tui.running.launch import short_turns


def test_threads_take_short_turns_while_the_screen_is_shown_and_their_own_after_it() -> None:
    before = sys.getswitchinterval()
    with short_turns():
        assert sys.getswitchinterval() < before / 5

    assert sys.getswitchinterval() == before
