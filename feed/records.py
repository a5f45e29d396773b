"""Dataclasses that are quick to make and quick to define: frozen to the type checker alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ["record"]

T = TypeVar("T")

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:

    def record(*, frozen: bool, slots: bool, kw_only: bool = False) -> Callable[[type[T]], type[T]]:
        """Return the decorator of a dataclass that is made in a quarter of the time.

        One that is frozen at run time too sets each field by a call. Nobody may change one that is
        made all the same, which the type checker sees to. Its methods but `__init__` are those of
        every record: a start defines a hundred, and each method that is compiled for one takes a
        tenth of a millisecond.

        Args:
            frozen: what the type checker is told; always so.
            slots: whether it has slots.
            kw_only: whether its fields are given by name alone.

        """
        del frozen

        def decorate(cls: type[T]) -> type[T]:
            made = dataclass(slots=slots, kw_only=kw_only, repr=False, eq=False)(cls)
            made.__eq__, made.__hash__ = _methods(made)
            if "__repr__" not in cls.__dict__:
                made.__repr__ = _repr
            return made

        return decorate


def _methods(kind: Any) -> tuple[Callable[[Any, object], Any], Callable[[Any], int]]:  # noqa: ANN401
    """Return what compares and hashes a record by its fields."""
    names = [field.name for field in fields(kind) if field.compare]
    values = attrgetter(*names) if names else bool

    def is_equal(self: Any, other: object) -> Any:  # noqa: ANN401
        if other.__class__ is not self.__class__:
            return NotImplemented
        return values(self) == values(other)

    def hashed(self: Any) -> int:  # noqa: ANN401
        return hash(values(self))

    return is_equal, hashed


def _repr(self: Any) -> str:  # noqa: ANN401
    said = [f"{it.name}={getattr(self, it.name)!r}" for it in fields(self) if it.repr]
    return f"{type(self).__qualname__}({', '.join(said)})"
