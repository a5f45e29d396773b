"""How a council's name is spelt: its plain form, and how far two spellings lie apart."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from feed.model.entries import PlaceId

COMPASS = frozenset({"north", "south", "east", "west", "mid", "central"})

_WORDS = {
    "n": "north", "s": "south", "e": "east", "w": "west",
    "ne": "north east", "nw": "north west", "se": "south east", "sw": "south west",
    "st": "saint", "lincs": "lincolnshire", "herts": "hertfordshire", "hants": "hampshire",
    "northants": "northamptonshire", "notts": "nottinghamshire", "leics": "leicestershire",
    "lancs": "lancashire", "staffs": "staffordshire", "worcs": "worcestershire",
    "glos": "gloucestershire", "cambs": "cambridgeshire", "oxon": "oxfordshire",
    "beds": "bedfordshire", "bucks": "buckinghamshire", "warks": "warwickshire",
    "wilts": "wiltshire", "yorks": "yorkshire", "derbys": "derbyshire",
    "upon": "", "on": "", "in": "", "the": "",
}  # fmt: skip
_STYLE = re.compile(
    r"^(?:the )?(?:cyngor |council of (?:the )?)?(?:(?:(?:royal|london|metropolitan|royal london)"
    r" borough|borough council|borough|city and county|city|county|district|council) of )?(?:the )?"
)
_STYLE_BEHIND = re.compile(r" (?:city and county|royal borough|borough|city|county) of$")
_KIND = re.compile(
    r"(?: (?:metropolitan|county|city|london|royal|borough|district|unitary|and))*"
    r" (?:council|borough|authority|corporation|city|county|district"
    r"|mbc|mdc|mb|bc|cbc|dc|cc|ua|lb|lbc|rbc)$"
)
_THE_CITY = "city of london"
"""Without its style it would be no council's name."""
_BEHIND = re.compile(r"(?P<name>.+?)(?:,\s*|\s+in\s+|\s*\()(?:the\s+)?(?P<where>[^,()]+)\)?")
_APART = re.compile(r"[^0-9a-z]+")


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """Return `name` in small plain letters, without style, joining words and abbreviations."""
    letters = name.casefold().replace("&", " and ")
    if not letters.isascii():
        letters = unicodedata.normalize("NFKD", name).casefold().replace("&", " and ")
        letters = "".join(char for char in letters if not unicodedata.combining(char))
    spaced = _APART.sub(" ", re.sub(r"['’ʼ`]", "", letters)).strip()
    bare = _STYLE.sub("", _STYLE_BEHIND.sub("", _KIND.sub("", spaced))) or spaced
    if _THE_CITY in spaced:
        bare = _THE_CITY
    words = [word for part in bare.split() for word in _WORDS.get(part, part).split()]
    return " ".join(words) or spaced or letters.strip()


def in_a_county(name: str) -> tuple[str, str] | None:
    """Return a name and the key of the county or region written behind it, if one is.

    The words are no part of the name: “Broxbourne in Hertfordshire”, “Rugby, Warwickshire”,
    “Halton Borough Council in north-west England”.
    """
    found = _BEHIND.fullmatch(name.strip())
    return None if found is None else (found["name"].strip(" ,"), name_key(found["where"]))


def place_id(name: str) -> PlaceId:
    """Return the identity of a council that has no code: the key of its name."""
    return PlaceId(name_key(name))


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
