"""Control of a council or a post put into words, in the house style of the reader."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import assert_never

from feed.english import capitalised
from feed.model.entries import CORRECTED, Declaration, Entry, EntryKind
from feed.model.parties import IND, NOC, PARTIES, PartyId, party_of
from feed.model.standing import ContestStanding, CouncilStanding
from feed.model.terms import Baseline, HouseStyle
from feed.records import record
from feed.rules.control import outcome as outcome_of

BASELINES: Mapping[Baseline, str] = MappingProxyType(
    {
        "eve_of_poll": "since the eve of poll",
        "last_fought": "since last fought",
        "notional": "against notional results",
        "unknown": "against a baseline not stated",
    }
)
"""What a change is measured against."""
POSTS = {"mayor": "mayor", "pcc": "police commissioner", "by_election": "by-election"}
_SINGULAR = frozenset({"lab", "ukip", "reform", "pc", "snp", "your", "dup", "uup", "sdlp", "tuv",
                       "sf", "alliance", "wpb", "forbritain"})  # fmt: skip
_PA_CODES = {"Con": "C", "Res": "R"}
_PA_LABELS = re.compile(r"\b(?:Con|Res)\b")
_NO_NAMES: Mapping[PartyId, str] = MappingProxyType({})


@record(frozen=True, slots=True)
class Phrase:
    """A sentence in three parts, so that a screen can set the name in bold."""

    lead: str
    name: str
    tail: str

    def __str__(self) -> str:
        return f"{self.lead}{self.name}{self.tail}"


def in_style(text: str, style: HouseStyle) -> str:
    """Return figures or a correction with the party labels that a house style has."""
    return _PA_LABELS.sub(lambda found: _PA_CODES[found[0]], text) if style == "pa" else text


def phrase(declaration: Declaration, style: HouseStyle) -> Phrase:
    """Return who holds or gains what, in `style` (rule 3)."""
    said = _phrase(_completed(declaration), style)
    if not declaration.new_council:
        return said
    if said.tail.startswith(": "):
        tail = said.tail[2:]
        tail = f"{tail[0].lower()}{tail[1:]}" if tail.startswith("No ") else tail
        return replace(said, tail=f": new council, {tail}")
    return replace(said, tail=f"{said.tail} (new council)")


def _phrase(known: Declaration, style: HouseStyle) -> Phrase:
    match style:
        case "bbc":
            return _bbc(known)
        case "pa":
            return _pa(known)
        case "plain":
            return _plain(known)
        case _:
            assert_never(style)


def sentence(entry: Entry, style: HouseStyle) -> str:
    """Return an entry's whole line in plain text, without its time."""
    if entry.declaration is None:
        return in_style(entry.text, style) if entry.kind in CORRECTED else entry.text
    said = str(phrase(entry.declaration, style))
    match entry.kind:
        case EntryKind.RUSH:
            return f"{said} (unconfirmed)"
        case EntryKind.CORRECTION | EntryKind.LATE | EntryKind.CONFLICT | EntryKind.WITHDRAWN:
            return in_style(entry.text, style) or said
        case _:
            return said


def entry_word(kind: EntryKind) -> str:
    """Return what an entry is, in words; that a party loses control is said of where it goes."""
    return "to NOC" if kind is EntryKind.LOSS else kind.value


def control_sentence(council: CouncilStanding, style: HouseStyle) -> str:
    """Return what a council's cell means, in a sentence."""
    if council.status == "expected":
        return f"{council.name}: not declared yet"
    if council.status == "counting":
        return f"{council.name}: counting, {council.wards_in} of {council.wards_total or '?'} wards"
    if council.outcome is None and council.after is None and council.status == "declared":
        return f"{council.name}: declared"
    said = str(phrase(declaration_of(council), style))
    return f"{said} (unconfirmed)" if council.status == "rush" else said


def declaration_of(council: CouncilStanding) -> Declaration:
    """Return a council's control as the facts that are put into words."""
    labels = {line.party: line.label for line in council.seats}
    names = {line.party: line.name for line in council.seats}
    return Declaration(
        name=council.name,
        before=council.before,
        after=council.after,
        outcome=council.outcome,
        new_council=council.new_council,
        before_label=labels.get(council.before, "") if council.before else "",
        after_label=labels.get(council.after, "") if council.after else "",
        before_name=names.get(council.before, "") if council.before else "",
        after_name=names.get(council.after, "") if council.after else "",
    )


def _completed(d: Declaration) -> Declaration:
    """Fill in what an outcome implies; where it names nobody, no outcome is left to be said."""
    before, after, what = d.before, d.after, d.outcome
    if what == "hold":
        before, after = before or after, after or before
    elif what == "no_change":
        before, after = before or NOC, after or NOC
    elif what == "lose" and before is None:
        after = after or NOC
    elif what == "gain" and after is None and before not in {None, NOC}:
        what = "lose"
    if after is None and what != "lose":
        what = None
    elif what is None:
        what = outcome_of(before, after) if after is not None else None
    return replace(d, before=before, after=after, outcome=what)


def _label(party: PartyId | None, given: str) -> str:
    if party is None:
        return "?"
    return PARTIES[party].label if party in PARTIES else given or party_of(party).label


def _name(party: PartyId | None, given: str) -> str:
    if party is None:
        return "an unnamed party"
    return PARTIES[party].name if party in PARTIES else given or party_of(party).name


