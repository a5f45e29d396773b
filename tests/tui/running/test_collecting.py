"""While a screen is shown, what stays for the night is not gone through again and again."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

import pytest

from tui.running.collecting import collect_at_rest, collect_for, made_to_stay, small_collections

ROOT = Path(__file__).parents[3]


class Link:
    """One of two that hold each other."""

    def __init__(self) -> None:
        self.other: Link = self


def test_what_has_piled_up_is_set_aside_and_cycles_are_still_found() -> None:
    kept = gc.get_threshold()
    with small_collections():
        assert gc.get_threshold()[0] < 10_000
        night = [[number] for number in range(300_000)]
        gc.collect()
        assert gc.get_freeze_count() > 300_000
        for _ in range(10):
            Link()
        assert gc.collect() >= 10
        assert len(night) == 300_000

    assert gc.get_threshold() == kept
    assert gc.get_freeze_count() == 0


def test_what_a_load_reads_is_gone_through_once_and_set_aside() -> None:
    with small_collections():
        collect_for(loads=True)
        before = gc.get_freeze_count()
        night = [[number] for number in range(600_000)]
        assert gc.get_freeze_count() - before > 300_000
        collect_for(loads=False)
        assert gc.get_freeze_count() - before > len(night)
        assert gc.get_threshold()[0] < 10_000
    assert len(night) == 600_000


def test_outside_a_screen_a_load_changes_nothing_about_collecting() -> None:
    kept = gc.get_threshold()
    collect_for(loads=True)
    assert gc.get_threshold() == kept


def test_a_whole_collection_waits_for_a_moment_of_rest() -> None:
    assert not collect_at_rest()
    whole: list[object] = []

    def told(phase: str, about: dict[str, int]) -> None:
        if phase == "stop" and about["generation"] == 2:
            whole.append(phase)

    with small_collections():
        gc.collect()
        gc.callbacks.append(told)
        try:
            assert not collect_at_rest()
            for _ in range(200_000):
                Link()
            assert not whole
            assert collect_at_rest()
            assert whole
            assert not collect_at_rest()
        finally:
            gc.callbacks.remove(told)


def test_no_module_of_ours_lists_the_objects_of_other_threads() -> None:
    ours = [path for room in ("feed", "tui") for path in (ROOT / room).rglob("*.py")]
    found = [path.name for path in ours if "get_objects(" in path.read_text(encoding="utf-8")]
    assert found == []


def test_nothing_is_collected_while_what_is_to_stay_is_made() -> None:
    assert made_to_stay(gc.isenabled) is False
    assert gc.isenabled()
    assert gc.get_freeze_count() > 0
    with pytest.raises(ZeroDivisionError):
        made_to_stay(lambda: 1 // 0)
    assert gc.isenabled()
    gc.unfreeze()


def test_what_was_made_to_stay_is_not_taken_apart_when_the_process_ends() -> None:
    ends = """
from tui.running.collecting import leave_what_stays, made_to_stay

class Told:
    def __del__(self):
        print("taken apart")

made_to_stay(Told)
print("made")
leave_what_stays()
"""
    said = subprocess.run(
        [sys.executable, "-c", ends], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert said.stdout == "made\n"
