"""All contests of a kind: who won, by how much, and which are still to come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feed.clock import hh_mm, spans_days, time_width
from feed.model.parties import party_of
from feed.model.standing import ContestStanding
from feed.model.terms import ContestKind, HouseStyle
from feed.wording.control import contest_sentence
from feed.wording.progress import contests_up, declared_of
from tui.colours.party_colours import letter
from tui.colours.themes import Look
from tui.details.detail_parts import blank
from tui.details.dialog import Line
from tui.details.listing import Listing, Open, Row, nothing
from tui.scoreboard.words import CONTESTS
from tui.text.terminal_text import counted, number, segment
from tui.text.wrapping import wrapped

_CODE = 5
_MOST_LINES = 6
_MOST_CANDIDATES = 6


class ContestList(Listing):
    """The contests of one kind: those declared in the order of the night, then the others."""

    def __init__(
        self,
        kind: ContestKind,
        contests: Sequence[ContestStanding],
        style: HouseStyle = "bbc",
        opens: Open = nothing,
    ) -> None:
        super().__init__(opens)
        self.kind = kind
        self.house_style: HouseStyle = style
        self._contests = _of(kind, contests)

    def show(self, contests: Sequence[ContestStanding], style: HouseStyle | None = None) -> None:
        """Show them as they stand now."""
        new = (_of(self.kind, contests), style or self.house_style)
        if new != (self._contests, self.house_style):
            self._contests, self.house_style = new
            self.write()

    def heading(self) -> str:
        """Return the kind and how many have declared."""
        declared = sum(contest.status == "declared" for contest in self._contests)
        return f"{CONTESTS[self.kind]}: {declared_of(declared, contests_up(self._contests))}"

    def rows(self, width: int, look: Look) -> Iterator[Row]:
        """Return a row a contest."""
        dated = spans_days(contest.declared_at for contest in self._contests)
        for contest in self._contests:
            yield Row(_contest(contest, self.house_style, width, look, dated=dated), contest.id)


def _of(kind: ContestKind, contests: Sequence[ContestStanding]) -> tuple[ContestStanding, ...]:
    def rank(contest: ContestStanding) -> tuple[bool, float, str]:
        at = contest.declared_at
        return (at is None, at.timestamp() if at else 0.0, contest.area.casefold())

    return tuple(sorted((each for each in contests if each.kind == kind), key=rank))


def _contest(
    contest: ContestStanding, style: HouseStyle, width: int, look: Look, *, dated: bool
) -> list[Line]:
    indent = _CODE + time_width(dated=dated)
    room = max(8, width - indent)
    at = contest.declared_at
    time = hh_mm(at, estimated=contest.declared_at_estimated, dated=dated) if at else ""
    code = letter(contest.winner)
    head = [
        segment(f"{time:>{indent - _CODE}}", look.style(look.dim)),
        segment(f" {code:<2}", look.party_style(contest.winner, bold=True)),
        segment("  ", look.base),
    ]
    bold = contest.status != "expected"
    said = wrapped(
        [
            (
                contest_sentence(contest, style),
                look.style(look.strong if bold else look.dim, bold=bold),
            )
        ],
        room,
        _MOST_LINES,
    )
    below = wrapped([(_figures(contest), look.style(look.dim))], room, _MOST_LINES)
    lines = [line for line in (*said, *below) if line]
    heads = [head, *[[blank(indent, look)]] * (len(lines) - 1)]
    return [[*start, *line] for start, line in zip(heads, lines, strict=True)]


def _figures(contest: ContestStanding) -> str:
    voted = [each for each in contest.candidates if each[2] is not None]
    voted.sort(key=lambda each: -(each[2] or 0))
    said = [
        f"{name}{f' ({party_of(party).label})' if party else ''} {number(votes or 0)}"
        for name, party, votes, _ in voted[:_MOST_CANDIDATES]
    ]
    if len(voted) > _MOST_CANDIDATES:
        said.append(f"{counted(len(voted) - _MOST_CANDIDATES, 'more candidate')}")
    if contest.majority is not None:
        said.append(f"majority {number(contest.majority)}")
    if contest.turnout is not None:
        said.append(f"turnout {contest.turnout:g}%")
    if contest.corrected:
        said.append(f"r{contest.revision}, corrected")
    return " · ".join(said)
