"""Sentences composed at random: true ones are read as they were meant, traps are never read."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from feed.councils.register import built_in
from feed.formats.live_blog.parse import Declared
from feed.formats.live_blog.results import read_sentence

Meant = dict[str, tuple[str | None, str | None]]

COUNCILS = (
    "Leeds", "Swindon", "Hull", "St Albans", "Bath and North East Somerset", "Hart", "Reading",
    "Folkestone and Hythe", "Stoke-on-Trent", "King's Lynn and West Norfolk", "Rugby", "Kent",
    "Brighton & Hove", "Windsor & Maidenhead", "Bournemouth, Christchurch and Poole", "Wirral",
    "Vale of White Horse", "Newcastle-under-Lyme", "Westminster", "New Forest", "Bury", "Derby",
    "Telford & Wrekin", "Barking and Dagenham", "Eastleigh Borough Council", "Ynys Môn", "Wyre",
)  # fmt: skip
NAMES = {
    "con": ("the Conservatives", "the Tories", "Conservatives", "Tories", "Con"),
    "lab": ("Labour", "the Labour Party", "Lab"),
    "ld": ("the Lib Dems", "the Liberal Democrats", "Lib Dems", "LD"),
    "green": ("the Greens", "the Green Party", "Greens"),
    "reform": ("Reform UK", "Reform"),
    "ind": ("Independents",),
    "noc": ("no overall control", "NOC"),
}
PARTIES = tuple(party for party in NAMES if party != "noc")


@dataclass(frozen=True)
class Said:
    """A sentence and what it means."""

    text: str
    meant: Meant


def listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


@st.composite
def statements(draw: st.DrawFn) -> Said:
    """Compose a clear statement about one to three councils."""
    councils = draw(st.lists(st.sampled_from(COUNCILS), min_size=1, max_size=3, unique=True))
    one, two = draw(st.lists(st.sampled_from(PARTIES), min_size=2, max_size=2, unique=True))
    loser = draw(st.sampled_from([two, "noc"]))
    winner, left = (draw(st.sampled_from(NAMES[party])) for party in (one, loser))
    noc = draw(st.sampled_from(NAMES["noc"]))
    names, have = listed(councils), draw(st.sampled_from(["have ", "has ", "have just ", ""]))
    held, taken, lost = (
        draw(st.sampled_from(verbs))
        for verbs in (
            ["hold", "held", "held on to", "retained control of", "kept", "HOLD"],
            ["gained", "taken", "took control of", "seized", "won back", "GAIN"],
            ["lost", "lost control of", "lost overall control of", "LOSE"],
        )
    )
    is_are = "is" if len(councils) == 1 else "are"
    kept, gained, dropped = (one, one), (loser, one), (one, "noc")
    text, sides = draw(
        st.sampled_from(
            [
                (f"{winner} {have}{held} {names}", kept),
                (f"{names}: {winner} hold", kept),
                (f"{names} {is_are} still in the hands of {winner}", kept),
                (f"{names} stay {winner}", kept),
                (f"{names} remain under {noc}", ("noc", "noc")),
                (f"{names} - {noc}, no change", ("noc", "noc")),
                (f"{winner} {have}{taken} {names} from {left}", gained),
                (f"{names} - {winner} gain from {left}", gained),
                (f"{names}: {left} to {winner}", gained),
                (f"{names} {have}been gained by {winner} from {left}", gained),
                (f"{names} fell to {winner} from {left}", gained),
                (f"{winner} {have}{lost} {names} to {noc}", dropped),
                (f"{names}: {winner} lose to {noc}", dropped),
                (f"{names} slipped from {winner} to {noc}", dropped),
                (f"{winner} {have}{lost} {names}, now under {noc}", dropped),
                (f"{winner} {have}{lost} {names}", (one, None)),
            ]
        )
    )
    before = draw(st.sampled_from(["", "RESULT: ", "BREAKING: ", "🔵 ", "Local elections: "]))
    after = draw(
        st.sampled_from(["", ".", "!", ", after a long count", ", as they did four years before"])
    )
    return Said(f"{before}{text[0].upper()}{text[1:]}{after}", dict.fromkeys(councils, sides))


def meant(declared: tuple[Declared, ...]) -> dict[str, tuple[str | None, str | None]]:
    return {name_of(each.council): (each.before, each.after) for each in declared}


def name_of(council: str) -> str:
    known = built_in().find(council).known
    assert known is not None
    return known.name


@settings(max_examples=150, deadline=None, derandomize=True)
@given(statements())
def test_what_is_read_is_what_was_meant(said: Said) -> None:
    found = meant(read_sentence(said.text).declared)
    assert found in ({}, {name_of(name): sides for name, sides in said.meant.items()}), said.text


def test_nearly_all_that_is_clearly_said_is_read() -> None:
    seen: list[bool] = []

    @settings(max_examples=150, deadline=None, derandomize=True, database=None)
    @given(statements())
    def count(said: Said) -> None:
        seen.append(bool(read_sentence(said.text).declared))

    count()
    assert sum(seen) >= 0.95 * len(seen)


SPOILERS = (
    "It is not true that {}", "{}?", "If {}", "Were {}", "{}, sources say", "{}, according to Sky",
    "{} - exit poll", "We think {}", "Rumour: {}", "Prediction: {}", "In 2015 {}", "{} in 2015",
    "Sources: {}", "“{}”, a source says", "Will {}", "{}, it is claimed", "{} (projection)",
    "Nobody believes that {}", "Had {}", "{} in a by-election", "{} with a majority of 6,940",
    "{}, with 32.6% of the vote", "{} on a swing of 7%", "Mayor: {}", "{} ward", "How {}",
    "{}, unless the recount says otherwise", "{} in the mayoral contest", "In Canada, {}",
    "{}, the forecast says", "Our exit poll: {}", "Never say that {}", "{}, if rumours are right",
)  # fmt: skip


@settings(max_examples=150, deadline=None, derandomize=True)
@given(statements(), st.sampled_from(SPOILERS))
def test_a_statement_that_is_doubted_or_of_another_contest_is_never_read(
    said: Said, spoiler: str
) -> None:
    spoilt = spoiler.format(said.text.rstrip(".!"))
    assert read_sentence(spoilt).declared == (), spoilt


FALSE_VERBS = (
    "could hold", "may gain", "will take", "did not hold", "never held", "failed to gain",
    "hope to take", "are on course to gain", "expect to hold", "nearly lost", "would lose",
    "have held talks in", "hold the balance of power in", "hold their breath in", "held a rally in",
    "gain seats in", "have won three seats in", "lost ground in", "lead in", "had held",
    "are close to taking", "take the lead in", "need to win", "want to win", "last won",
)  # fmt: skip


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.sampled_from(FALSE_VERBS), st.sampled_from(PARTIES), st.sampled_from(COUNCILS), st.data())
def test_a_verb_that_is_no_result_is_never_read(
    verb: str, party: str, council: str, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(NAMES[party]))
    other = data.draw(st.sampled_from(["", " from Labour", " tonight", ", again", " to NOC"]))
    assert read_sentence(f"{name} {verb} {council}{other}").declared == ()
