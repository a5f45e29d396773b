"""Running totals in plain words: “Con 656 (−203)”, “Lib Dems +236, Labour −76”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feed.formats.live_blog.councils import councils_in
from feed.formats.live_blog.parties import parties_in
from feed.model.messages import TotalRow
from feed.model.parties import NOC, PartyId

_SIGNED = r"(?<!\w)(?P<{name}>[+−–-]\d[\d,]*)(?![\d.%]|\s*(?:per cent|points?|pts))"
_ABOUT = r"(?P<about>about|around|roughly|some|more than|over|nearly|almost|at least|c\.|~)"
_BEGINS = re.compile(
    rf"\s*[:=]?\s*(?:are\s+|at\s+|on\s+|is\s+)?(?:(?:{_ABOUT}|up|down|net)\s+)*[+−–-]?\d",
    re.IGNORECASE,
)
"""What stands behind a party that has a figure; a dash that stands alone is no minus."""
_BOTH = re.compile(rf"(?P<won>\d[\d,]*)\s*(?:seats?\s*)?\(\s*{_SIGNED.format(name='net')}\s*\)")
_UNIT = r"(?:\s+(?P<unit>seats?|councils?|councillors?))?"
_NET = re.compile(_SIGNED.format(name="net") + _UNIT, re.IGNORECASE)
_BARE = re.compile(
    r"(?P<won>\d[\d,]*)(?![\d.%])" + _UNIT + r"(?=\s*(?:$|[,;.)]|and\b))",
    re.IGNORECASE,
)
_APPROXIMATE = re.compile(_ABOUT, re.IGNORECASE)
_NO_SEATS = re.compile(
    r"%|\bper cent\b|\bshare\b|\bvotes?\b|\bpolls?\b|\bpns\b|\bnev\b"
    r"|\bproject|\bforecast|\bpredict",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_MOST = 100_000


def running_totals(text: str) -> tuple[TotalRow, ...]:
    """Return the national figures of a line by party; none where it speaks of one council.

    A bare figure counts only beside figures that are plainly totals: “Labour 579 (−54), Green 19”.
    """
    if len(text) > 2000 or _NO_SEATS.search(text) or not _DIGIT.search(text):
        return ()
    found = list(_rows(text))
    if not any(row.seats_net is not None or row.councils_net is not None for row in found):
        return ()
    if councils_in(text):
        return ()
    rows: dict[PartyId, TotalRow] = {}
    for row in found:
        rows.setdefault(row.party, row)
    return tuple(rows.values())


def _rows(text: str) -> Iterator[TotalRow]:
    parties = list(parties_in(text))
    begins = [*(begin for begin, _, _ in parties), len(text)]
    for (_, start, party), end in zip(parties, begins[1:], strict=True):
        rest = text[start:end]
        figures = _figures(rest) if _BEGINS.match(rest) else {}
        if party == NOC:
            figures = {name.replace("seats", "councils"): n for name, n in figures.items()}
            figures = {name.replace("_won", ""): n for name, n in figures.items()}
        if figures and all(abs(value) <= _MOST for value in figures.values()):
            approximate = bool(_APPROXIMATE.search(rest))
            yield TotalRow.model_validate(
                {"party": party, "approximate": approximate, **figures}
            )  # fmt: skip


def _figures(rest: str) -> dict[str, int]:
    figures: dict[str, int] = {}
    both = _BOTH.search(rest)
    if both:
        figures = {"seats_won": _number(both["won"]), "seats_net": _number(both["net"])}
        rest = rest[both.end() :]
    for net in _NET.finditer(rest):
        figures.setdefault(_field(net["unit"], "net"), _number(net["net"]))
    if not figures:
        bare = _BARE.search(rest)
        if bare:
            figures[_field(bare["unit"], "won")] = _number(bare["won"])
    return figures


def _field(unit: str | None, what: str) -> str:
    if (unit or "").lower().startswith("council") and not (unit or "").lower().startswith(
        "councillor"
    ):
        return "councils_net" if what == "net" else "councils"
    return "seats_net" if what == "net" else "seats_won"


def _number(text: str) -> int:
    return int(re.sub(r"[,\s]", "", text).replace("−", "-").replace("–", "-"))
