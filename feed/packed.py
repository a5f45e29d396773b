"""A list that only grows, and whose old parts are packed away until somebody asks for them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain
from typing import Final, Generic, TypeVar, overload

from pydantic import TypeAdapter

from feed.spool import Spool

T = TypeVar("T")
BLOCK = 128
"""Items that are packed and unpacked together."""
WHOLE = 4_096
"""How many of the newest items are held as they are, at least."""
_OPEN: Final = 16
"""Old blocks that are kept unpacked, for whoever reads on in them."""


class Packed(Sequence[T], Generic[T]):
    """Holds the newest items as they are, and those before in blocks on the disk.

    Reading one gives an equal item, not the same one. One thread may append while others read.
    """

    def __init__(self, adapter: TypeAdapter[list[T]]) -> None:
        """Begin empty; `adapter` writes and reads a block of items."""
        self._adapter = adapter
        self._size = BLOCK
        self._whole = WHOLE
        self._live: dict[int, list[T]] = {}
        self._unpacked: OrderedDict[int, list[T]] = OrderedDict()
        self._spool = Spool()
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def append(self, item: T) -> None:
        """Put an item at the end; one that has become old is packed with its neighbours."""
        number = self._count // self._size
        self._live.setdefault(number, []).append(item)
        self._count += 1
        oldest = len(self._spool)
        if self._count - (oldest + 1) * self._size > self._whole:
            self._pack(oldest)

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> list[T]: ...

    def __getitem__(self, index: int | slice) -> T | list[T]:
        if isinstance(index, slice):
            start, stop, step = index.indices(self._count)
            return list(self._between(start, stop)) if step == 1 else [*self][index]
        if not -self._count <= index < self._count:
            raise IndexError(index)
        number, place = divmod(index % self._count, self._size)
        return self._block(number)[place]

    def __iter__(self) -> Iterator[T]:
        return self._between(0, self._count)

    def _pack(self, number: int) -> None:
        try:
            written = self._adapter.dump_json(self._live[number])
        except ValueError:
            self._spool.put(b"")  # what cannot be written stays as it is
            return
        self._spool.put(written)
        del self._live[number]

    def _between(self, start: int, stop: int) -> Iterator[T]:
        if start >= stop:
            return iter(())
        first = start // self._size
        blocks = (self._block(number) for number in range(first, (stop - 1) // self._size + 1))
        low = first * self._size
        return chain.from_iterable(
            block[max(0, start - at) : stop - at]
            for at, block in zip(range(low, stop, self._size), blocks, strict=True)
        )

    def _block(self, number: int) -> list[T]:
        live = self._live.get(number)
        if live is not None:
            return live
        block = self._unpacked.get(number)
        if block is None:
            block = self._adapter.validate_json(self._spool.get(number))
            self._unpacked[number] = block
            if len(self._unpacked) > _OPEN:
                with suppress(KeyError):
                    self._unpacked.popitem(last=False)
        return block
