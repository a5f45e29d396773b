"""A list that only grows, and whose old parts are packed away until somebody asks for them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Final, Generic, TypeVar, overload

from pydantic import TypeAdapter

from feed.ledger.spool import Spool

T = TypeVar("T")
BLOCK = 128
"""Items that are packed and unpacked together."""
WHOLE = 4_096
"""How many of the newest items are held as they are, at least."""
_OPEN: Final = 16
"""Old blocks that are kept open, for whoever reads on in them."""


class Packed(Sequence[T], Generic[T]):
    """Holds the newest items as they are, and those before in blocks on the disk.

    Reading one gives an equal item, not the same one. One thread may append while others read.
    """

    def __init__(self, adapter: TypeAdapter[T]) -> None:
        """Begin empty; `adapter` writes and reads an item, which is never bytes itself."""
        self._adapter = adapter
        self._size = BLOCK
        self._whole = WHOLE
        self._live: dict[int, list[T]] = {}
        self._opened: OrderedDict[int, list[T | bytes]] = OrderedDict()
        """Blocks that were asked for; an item is read when it is asked for itself."""
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
            return [self._item(at) for at in range(*index.indices(self._count))]
        if not -self._count <= index < self._count:
            raise IndexError(index)
        return self._item(index % self._count)

    def __iter__(self) -> Iterator[T]:
        return map(self._item, range(self._count))

    def _pack(self, number: int) -> None:
        try:
            written = b"\n".join(map(self._adapter.dump_json, self._live[number]))
        except ValueError:
            self._spool.put(b"")  # what cannot be written stays as it is
            return
        self._spool.put(written)
        del self._live[number]

    def _item(self, index: int) -> T:
        number, place = divmod(index, self._size)
        live = self._live.get(number)
        if live is not None:
            return live[place]
        block = self._opened.get(number)
        if block is None:
            block = self._open(number)
        item = block[place]
        if isinstance(item, bytes):
            item = block[place] = self._adapter.validate_json(item)
        return item

    def _open(self, number: int) -> list[T | bytes]:
        block: list[T | bytes] = [*self._spool.get(number).split(b"\n")]
        self._opened[number] = block
        if len(self._opened) > _OPEN:
            with suppress(KeyError):
                self._opened.popitem(last=False)
        return block
