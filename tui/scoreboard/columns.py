"""The columns of the scoreboard: which ones a pane has room for, and what stands in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal, cast

from feed.english import number
from feed.model.parties import NOC
from feed.model.standing import BoardRow, Scoreboard
from feed.model.terms import Baseline
from tui.text.terminal_text import MINUS, safe, signed
from tui.text.terminal_text import width as cells_of

Tone = Literal["plain", "strong", "good", "bad", "signed"]
NOTHING = "·"
_LABEL = 5
"""Cells of `Green`; a longer label on the board widens the column."""
_SPREAD = ("seats_won", "net", "seats_net", "gained", "lost", "councils")
"""Where spare cells go first."""
_MOST_SPREAD = 2
BASELINE_HEADS: Mapping[Baseline, tuple[str, ...]] = MappingProxyType(
    {
        "eve_of_poll": ("SINCE THE EVE OF POLL", "SINCE EVE", "v EVE"),
        "last_fought": ("SINCE LAST FOUGHT", "SINCE LAST", "v LAST"),
        "notional": ("AGAINST NOTIONAL", "v NOTIONAL", "v NOTL"),
        "unknown": ("BASELINE NOT STATED", "v ?"),
    }
)
"""What stands above changes, in words where they fit."""
_IN_WORDS = ("SINCE", "AGAINST")
_FORMS = 2
"""Forms in words."""
_WORDS: Sequence[Mapping[str, str]] = (
    {"gained": "GAINED", "lost": "LOST"},
    {"seats_won": "SEATS WON"},
)
"""Other heads in words, where those of one kind fit together."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of figures."""

    id: str
    """`councils`, `gained`, `lost`, `net`, `seats_won`, `seats_net` or `seats_net:<baseline>`."""
    head: str
    room: int
    """Cells, with the space before the figure; figures of a whole night fit."""
    text: Callable[[BoardRow], str]
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that fit, and the cells of the party's bar and label before them."""

    label: int
    shown: tuple[Column, ...]

    @property
    def width(self) -> int:
        """Cells of a whole row."""
        return self.label + sum(column.room for column in self.shown)

    def at(self, x: int) -> int | None:
        """Return the index of the column at a cell from the left."""
        right = self.label
        for index, column in enumerate(self.shown):
            right += column.room
            if self.label <= x < right:
                return index
        return None


def columns(board: Scoreboard, width: int) -> Columns:
    """Return the fullest set of columns that fits in `width` cells."""
    label = 1 + max([_LABEL, *(cells_of(safe(row.label)) for row in board.rows)])
    head = BASELINE_HEADS[board.baseline][-1] if board.other_baselines else "NET"
    total = Column("councils", "COUNCILS", 4, lambda row: _amount(row.councils), "strong")
    gained = Column("gained", "+", 3, lambda row: _amount(row.gained), "good")
    lost = Column("lost", MINUS, 3, lambda row: _amount(row.lost), "bad")
    both = Column("gained", f"+ {MINUS}", 8, _gained_and_lost)
    net = Column("net", "NET", 4, lambda row: signed(row.net), "signed")
    won = Column("seats_won", "SEATS", 6, lambda row: _seats(row, row.seats_won), "strong")
    main = Column("seats_net", head, 7, lambda row: _change(row, row.seats_net), "signed")
    others = [_grown(_other(baseline), board) for baseline, _ in board.other_baselines]
    total, gained, lost, both, net, won, main = (
        _grown(column, board) for column in (total, gained, lost, both, net, won, main)
    )
    full = (total, gained, lost, net, won, main)
    roomy = (replace(total, room=max(total.room, len("PARTY COUNCILS") + 2 - label)), *full[1:])
    sets: list[tuple[Column, ...]] = [
        *((*roomy, *others[:count]) for count in range(len(others), 0, -1)),
        *((*full, *others[:count]) for count in range(len(others), 0, -1)),
        roomy,
        full,
        (total, both, won, main),
        (total, net, won, main),
        (total, won, main),
        (won, main),
        (won,),
    ]
    fitting = [shown for shown in sets if label + _width(shown) <= width] or [(won,)]
    alike = (it for it in fitting if [c.id for c in it] == [c.id for c in fitting[0]])
    said = [_in_words(shown, board.baseline, width - label) for shown in alike]
    shown = max(said, key=lambda it: sum(column.head.startswith(_IN_WORDS) for column in it))
    return Columns(label, _spread(shown, width - label))


