"""Short names for grid cells: the fullest unique form of every name that fits a width."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from operator import attrgetter

from rich.cells import cell_len, set_cell_size

_COMPASS = {
    "north": "N", "south": "S", "east": "E", "west": "W", "mid": "Mid", "central": "C",
    "great": "Gt", "saint": "St",
}  # fmt: skip
_COUNTIES = {
    "bedfordshire": "Beds", "berkshire": "Berks", "buckinghamshire": "Bucks",
    "cambridgeshire": "Cambs", "cheshire": "Ches", "derbyshire": "Derbys",
    "gloucestershire": "Glos", "hampshire": "Hants", "hertfordshire": "Herts",
    "lancashire": "Lancs", "leicestershire": "Leics", "lincolnshire": "Lincs",
    "northamptonshire": "Northants", "nottinghamshire": "Notts", "oxfordshire": "Oxon",
    "somerset": "Som", "staffordshire": "Staffs", "warwickshire": "Warks", "wiltshire": "Wilts",
    "worcestershire": "Worcs", "yorkshire": "Yorks",
}  # fmt: skip
_USUAL = {"kingston upon hull": "Hull"}
"""Where the everyday name follows from no rule."""
_JOINERS = frozenset(
    ["and", "&", "upon", "on", "in", "with", "under", "of", "the", "by", "le", "super", "next"]
)
_TINY = 5
"""At this width and below there is no room for spaces."""
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def short_names(names: Sequence[str], width: int) -> dict[str, str]:
    """Return for every name a form of at most `width` cells (4 or more) that no other name has."""
    unique = sorted(set(names))
    taken: defaultdict[str, dict[str, _Shortening]] = defaultdict(dict)
    for place, name in enumerate(unique):
        short = _Shortening(name, width, place, len(unique))
        taken[short.form.casefold()][name] = short
    unsettled = set(taken)
    while unsettled:
        moved = [loser for form in unsettled for loser in _losers(taken[form].values())]
        unsettled = set()
        for loser in moved:
            del taken[loser.form.casefold()][loser.name]
        for loser in moved:
            loser.shorten()
            form = loser.form.casefold()
            taken[form][loser.name] = loser
            unsettled.add(form)
    return {short.name: short.form for rivals in taken.values() for short in rivals.values()}


def short_name(name: str, width: int) -> str:
    """Return one name in at most `width` cells; below 4 there is no short form."""
    return short_names([name], width)[name] if width >= 4 else name


class _Shortening:
    """One name on the way to a form of its own; a form is made only when it is needed."""

    def __init__(self, name: str, width: int, place: int, of: int) -> None:
        self.name = name
        self.step = 0
        self._forms = chain(_forms(name, width), _numbered(name, width, place, of))
        self.form = next(self._forms)
        self._next: str | None = None

    @property
    def is_last(self) -> bool:
        """Whether there is no further form."""
        if self._next is None:
            self._next = next(self._forms, None)
        return self._next is None

    def shorten(self) -> None:
        """Go on to the next form, if there is one."""
        if not self.is_last and self._next is not None:
            self.form, self._next = self._next, None
            self.step += 1


def _losers(rivals: Collection[_Shortening]) -> list[_Shortening]:
    """Return those of one form who have to take their next one."""
    if len(rivals) < 2:
        return []
    in_order = sorted(rivals, key=attrgetter("name"))
    keeps = _owner(in_order)
    return [rival for rival in in_order if rival is not keeps and not rival.is_last]


def _owner(rivals: list[_Shortening]) -> _Shortening | None:
    """Return the rival that keeps the form: by last resort, by its full name, or the nearest."""
    for rival in rivals:
        if rival.is_last:
            return rival
    full = [rival for rival in rivals if rival.form == rival.name]
    if full:
        return full[0]
    nearest = min(rival.step for rival in rivals)
    near = [rival for rival in rivals if rival.step == nearest]
    return near[0] if len(near) == 1 else None


def _forms(name: str, width: int) -> Iterator[str]:
    """Return the forms of `name` that fit, the best first."""
    fits = bool(name.replace("-", " ").strip()) and cell_len(name) <= width
    if fits:
        yield name
    whole = _whole_forms(name)
    yield from (form for form in whole[fits:] if cell_len(form) <= width)
    head = whole[-1]
    cut = _cut(head, width)
    if cut:
        yield cut
    yield from _told_apart(head, width)
    yield from _initials(name, width)


def _numbered(name: str, width: int, place: int, of: int) -> Iterator[str]:
    """Return the last resort, unique by its number."""
    digits = ""
    while of > 0 or not digits:
        digits = _DIGITS[place % 36] + digits
        place, of = place // 36, of // 36
    yield set_cell_size(_whole_forms(name)[-1], max(0, width - len(digits))).rstrip() + digits


@lru_cache(maxsize=16_384)
def _whole_forms(name: str) -> Sequence[str]:
    """Return the forms of a name that say all of it, or its head, the fullest first."""
    words = [word for word in re.split(r"[\s-]+", name) if word]
    if not words:
        return ["?"]
    amp = " ".join("&" if word.casefold() == "and" else word for word in words)
    compass = [_COMPASS.get(word.casefold(), word) for word in words]
    if len(words) == 1 or all(word in _COMPASS.values() for word in compass):
        compass = words
    near = _run_together(compass)
    counties = _run_together([_county(word, alone=len(compass) == 1) for word in compass])
    forms = [name, amp if "and" in name.split() else name, near.replace(" and ", " & ")]
    forms += [counties.replace(" and ", " & "), _without_joiners(near), _without_joiners(counties)]
    usual = _USUAL.get(name.casefold())
    if usual:
        return [name, usual]
    if (len(words) > 2 and words[1].casefold() == "of") or "," in name:
        return [form for form in forms if "," not in form or form == name] + [_letters(words)]
    return [*forms, _head(near), _head(counties)]


def _county(word: str, *, alone: bool) -> str:
    return word if alone else _COUNTIES.get(word.casefold(), word)


def _run_together(words: list[str]) -> str:
    """Join words, `N E` as `NE`."""
    return re.sub(r"\b([NS]) ([EW])\b", r"\1\2", " ".join(words))


def _without_joiners(text: str) -> str:
    words = text.split()
    kept = words[:1] + [word for word in words[1:] if word.casefold() not in _JOINERS]
    return " ".join(kept)


def _head(text: str) -> str:
    """Return what stands before the first joiner: `Barrow` of `Barrow in Furness`."""
    words = text.split()
    for index, word in enumerate(words):
        if index and word.casefold() in _JOINERS:
            return " ".join(words[:index])
    return text


def _letters(words: list[str]) -> str:
    """Return initials: `VoWH`; those of a list leave out its `and`: `BCP`."""
    is_list = any(word.endswith(",") for word in words)
    kept = [word for word in words if not (is_list and word.casefold() in _JOINERS)]
    return "".join(word[0].lower() if word.casefold() in _JOINERS else word[0] for word in kept)


def _initials(name: str, width: int) -> Iterator[str]:
    words = [word for word in re.split(r"[\s-]+", name) if word]
    if len(words) > 2 and cell_len(_letters(words)) <= width:
        yield _letters(words)


def _cut(head: str, width: int) -> str:
    words = head.split()
    if len(words) > 1 and len(words[-1]) <= 2 and width >= 4:
        room = width - cell_len(words[-1]) - (width > _TINY)
        gap = " " if width > _TINY else ""
        return set_cell_size(" ".join(words[:-1]), room).rstrip() + gap + words[-1]
    if len(words) > 1 and width <= _TINY and len(words[0]) <= 3:
        first = words[0][0] if words[0] == "Mid" else words[0]
        head = first + "".join(words[1:])
    return set_cell_size(head, width).rstrip(" '’,.")


def _told_apart(head: str, width: int) -> Iterator[str]:
    """Return a prefix with each later letter in turn: `Basl`, `Basn` for Basildon, Basingstoke."""
    words = head.split()
    close = "".join(words)
    for word in words[1:]:
        yield set_cell_size(words[0], width - 1).rstrip() + word[0]
    for keep in (width - 1, width - 2):
        start = set_cell_size(close, keep).rstrip()
        for index in range(len(start) + 1, len(close)):
            tail = close[index : index + width - keep]
            if cell_len(start + tail) <= width:
                yield start + tail
