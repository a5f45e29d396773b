"""Where the desk is shown, and that threads take short turns only while it is."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from tui.running import launch
from tui.running import plain as lines
from tui.running.launch import short_turns
from tui.running.start import run
from tui.running.static import still_replay
from tui.settings.options import Options


def test_threads_take_short_turns_while_the_screen_is_shown_and_their_own_after_it() -> None:
    before = sys.getswitchinterval()
    with short_turns():
        assert sys.getswitchinterval() <= before / 5

    assert sys.getswitchinterval() == before


@pytest.mark.parametrize(
    ("driver", "plain", "shown"),
    [
        ("", False, "lines"),
        ("some.module:Driver", False, "screen"),
        ("some.module:Driver", True, "lines"),
    ],
)
def test_a_driver_that_was_named_is_a_screen_also_without_a_terminal(
    driver: str, shown: str, monkeypatch: pytest.MonkeyPatch, *, plain: bool
) -> None:
    called: list[str] = []

    def as_(what: str) -> Callable[..., int]:
        def run_it(*_: object, **_named: object) -> int:
            called.append(what)
            return 0

        return run_it

    monkeypatch.setenv("TEXTUAL_DRIVER", driver)
    monkeypatch.setattr(launch, "show", as_("screen"))
    monkeypatch.setattr(lines, "run_plain", as_("lines"))
    run(lambda _post: still_replay(_post, [], None), Options(), plain=plain)
    assert called == [shown]
