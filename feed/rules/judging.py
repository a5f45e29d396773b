"""How a check says what it found."""

from __future__ import annotations

from collections.abc import Mapping

from feed.model.entries import Check, Mark
from feed.model.parties import PartyId, party_of


def ok(rule: str, says: str) -> Check:
    """Return a rule that is met."""
    return Check(rule, Mark.OK, says)


def remark(rule: str, says: str) -> Check:
    """Return a rule that is not met; the message is taken all the same."""
    return Check(rule, Mark.REMARK, says)


def not_checked(rule: str, says: str) -> Check:
    """Return a rule for which something is missing."""
    return Check(rule, Mark.NOT_CHECKED, says)


def label_of(party: PartyId | None, names: Mapping[PartyId, str]) -> str:
    """Return a party's short form, `none` for none."""
    return "none" if party is None else party_of(party, names).label
