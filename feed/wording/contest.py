"""What stands of a mayor's, commissioner's or parliamentary contest, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from feed.model.entries import Declaration
from feed.model.parties import PartyId, party_of
from feed.model.standing import ContestStanding
from feed.model.terms import HouseStyle
from feed.wording.control import POSTS, phrase

_NO_NAMES: Mapping[PartyId, str] = MappingProxyType({})


def contest_sentence(
    contest: ContestStanding, style: HouseStyle, names: Mapping[PartyId, str] = _NO_NAMES
) -> str:
    """Return the post and who won it, or that nobody has yet.

    Args:
        contest: the contest.
        style: the house style.
        names: names of the parties that nightdesk does not know.

    """
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
