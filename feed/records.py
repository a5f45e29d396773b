"""Frozen dataclasses for what is made for every message: frozen to the type checker alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

__all__ = ["record"]

T = TypeVar("T")

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:

    def record(*, frozen: bool, slots: bool) -> Callable[[type[T]], type[T]]:
        """Return the decorator of a dataclass that is made in a quarter of the time.

        One that is frozen at run time too sets each field by a call. Nobody may change one that is
        made all the same, which the type checker sees to.

        Args:
            frozen: what the type checker is told; always so.
            slots: whether it has slots.

        """
        return dataclass(slots=slots, unsafe_hash=frozen)
