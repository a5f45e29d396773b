"""The councils that a piece of prose names, and nothing but councils."""

from __future__ import annotations

import re
from functools import cache

from feed.councils.register import built_in
from feed.councils.spelling import distance, name_key

_SEPARATORS = re.compile(
    r"(\s*,\s*and\s+|\s*,\s*|\s+and\s+|\s*&\s*|\s*;\s*|\s*/\s*)", re.IGNORECASE
)
_TRIM = " ,;:–—-"
_LONGEST = 60
_MOST_PARTS = 60
_WIDEST = 4
_NO_END = frozenset({"the", "a", "an", "in", "on", "upon", "of"})
_VOWELS = frozenset("aeiouy")
_NEAR_LETTERS = 7
_FAR_LETTERS = 10


def councils_in(text: str) -> tuple[str, ...] | None:
    """Return the councils of a list such as “Cotswold and Folkstone & Hythe”, as it writes them.

    None when any part of the text is not a council.
    """
    text = text.strip(_TRIM)
    if not text or is_council(text):
        return (text,) if text else None
    pieces = _SEPARATORS.split(text)
    parts, between = pieces[::2], pieces[1::2]
    if len(parts) > _MOST_PARTS or any(len(part) > _LONGEST for part in parts):
        return None
    return _split(parts, between)


def _split(parts: list[str], between: list[str]) -> tuple[str, ...] | None:
    """Choose the division into councils with the fewest misspellings, then the fewest names."""
    best: list[tuple[int, int, tuple[str, ...]] | None] = [(0, 0, ())]
    for end in range(1, len(parts) + 1):
        options = []
        for start in range(max(0, end - _WIDEST), end):
            before = best[start]
            name = parts[start] + "".join(
                mark + part
                for mark, part in zip(between[start : end - 1], parts[start + 1 : end], strict=True)
            )
            name = name.strip(_TRIM)
            if before is not None and is_council(name):
                slips = before[0] + (0 if is_sure(name) else 1)
                options.append((slips, before[1] + 1, (*before[2], name)))
        best.append(min(options) if options else None)
    chosen = best[-1]
    return chosen[2] if chosen else None


def is_sure(name: str) -> bool:
    """Whether a name is spelt as some council's."""
    return built_in().find(name.strip()).how in ("exact", "alias", "normalised")


def is_council(name: str) -> bool:
    """Whether it is the name of a council, or differs from one by a slip of the pen."""
    name = name.strip()
    if not name or len(name) > _LONGEST or not (name[0].isupper() or name.startswith("the ")):
        return False
    if name.rpartition(" ")[2].lower() in _NO_END:
        return False
    match = built_in().find(name)
    if match.known is None:
        return False
    return match.how != "near" or _is_slip(
        name_key(name), [name_key(each) for each in (match.known.name, *match.known.aliases)]
    )


def _is_slip(key: str, meant: list[str]) -> bool:
    """Whether it is a slip, not another place: Stamford is no Stafford, Peteborough is one."""
    letters = len(key.replace(" ", ""))
    for other in meant:
        apart = distance(key, other, 2)
        swapped = sorted(key) == sorted(other)
        if letters < _NEAR_LETTERS or key[0] != other[0] or apart > 2:
            continue
        if apart == 1 and (len(key) != len(other) or swapped or _is_vowel_slip(key, other)):
            return True
        if letters >= _FAR_LETTERS and (apart == 1 or len(key) != len(other) or swapped):
            return True
    return False


def _is_vowel_slip(key: str, other: str) -> bool:
    return all({one, two} <= _VOWELS for one, two in zip(key, other, strict=True) if one != two)


@cache
def _mentions() -> re.Pattern[str]:
    names = {name for known in built_in() for name in (known.name, *known.aliases)}
    either = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"\b(?:{either})\b")


def mentions_a_council(text: str) -> bool:
    """Whether the text names a council anywhere."""
    return bool(_mentions().search(text))
