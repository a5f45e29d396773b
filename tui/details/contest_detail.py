"""One contest: who stood and who won, its recounts, its revisions and its files."""

from __future__ import annotations

from feed.model.parties import party_of
from feed.model.standing import ContestStanding, Standing
from feed.model.terms import HouseStyle
from feed.wording.control import contest_sentence
from tui.colours.party_colours import letter
from tui.colours.themes import Look
from tui.details.council_lines import history
from tui.details.detail_parts import blank, facts, moment, section
from tui.details.dialog import Dialog, Line
from tui.text.terminal_text import capitalised, fit, number, segment
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
