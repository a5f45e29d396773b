"""How far apart two spellings are."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise


def distance(one: str, other: str, limit: int) -> int:
    """Return the edits between two spellings, or `limit` + 1 when there are more than `limit`.

    An edit is a letter put in, left out, replaced, or swapped with its neighbour.
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    if (_letters(one) ^ _letters(other)).bit_count() > 2 * limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        before, last = row, before
        row = [i]
        for j, (diagonal, above) in enumerate(pairwise(before), 1):
            right = other[j - 1]
            cost = min(above + 1, row[-1] + 1, diagonal + (left != right))
            if i > 1 < j and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


@lru_cache(maxsize=4096)
def _letters(text: str) -> int:
    """Return which letters occur, as bits; one edit changes two of them at most."""
    bits = 0
    for char in text:
        bits |= 1 << (ord(char) & 63)
    return bits
