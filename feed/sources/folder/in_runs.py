"""Sorting a great many things without holding everybody else up."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, Protocol, TypeVar

_RUN: Final = 5_000
"""Sorted at once: a few milliseconds, in which no other thread can run."""


class _Ordered(Protocol):
    def __lt__(self, other: Any, /) -> bool: ...  # noqa: ANN401


T = TypeVar("T")


def sorted_in_runs(items: Sequence[T], key: Callable[[T], _Ordered]) -> Iterable[T]:
    """Return `items` in the order of `key`, equal ones as they stand.

    One sort of 100,000 would keep the screen from being drawn for a tenth of a second.
    """
    if len(items) <= _RUN:
        return sorted(items, key=key)
    return heapq.merge(*_runs(items, key), key=key)


def _runs(items: Sequence[T], key: Callable[[T], _Ordered]) -> Iterator[list[T]]:
    for at in range(0, len(items), _RUN):
        yield sorted(items[at : at + _RUN], key=key)
