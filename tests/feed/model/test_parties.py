"""Parties by the names that people really write."""

from __future__ import annotations

import pytest

from feed.model.parties import PARTIES, known_party, party_id, party_of

WRITTEN = {
    "con": ["Conservative Party Candidate", "Conservative and Unionist Party", "Local Conservatives",
            "The Conservative Party", "CONSERVATIVES", "Conservative & Unionist", "Scottish Conservatives",
            "Welsh Conservative Party", "Conservative group", "London Conservatives",
            "Scottish Conservative and Unionist"],
    "lab": ["Labour Party", "The Labour Party", "Labour and Co-operative Party",
            "Labour & Co-operative", "Labour & Co-operative Party", "Labour Co-op", "Scottish Labour",
            "Welsh Labour", "Labour Party Candidate", "LABOUR AND CO-OPERATIVE PARTY CANDIDATE",
            "Labour Cooperative", "Scottish Labour and Co-operative Party", "Labour and Cooperative Party",
            "Labour/Co-operative"],
    "ld": ["Liberal Democrat(s)", "Liberal Democrats", "Scottish Liberal Democrats",
           "Welsh Liberal Democrats", "Liberal Democrat Focus Team", "LIB DEM", "Lib-Dems",
           "Liberal Democrat Party", "Liberal Democrats (LD)"],
    "green": ["Green Party of England and Wales", "Scottish Greens", "Scottish Green Party",
              "The Green Party", "Green Party Candidate", "Wales Green Party", "Greens"],
    "snp": ["Scottish National Party (SNP)", "SNP", "The Scottish National Party"],
    "pc": ["Plaid Cymru - The Party of Wales", "Plaid Cymru – The Party of Wales"],
    "reform": ["Reform UK", "Reform UK Candidate", "REFORM UK"],
    "ukip": ["UK Independence Party (UKIP)", "U.K.I.P.", "UK Independence Party"],
    "tusc": ["Trade Unionist and Socialist Coalition", "TUSC"],
    "ind": ["Independent", "Independents", "Independent Candidate", "Independent councillors"],
    "noc": ["No overall majority", "No party majority", "hung", "No Overall Control", "Hung council"],
    "alliance": ["Alliance", "Alliance Party"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "party"), [(name, party) for party, names in WRITTEN.items() for name in names]
)
def test_a_party_is_known_by_every_name_that_people_write(name: str, party: str) -> None:
    assert known_party(name) == party
    assert known_party(f" {name.upper()} ") == party


@pytest.mark.parametrize(
    "name",
    ["Aspire", "Riverside Alliance", "Restore Britain", "Residents for Uttlesford",
     "Scottish Socialist Party", "Scottish Family Party", "Ashfield Independents",
     "Independent Labour", "National Health Action Party", "Liberal Party", "Social Democratic Party",
     "Labour (Conservative)", "Yorkshire Party", "Green Socialist Alliance", "Party"],
)  # fmt: skip
def test_a_party_that_nobody_knows_keeps_a_row_of_its_own(name: str) -> None:
    assert known_party(name) is None
    party = party_id(name)
    assert party not in PARTIES
    assert party_of(party, {party: name}).name == name


def test_no_two_parties_share_a_name() -> None:
    owners: dict[str, set[str]] = {}
    for party in PARTIES.values():
        for name in (party.name, party.label, *party.aliases):
            owners.setdefault(name.casefold(), set()).add(party.id)
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}
