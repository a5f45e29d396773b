"""The contests: all of a kind, and one with who stood, its revisions and its files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feed.clock import hh_mm, spans_days, time_width
from feed.english import capitalised, counted, number
from feed.model.parties import party_of
from feed.model.standing import ContestStanding, Standing
from feed.model.terms import ContestKind, HouseStyle
from feed.wording.control import contest_sentence
from feed.wording.progress import contests_up, declared_of
from tui.colours.party_colours import letter
from tui.colours.themes import Look
from tui.details.council_lines import history
from tui.details.detail_parts import blank, facts, moment, section
from tui.details.dialog import Dialog, Line
from tui.details.listing import Listing, Open, Row, nothing
from tui.scoreboard.words import CONTESTS
from tui.text.terminal_text import fit, segment
from tui.text.wrapping import wrapped

_KINDS = {"mayor": "Mayor", "pcc": "Police and crime commissioner", "by_election": "By-election"}
_VOTES, _ELECTED = 9, 10
_NAME, _LEAST_NAME = 44, 12


class ContestDetail(Dialog):
    """Everything that is known of one contest; it follows the night while it is open."""

    def __init__(self, contest: ContestStanding, style: HouseStyle = "bbc") -> None:
        super().__init__()
        self.contest = contest
        self.house_style: HouseStyle = style

    def show(self, contest: ContestStanding, style: HouseStyle | None = None) -> None:
        """Show the contest as it stands now."""
        new = (contest, style or self.house_style)
        if new != (self.contest, self.house_style):
            self.contest, self.house_style = new
            self.write()

    def heading(self) -> str:
        """Return the area and the kind."""
        return f"{self.contest.area} · {_KINDS[self.contest.kind].lower()}"

    def lines(self, width: int, look: Look) -> list[Line]:
        """Write the page."""
        contest = self.contest
        return [
            *_sentence(contest, self.house_style, width, look),
            *_candidates(contest, width, look),
            [],
            *facts(_facts(contest), width, look),
            *history(contest.history, width, look),
        ]


def contest_of(standing: Standing, key: str) -> ContestStanding | None:
    """Return the contest of that id, if it is known."""
    return next((each for each in standing.contests if each.id == key), None)


def _sentence(contest: ContestStanding, style: HouseStyle, width: int, look: Look) -> list[Line]:
    chip = segment(f" {letter(contest.winner)} ", look.party_style(contest.winner, bold=True))
    strong = look.style(look.strong, bold=True)
    said = wrapped([(contest_sentence(contest, style), strong)], max(8, width - 5), 6)
    lines = [
        [segment(" ", look.base) if index else chip, segment("  ", look.base), *line]
        for index, line in enumerate(said)
    ]
    if contest.test:
        lines.append([segment(" TEST DATA ", look.filled(look.warn))])
    return lines


def _candidates(contest: ContestStanding, width: int, look: Look) -> list[Line]:
    """Return who stood, the most votes first; without shares, for some may not be told of."""
    if not contest.candidates:
        return []
    stood = sorted(contest.candidates, key=lambda each: (each[2] is None, -(each[2] or 0)))
    room = max(_LEAST_NAME, min(_NAME, width - 4 - _VOTES - _ELECTED))
    lines = section("Candidates", look)
    if any(votes is not None for _, _, votes, _ in stood):
        head = fit("votes", room + 4 + _VOTES, "right")
        lines.append([segment(head, look.style(look.dim))])
    for name, party, votes, elected in stood:
        won = elected or (contest.winner_name == name and contest.status == "declared")
        told = f"{name} ({party_of(party).label})" if party else name
        lines.append(
            [
                segment(f"{letter(party):<2}", look.party_style(party))
                if party
                else blank(2, look),
                segment("  ", look.base),
                segment(fit(told, room), look.style(look.strong if won else look.text, bold=won)),
                segment(
                    fit("" if votes is None else number(votes), _VOTES, "right"),
                    look.style(look.strong if won else look.text, bold=won),
                ),
                segment("  elected" if won else "", look.style(look.good)),
            ]
        )
    return lines


def _facts(contest: ContestStanding) -> list[tuple[str, str]]:
    declared = moment(contest.declared_at, estimated=contest.declared_at_estimated)
    before = "" if contest.before is None else party_of(contest.before).name
    return [
        ("Contest", _KINDS[contest.kind]),
        ("Before", capitalised(before)),
        ("Declared", declared if contest.status == "declared" else ""),
        ("Majority", "" if contest.majority is None else number(contest.majority)),
        ("Turnout", "" if contest.turnout is None else f"{contest.turnout:g}%"),
        ("Revision", f"r{contest.revision}, corrected" if contest.corrected else ""),
    ]


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