def _pa_code(party: PartyId | None, given: str) -> str:
    said = _label(party, given)
    return _PA_CODES.get(said, said)


def _bbc(d: Declaration) -> Phrase:
    before, after = _label(d.before, d.before_label), _label(d.after, d.after_label)
    name = d.name if d.contest is None else f"{d.name} {POSTS[d.contest]}"
    winner = f" ({d.winner_name})" if d.winner_name else ""
    if d.outcome is None:
        tail = "declared"
    elif d.outcome == "no_change":
        tail = f"{after} no change"
    elif d.outcome == "hold":
        tail = f"{after} hold"
    elif d.outcome == "win":
        tail = f"{after} win"
    elif d.outcome == "lose" and d.after is None:
        tail = f"{before} lose"
    elif d.before is None:
        tail = f"{after} gain"
    else:
        tail = f"{after} gain from {before}"
    return Phrase("", name, f": {tail}{winner}")


def _pa(d: Declaration) -> Phrase:
    before, after = _pa_code(d.before, d.before_label), _pa_code(d.after, d.after_label)
    name = d.name if d.contest is None else f"{d.name} {POSTS[d.contest]}"
    winner = f", {d.winner_name}" if d.winner_name else ""
    lead = tail = ""
    match d.outcome:
        case None:
            tail = " declared"
        case "no_change":
            tail = " remains under no overall control"
        case "win" if d.after == NOC:
            tail = " under no overall control"
        case "hold" | "win":
            lead = f"{after} {d.outcome} "
        case "lose" if d.before is None:
            tail = " goes to no overall control"
        case "lose":
            lead, tail = f"{before} lose ", " to no overall control" if d.after == NOC else ""
        case "gain":
            source = "no overall control" if d.before == NOC else before
            lead, tail = f"{after} gain ", "" if d.before is None else f" from {source}"
    return Phrase(lead, name, f"{tail}{winner}")


def _sides(d: Declaration) -> tuple[str, str, str, bool]:
    """Return who held it, who has it, the winner in brackets, and whether that is one in number.

    An independent person stands for nobody else and is named (rule 20).
    """
    before = _name(d.before, d.before_name or d.before_label)
    after = _name(d.after, d.after_name or d.after_label)
    winner = f" ({d.winner_name})" if d.winner_name else ""
    if d.contest is not None and d.before == IND:
        before = "an independent"
    if d.contest is not None and d.after == IND and d.winner_name:
        return before, f"the independent {d.winner_name}", "", True
    return before, after, winner, (d.after or "") in _SINGULAR


def _plain(d: Declaration) -> Phrase:
    name = d.name if d.contest is None else f"{d.name} {POSTS[d.contest]}"
    before, after, winner, is_one = _sides(d)
    gains, keeps, loses, wins = (
        ("gains", "keeps", "loses", "wins") if is_one else ("gain", "keep", "lose", "win")
    )
    what = "control" if d.contest is None else "the post"
    if d.outcome is None:
        tail = f"declared, {what} not given"
    elif d.outcome == "no_change":
        tail = "still no party has a majority"
    elif d.outcome == "hold":
        tail = f"{after} {keeps} {what}"
    elif d.outcome == "win":
        tail = "no party has a majority" if d.after == NOC else f"{after} {wins} {what}"
    elif d.outcome == "lose" and d.before is None:
        tail = "control is lost, no party has a majority"
    elif d.outcome == "lose":
        loses = "loses" if (d.before or "") in _SINGULAR else "lose"
        tail = f"{before} {loses} {what}"
        tail += ", no party has a majority" if d.after == NOC else ""
    elif d.before == NOC:
        tail = f"{after} {gains} {what}, no party had a majority before"
    elif d.before is None:
        tail = f"{after} {gains} {what}"
    else:
        tail = f"{after} {gains} {what} from {before}"
    return Phrase("", name, f": {capitalised(tail)}{winner}")


def contest_sentence(
    contest: ContestStanding, style: HouseStyle, names: Mapping[PartyId, str] = _NO_NAMES
) -> str:
    """Return the post and who won it, or that nobody has yet.

    Args:
        contest: the contest.
        style: the house style.
        names: names of the parties that nightdesk does not know.

    """
    said = _contest_words(contest, style, names)
    if contest.poll is None:
        return said
    return f"{said} ({contest.poll:%a} {contest.poll.day} {contest.poll:%b})"


def _contest_words(
    contest: ContestStanding, style: HouseStyle, names: Mapping[PartyId, str]
) -> str:
    post = f"{contest.area} {POSTS[contest.kind]}"
    match contest.status:
        case "expected":
            return f"{post}: not declared yet"
        case "recount":
            which = f" (number {contest.recount})" if contest.recount else ""
            return f"{post}: a recount is on{which}"
        case _:
            unconfirmed = " (unconfirmed)" if contest.status == "rush" else ""
            return f"{phrase(_declaration(contest, names), style)}{unconfirmed}"


def _declaration(contest: ContestStanding, names: Mapping[PartyId, str]) -> Declaration:
    before = None if contest.before is None else party_of(contest.before, names)
    winner = None if contest.winner is None else party_of(contest.winner, names)
    return Declaration(
        contest.area, contest.before, contest.winner, contest.outcome, contest.kind,
        contest.winner_name,
        before_label=before.label if before else "", after_label=winner.label if winner else "",
        before_name=before.name if before else "", after_name=winner.name if winner else "",
    )  # fmt: skip
