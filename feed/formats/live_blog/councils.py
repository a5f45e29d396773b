"""The councils that a piece of prose names, and nothing but councils."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from feed.councils.register import Known, built_in
from feed.councils.spelling import distance, name_key
from feed.model.entries import PlaceId

_LONGEST = 60
_MOST_WORDS = 9
_MOST_MISSPELT = 5
_NO_END = frozenset({"the", "a", "an", "in", "on", "upon", "of", "and", "&"})
_STYLES = frozenset(
    {"borough", "city", "council", "county", "district", "london", "metropolitan", "royal"}
)
_JOINERS = frozenset({"and", "&", "on", "upon", "of", "the", "under", "le", "in"})
_VOWELS = frozenset("aeiouy")
_NEAR_LETTERS = 7
_FAR_LETTERS = 10
_SURE = frozenset({"exact", "alias", "normalised"})
_WORD = re.compile(r"[^\W\d_][\w'’]*(?:[-‑][^\W\d_][\w'’]*)*|&")
_BEHIND = re.compile(r"(?:,?\s*in|,|\s*\()\s*(?:the\s+)?(?=[A-Za-z])")
_MOST_AREA_WORDS = 4
_GAP = re.compile(r"\.?,?\s{0,2}")


def council_at(text: str, start: int, *, slips: bool = False) -> tuple[int, Known] | None:
    """Return the end of the longest name of a council that begins at `start`, and the council.

    Args:
        text: a sentence.
        start: where a word begins.
        slips: whether a slip of the pen is forgiven, “Wakefeild”.

    """
    ends = _name_ends(text, start)
    if not ends or not _may_begin(text[start : ends[0]], slips=slips):
        return None
    for end in reversed(ends[:_MOST_MISSPELT] if slips else ends):
        name = text[start:end]
        known = _misspelt(name) if slips else sure_council(name)
        if known is not None:
            return end, known
    return None


def area_end(text: str, start: int, council: Known) -> int | None:
    """Return where the county or region ends that is written behind a council, if it fits.

    Args:
        text: a sentence.
        start: where “in Hampshire”, “, Surrey” or “(Kent)” begins.
        council: what stands before it.

    """
    behind = _BEHIND.match(text, start)
    if behind is None:
        return None
    for end in reversed(_name_ends(text, behind.end())[:_MOST_AREA_WORDS]):
        area = text[behind.end() : end]
        is_in = "in" in behind[0].split()
        if (is_in or sure_council(area) is None) and lies_in(council.name, area):
            closes = ")" if "(" in behind[0] else "," if "," in behind[0] else ""
            return end + (text[end : end + 1] == closes)
    return None


def lies_in(council: str, area: str) -> bool:
    """Whether a council lies in a county or region of that name."""
    match = built_in().find(f"{council} in {area}")
    return match.how in _SURE and match.known == sure_council(council)


def sure_council(name: str) -> Known | None:
    """Return the council whose name is spelt so, by its register, an alias or its plain form."""
    if len(name) > _LONGEST or name.rpartition(" ")[2].lower() in _NO_END:
        return None
    if name_key(name) not in _keys():
        return None
    match = built_in().find(name)
    return match.known if match.how in _SURE else None


def councils_in(text: str) -> frozenset[PlaceId]:
    """Return the identities of all councils that a text names, as they are spelt."""
    found: set[PlaceId] = set()
    end = 0
    for word in _WORD.finditer(text):
        if word.start() >= end and text[word.start()].isupper():
            named = council_at(text, word.start())
            if named is not None:
                end = named[0]
                found.add(named[1].id)
    return frozenset(found)


def _name_ends(text: str, start: int) -> list[int]:
    """Return where the first word ends, the first two, and so on, with small gaps only."""
    ends: list[int] = []
    at = start
    while len(ends) < _MOST_WORDS and (word := _WORD.match(text, at)):
        ends.append(word.end())
        gap = _GAP.match(text, word.end())
        if gap is None or gap.end() == word.end():
            break
        at = gap.end()
    return ends


def _may_begin(word: str, *, slips: bool) -> bool:
    if not word[0].isupper():
        return False
    if slips:
        return True
    lower = word.lower()
    return lower in _STYLES or (name_key(word).split() or [""])[0] in _first_words()


@cache
def _keys() -> frozenset[str]:
    return frozenset(
        name_key(name) for known in built_in() for name in (known.name, *known.aliases)
    )


@cache
def _first_words() -> frozenset[str]:
    return frozenset(key.split()[0] for key in _keys() if key)


@lru_cache(maxsize=8192)
def _misspelt(name: str) -> Known | None:
    """Return the council that a name differs from by a slip of the pen."""
    words = name.replace(",", " ").split()
    if len(name) > _LONGEST or not words or words[-1].lower() in _NO_END:
        return None
    if not all(word[0].isupper() or word.lower() in _JOINERS for word in words):
        return None
    key = name_key(name)
    if len(key.replace(" ", "")) < _NEAR_LETTERS:
        return None
    known = built_in().misspelt(name)
    if known is None:
        return None
    names = [name_key(each) for each in (known.name, *known.aliases)]
    return known if _is_slip(key, names) else None


def _is_slip(key: str, meant: list[str]) -> bool:
    """Whether it is a slip, not another place: Stamford is no Stafford, Peteborough is one."""
    letters = len(key.replace(" ", ""))
    for other in meant:
        apart = distance(key, other, 2)
        swapped = sorted(key) == sorted(other)
        if letters < _NEAR_LETTERS or not other or key[0] != other[0] or apart > 2:
            continue
        if apart == 1 and (len(key) != len(other) or swapped or _is_vowel_slip(key, other)):
            return True
        if letters >= _FAR_LETTERS and (apart == 1 or len(key) != len(other) or swapped):
            return True
    return False


def _is_vowel_slip(key: str, other: str) -> bool:
    return all({one, two} <= _VOWELS for one, two in zip(key, other, strict=True) if one != two)
