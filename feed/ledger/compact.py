"""A table of very many short records, each in as many bytes as it has."""

from __future__ import annotations

from typing import Final

_SHARDS: Final = 2_048


class CompactTable:
    """Keys and values of fixed lengths, in some thousand runs of bytes.

    A dictionary takes five times the room. The first two bytes of a key choose the run, so keys
    are digests, or as evenly spread.
    """

    def __init__(self, key: int, value: int) -> None:
        """Begin empty, with keys and values of so many bytes each."""
        self._key = key
        self._record = key + value
        self._shards = [bytearray() for _ in range(_SHARDS)]

    def get(self, key: bytes) -> bytes | None:
        """Return the value of a key, if it is known."""
        shard, at = self._find(key)
        return None if at < 0 else bytes(shard[at + self._key : at + self._record])

    def put(self, key: bytes, value: bytes) -> None:
        """Give a key a value, in place of the one that it has.

        Raises:
            ValueError: when one of them has not its length.

        """
        if len(key) != self._key or len(key) + len(value) != self._record:
            raise ValueError((key, value))
        shard, at = self._find(key)
        if at < 0:
            shard += key + value
        else:
            shard[at + self._key : at + self._record] = value

    def _find(self, key: bytes) -> tuple[bytearray, int]:
        """Return the run of a key and where the key is in it, below 0 where it is not."""
        shard = self._shards[(key[0] << 8 | key[1]) % _SHARDS]
        at = shard.find(key)
        while at > 0 and at % self._record:
            at = shard.find(key, at + 1)
        return shard, at
