"""What a page of the wall is drawn from, and the words that a room reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from feed.english import counted, in_words, noun
from feed.model.entries import ContestId, PlaceId
from feed.model.parties import NOC, PARTIES, PartyId, party_of
from feed.model.standing import ContestStanding, CouncilStanding, SeatLine, Standing
from feed.model.terms import HouseStyle
from feed.wording.control import POSTS

JUST_IN_FOR = timedelta(minutes=10)
"""After so long a declaration is no longer just in."""

Declaration = CouncilStanding | ContestStanding
"""What a room waits for: a council's result, or that of a post for one person."""
Subject = PlaceId | ContestId
SHORT_POSTS = {"pcc": "PCC"}
"""Posts whose names are long, in large letters."""

_HEADLINE_NAMES: Mapping[PartyId, str] = MappingProxyType(
    {
        PartyId(id_): name
        for id_, name in (
            ("con", "Conservative"), ("lab", "Labour"), ("ld", "Lib Dem"), ("green", "Green"),
            ("reform", "Reform UK"), ("ukip", "UKIP"), ("ind", "Independent"),
            ("ra", "Residents"), ("snp", "SNP"), ("pc", "Plaid Cymru"), ("local", "Others"),
            ("noc", "No overall control"), ("sf", "Sinn Féin"), ("alliance", "Alliance"),
        )
    }
)  # fmt: skip
_WITH_ARTICLE = frozenset({"con", "ld", "green"})
_ORDINALS = (
    "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    "tenth", "eleventh", "twelfth",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class JustIn:
    """One declaration as it came to the wall."""

    subject: Subject
    """Whose it is."""
    seen_at: datetime | None
    """Feed time when it came."""
    changed: bool
    """Control has changed."""
    entry: int | None = None
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """One frame of the wall."""

    standing: Standing
    now: datetime | None = None
    """Feed time."""
    style: HouseStyle = "bbc"
    news: JustIn | None = None
    """What the page of the declaration just in is about."""
    waiting: int = 0
    """Declarations that wait to be revealed."""
    watched: frozenset[PlaceId] = frozenset()
    fresh: frozenset[PlaceId] = frozenset()
    chosen: PlaceId | None = None
    """The council that is pointed at on the map."""
    coloured: bool = True
    """The terminal shows colours."""
    late_after: timedelta = timedelta(minutes=30)
    sources: tuple[str, ...] = ()
    """Whose estimates the expected times are."""

    @property
    def councils(self) -> tuple[CouncilStanding, ...]:
        """The councils of the night, Northern Ireland's where there are no others."""
        return self.standing.councils or self.standing.ni_councils


def headline_name(party: PartyId | None, names: Mapping[PartyId, str] | None = None) -> str:
    """Return a party's name as it stands in a headline: `Lib Dem`, `No overall control`."""
    if party is None:
        return "Undeclared"
    return _HEADLINE_NAMES.get(party) or party_of(party, names or {}).name


def as_owner(party: PartyId | None, names: Mapping[PartyId, str] | None = None) -> str:
    """Return a party within a sentence: `the Conservatives`, `Labour`, `no overall control`."""
    if party is None:
        return "a party not named"
    name = party_of(party, names or {}).name
    return f"the {name}" if party in _WITH_ARTICLE else name


def possessive(name: str) -> str:
    """Return `Labour's`, `the Conservatives'`."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def ordinal(count: int) -> str:
    """Return `tenth`, and from thirteen on `13th`."""
    if 0 < count < len(_ORDINALS):
        return _ORDINALS[count]
    ending = (
        "th" if count % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    )
    return f"{count:,}{ending}"


def seats_label(line: SeatLine) -> str:
    """Return how a party's seats are headed: `Lib Dem`, or the label of one unknown."""
    return _HEADLINE_NAMES.get(line.party) or (
        PARTIES[line.party].label if line.party in PARTIES else line.name or line.label
    )


def declared_newest_first(standing: Standing) -> list[CouncilStanding]:
    """Return the councils that have declared, the newest of the log first."""
    done = [it for it in standing.all_councils if it.status == "declared"]
    return sorted(done, key=lambda it: (it.declared_order or 0, it.entry or 0), reverse=True)


def by_subject(standing: Standing) -> dict[Subject, Declaration]:
    """Return every council and every contest of the night, declared or not."""
    councils: dict[Subject, Declaration] = {it.id: it for it in standing.all_councils}
    return councils | {it.id: it for it in standing.contests}


def headline_title(one: Declaration) -> str:
    """Return what a declaration is of: `Trafford`, `Tees Valley mayor`."""
    return one.name if isinstance(one, CouncilStanding) else f"{one.area} {POSTS[one.kind]}"


def winner_of(one: Declaration) -> PartyId | None:
    """Return the party that controls a council or holds a post after the poll."""
    return one.after if isinstance(one, CouncilStanding) else one.winner


def has_changed(one: Declaration) -> bool:
    """Whether a council or a post has changed hands."""
    return one.changed_hands if isinstance(one, CouncilStanding) else one.outcome == "gain"


def kind_words(one: Declaration, names: Mapping[PartyId, str] | None = None) -> str:
    """Return what a declaration did, for the headline: `Lib Dem gain`, `Labour hold`."""
    after = winner_of(one)
    if after is None:
        return "Result"
    name = headline_name(after, names)
    if after == NOC:
        return name
    word = {"hold": "hold", "gain": "gain", "win": "win"}.get(one.outcome or "")
    if not word and isinstance(one, CouncilStanding):
        word = "gain" if one.changed_hands else "hold"
    return f"{name} {word}" if word else f"{name} win"


def ago_words(since: timedelta) -> str:
    """Return an age in words that change once a minute: `just now`, `seven minutes ago`."""
    minutes = int(since.total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{in_words(minutes)} {noun(minutes, 'minute')} ago"
    return f"{counted(minutes // 60, 'hour')} ago"