def _in_words(shown: tuple[Column, ...], baseline: Baseline, width: int) -> tuple[Column, ...]:
    """Return columns with the fullest heads that fit: those of all changes, then the others'."""
    changes = {it.id: _since(it, baseline) for it in shown if it.id.startswith("seats_net")}
    for form in range(_FORMS):
        heads = {id_: forms[min(form, len(forms) - 1)] for id_, forms in changes.items()}
        if _width(wider := _headed(shown, heads)) <= width:
            shown = wider
            break
    apart = {it.id for it in shown if it.head != f"+ {MINUS}"}
    for together in _WORDS:
        heads = {id_: head for id_, head in together.items() if id_ in apart}
        if _width(wider := _headed(shown, heads)) <= width:
            shown = wider
    return shown


def _since(column: Column, baseline: Baseline) -> tuple[str, ...]:
    other = column.id.partition(":")[2]
    return BASELINE_HEADS[cast("Baseline", other or baseline)][:-1]


def _headed(shown: Sequence[Column], heads: Mapping[str, str]) -> tuple[Column, ...]:
    """Return columns under other heads, two cells apart, by their ids."""
    return tuple(
        replace(it, head=head, room=max(it.room, cells_of(head) + 2))
        if (head := heads.get(it.id, ""))
        else it
        for it in shown
    )


def _width(shown: Sequence[Column]) -> int:
    return sum(column.room for column in shown)


def _grown(column: Column, board: Scoreboard) -> Column:
    """Return a column that holds even figures beyond those of any real night."""
    longest = max((cells_of(column.text(row)) for row in board.rows), default=0)
    return replace(column, room=max(column.room, longest + 1))


def _spread(shown: Sequence[Column], width: int) -> tuple[Column, ...]:
    """Return what width is left to the columns in turn."""
    rooms = {column.id: column.room for column in shown}
    spare = max(0, width - _width(shown))
    order = [id_ for id_ in _SPREAD if id_ in rooms] + [id_ for id_ in rooms if ":" in id_]
    for id_ in (order * _MOST_SPREAD)[:spare]:
        rooms[id_] += 1
    return tuple(replace(column, room=rooms[column.id]) for column in shown)


def header(shown: Columns) -> list[tuple[str, int]]:
    """Return the words of the header and the cell that each one ends at; none overlaps another."""
    first = shown.label + shown.shown[0].room - cells_of(shown.shown[0].head)
    words = [("PARTY", len("PARTY") + 1)] if first > len("PARTY") + 1 else []
    right = shown.label
    for column in shown.shown:
        right += column.room
        words.append((column.head, right))
    return words


def sorted_rows(rows: Sequence[BoardRow], sort: str) -> tuple[BoardRow, ...]:
    """Sort rows as the agency has them, or by a figure; no overall control stands last."""
    if sort == "agency":
        return tuple(rows)
    figures: Mapping[str, Callable[[BoardRow], int]] = {
        "seats": lambda row: row.seats_won,
        "councils": lambda row: row.councils,
        "net": lambda row: row.seats_net or 0,
    }
    figure = figures[sort]
    return tuple(sorted(rows, key=lambda row: (row.party == NOC, -figure(row))))


def _other(baseline: Baseline) -> Column:
    return Column(
        f"seats_net:{baseline}",
        BASELINE_HEADS[baseline][-1],
        8,
        lambda row: _change(row, row.seats_net_other.get(baseline)),
        "signed",
    )


def _amount(amount: int) -> str:
    return number(amount) if amount else NOTHING


def _seats(row: BoardRow, amount: int) -> str:
    return "" if row.party == NOC else _amount(amount)


def _change(row: BoardRow, amount: int | None) -> str:
    return "" if amount is None or row.party == NOC else signed(amount)


def _gained_and_lost(row: BoardRow) -> str:
    gained = f"+{row.gained}" if row.gained else ""
    lost = f"{MINUS}{row.lost}" if row.lost else ""
    return f"{gained} {lost}".strip() or NOTHING
