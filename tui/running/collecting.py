"""Garbage collected in small parts, so that no pause grows with the night."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

_PARTS: Final = (2_000, 4, 60)
_OF_A_LOAD: Final = (200_000, 1_000_000, 1_000_000)
"""Thresholds while a full folder is read: what one collection has looked at is set aside."""
_SET_ASIDE_AFTER: Final = 600_000
"""Blocks of memory that have come to stay before they are set aside; a long night has half of them.

What is set aside is never given back, and lines of cells are among it: not before it must be.
Blocks are counted and not the objects themselves: to list those while another thread builds a
tuple makes that thread fail (CPython issue 39117).
"""
_PILED_UP: Final = 10
"""Collections of a part after which a whole one is worth its time."""
_stays: list[object] = []
T = TypeVar("T")


@contextmanager
def small_collections() -> Iterator[None]:
    """Collect often and little while a screen is shown, and set aside what has come to stay.

    A whole collection is for moments of rest: a key would wait for it.

    Textual's lines of cells hold themselves, so they are all left to the collector: it must run
    often. A night's entries only pile up: going through them again would stop the screen for a
    longer time with every hour.
    """
    before = gc.get_threshold()
    gc.set_threshold(*_PARTS)
    gc.freeze()
    known = sys.getallocatedblocks()

    def set_aside(phase: str, collection: dict[str, int]) -> None:
        nonlocal known
        if phase == "stop" and gc.get_threshold() == _OF_A_LOAD:
            gc.freeze()
        whole = phase == "stop" and collection["generation"] == 2
        if whole and sys.getallocatedblocks() - known > _SET_ASIDE_AFTER:
            gc.freeze()
            known = sys.getallocatedblocks()

    gc.callbacks.append(set_aside)
    try:
        yield
    finally:
        gc.callbacks.remove(set_aside)
        gc.set_threshold(*before)
        gc.unfreeze()


def collect_for(*, loads: bool) -> None:
    """Collect as it suits a desk that reads a full folder, or one that does not.

    What is read stays: it is gone through once, and set aside.
    """
    wanted = _OF_A_LOAD if loads else _PARTS
    if gc.get_threshold() in {_PARTS, _OF_A_LOAD} and gc.get_threshold() != wanted:
        gc.set_threshold(*wanted)
        gc.freeze()


def collect_at_rest() -> bool:
    """Collect everything where enough has piled up; say whether it had."""
    piled_up = gc.get_threshold() == _PARTS and gc.get_count()[2] >= _PILED_UP
    if piled_up:
        gc.collect()
    return piled_up


def made_to_stay(make: Callable[[], T]) -> T:
    """Return what is to last as long as the process, made while nothing looks for garbage in it.

    Args:
        make: makes it; a night out of a saved feed is a million objects.

    """
    gc.disable()
    try:
        made = make()
    finally:
        gc.freeze()
        gc.enable()
    _stays[:] = [made]
    return made


def leave_what_stays() -> None:
    """Let the process end without taking apart, piece by piece, what was made to stay.

    What holds itself is left to the collector, which passes over what is set aside.
    """
    if _stays:
        _stays.append(_stays)
    gc.freeze()
