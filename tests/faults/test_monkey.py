"""A few seconds of a monkey at a live desk; `python -m tests.faults.monkey` goes on for long."""

from __future__ import annotations

from pathlib import Path

from tests.faults.monkey import Monkey


def test_bursts_of_anything_leave_the_desk_alive_and_its_screen_and_standing_right(
    tmp_path: Path,
) -> None:
    monkey = Monkey(tmp_path, seed=7, size=(100, 30))
    with monkey.terminal:
        monkey.play(bursts=60)
    assert monkey.found.bursts == 60
    assert monkey.found.looks == 1
