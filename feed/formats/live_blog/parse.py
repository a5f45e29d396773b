"""What a sentence can be read to declare, clause by clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field, replace

from feed.formats.live_blog.clauses import CLAUSES, Clause, control_said, was_held, written
from feed.formats.live_blog.control import NOTHING, Control, joint_control
from feed.formats.live_blog.doubt import takes_back
from feed.formats.live_blog.words import Word
from feed.model.entries import PlaceId
from feed.model.parties import PartyId, party_id
from feed.model.terms import Outcome
from feed.records import record

_MOST_READINGS = 4
_JOINT = re.compile(r"[,;&-]{0,3}")
_EDGE = " \t,;:.…!|/•*–—-#)"
_TAIL = re.compile(
    r"\s*(?:[,;:(–—-]+\s*(?:and\s+|but\s+)?(?=(?P<word>[a-z0-9][\w'’-]*))|(?=with\s|after\s"
    r"|following\s|despite\s|thanks\s|amid\s|as\s|by\s\d|for\s+(?:the\s+)?first\s|again\b"
    r"|in\s+(?:a\s+|an\s+)?(?:shock|major|big|huge|stunning|dramatic|historic|blow)))"
)
_TAIL_WORDS = re.compile(
    r"(?:\d+|a|an|the|who|whose|whom|its|their|his|her|which|with|after|following|having|leaving"
    r"|bringing|meaning|losing|winning|gaining|making|taking|adding|giving|putting|despite|thanks"
    r"|amid|just|by|where|as|for|in|turnout|majority|up|down|short|one|two|three|four|five|six|seven"
    r"|eight|nine|ten|another|first|second|third|fourth|fifth|sixth|seventh|eighth|only|so|while"
    r"|although|though|but|and|beating|ending|falling|increasing|comfortably|easily|narrowly|holding"
    r"|keeping|it|they|this|that|all|most|both|full|results?|on|from|no|under|ousting|pushing"
    r"|extending)\b",
    re.IGNORECASE,
)
_OF_SOMEBODY = re.compile(
    r"\s*[,;:(–—-]+\s*(?:[A-Z][\w-]+\s){0,2}[A-Z][\w-]+['’]s?\s(?!seat|ward)[a-z]"
)
"""“…, David Cameron's old backyard”."""
_OF_A_PARTY = re.compile(r"[,;(-]+P[xP&]+\)?$")
_NOUNS = frozenset({"gain", "gains", "loss", "losses", "win", "wins"})
_FIGURES = re.compile(r"[-,;:(]*(?:[PUX]{1,3}-?9[-9(),;&/]*|9[-,;]?[PUX]{1,3}[-9(),;&/]*)+")


@record(frozen=True, slots=True)
class Declared:
    """One council's control, as a clause tells it."""

    council: str
    """As the page writes it."""
    before: PartyId | None
    after: PartyId | None
    outcome: Outcome | None
    text: str
    place: PlaceId
    party_names: tuple[tuple[PartyId, str], ...] = ()
    """Names of parties that nobody knows."""

    @property
    def control(self) -> Control:
        """Control before and after, and the outcome where it is certain."""
        return (self.before, self.after, self.outcome)

    def with_control(self, control: Control, also: Declared | None = None) -> Declared:
        """Return it with another control, and with the names of parties that `also` brings."""
        before, after, outcome = control
        names = self.party_names + (also.party_names if also else ())
        return replace(self, before=before, after=after, outcome=outcome, party_names=names)


@record(frozen=True, slots=True)
class Context:
    """What “it” and “they” mean: the councils and the party of the sentence before."""

    councils: tuple[Word, ...] = ()
    names: tuple[str, ...] = ()
    party: PartyId | None = None
    is_open: bool = False
    """It said who lost the council and not who has it now."""
    is_title: bool = False
    """The title of the page named the council: “the council” means it, “it” may not."""


@record(frozen=True, slots=True)
class Sentence:
    """What a sentence says."""

    declared: tuple[Declared, ...] = ()
    context: Context = field(default_factory=Context)
    councils: frozenset[PlaceId] = frozenset()
    """All that it names."""
    is_unread: bool = False
    """It names a council and a verb of result, and was not understood."""


@record(frozen=True, slots=True)
class _Told:
    """A clause that was read: its councils by place in the row of words, and their control."""

    councils: tuple[int, ...]
    """Empty: those of the sentence before."""
    control: Control
    begin: int
    end: int
    party: PartyId | None
    verb: str
    way: str = ""
    is_shared: bool = False
    names: tuple[tuple[PartyId, str], ...] = ()


_Reading = tuple[_Told, ...]


class Parse:
    """All ways to read one sentence; when they do not say the same, none of them counts."""

    def __init__(self, text: str, words: Sequence[Word], before: Context) -> None:
        self._text = text
        self._words = words
        self._before = before
        self._codes = "".join(word.kind for word in words)
        self._known: dict[tuple[int, _Told | None], list[_Reading]] = {}
        self._left = 4000

    def only(self) -> Sentence | None:
        """Return what the sentence says; None unless it can be read in one way."""
        readings = self._from(0, None)
        if not readings or len(readings) == _MOST_READINGS:
            return None
        said = [self._said(reading) for reading in readings]
        meant = {each and tuple((one.place, one.control) for one in each.declared) for each in said}
        return said[0] if len(meant) == 1 else None

    def _from(self, at: int, last: _Told | None) -> list[_Reading]:
        key = (at, last)
        if key not in self._known:
            self._known[key] = []
            self._known[key] = self._readings(at, last)
        return self._known[key]

    def _readings(self, at: int, last: _Told | None) -> list[_Reading]:
        if last is not None and at == len(self._codes):
            return [()]
        found: dict[tuple[tuple[tuple[int, ...], Control], ...], _Reading] = {}
        joint = _JOINT.match(self._codes, at) if last is not None else None
        start = joint.end() if joint else at
        for clause in CLAUSES:
            for told in self._clauses(clause, at, start, last):
                for rest in self._from(told.end, told):
                    reading = (told, *rest)
                    found.setdefault(tuple((t.councils, t.control) for t in reading), reading)
                    if len(found) == _MOST_READINGS:
                        return list(found.values())
        if not found and last is not None and self._is_tail(at):
            return [()]
        return list(found.values())

    def _clauses(self, clause: Clause, at: int, start: int, last: _Told | None) -> Iterator[_Told]:
        """Return the ways in which a clause may begin at `start`, behind what joins it."""
        joint = self._codes[at:start]
        begin = self._begin(clause, at, start, last)
        if begin is None:
            return
        end = len(self._codes)
        while end > begin and self._left > 0:
            self._left -= 1
            match = clause.pattern.match(self._codes, begin, end)
            if match is None:
                return
            told = self._told(clause, match, last, joint)
            if told is not None:
                yield told
            if not clause.is_active or match.end("c") - match.start("c") == 1:
                return
            end = min(match.end(), match.end("c")) - 1

    def _begin(self, clause: Clause, at: int, start: int, last: _Told | None) -> int | None:
        """Return where a clause begins that needs others before it; None where they are not."""
        if clause.needs == "councils":
            return at
        if clause.needs == "loss":
            is_open = self._before.is_open and len(self._before.councils) == 1
            return start if last is None and is_open else None
        if not clause.needs:
            return start
        if last is not None:
            return start if start > at else None
        carries_on = clause.needs == "party" and self._before.party is not None and at == 0
        return 1 if carries_on and self._codes[:1] in {"I", "J", "T"} else None

    def _told(
        self, clause: Clause, match: re.Match[str], last: _Told | None, joint: str
    ) -> _Told | None:
        """Return what a clause says, unless its words do not go together."""
        found = {name for name, codes in match.groupdict().items() if codes}
        party, verb = self._subject_and_verb(clause, match, last, joint)
        councils = self._councils(clause, match, last)
        if councils is None or ("m" in found and verb not in "GW"):
            return None
        if clause.needs in {"party", "verb", "party and verb"} and not (party and verb):
            return None
        control = control_said(match, self._text, self._words, party, verb)
        for group in found & {"held", "former"}:
            control = was_held(control, self._words[match.start(group)].party)
        if control == NOTHING:
            return None
        if clause.needs == "councils" and last:
            party, verb = last.party, last.verb
        return _Told(
            councils, control, match.start(), match.end(),
            party if clause.is_active or clause.needs == "councils" else None,
            verb, match["w"] if "w" in found else "", clause.needs == "verb",
            tuple(self._names(match)),
        )  # fmt: skip

    def _subject_and_verb(
        self, clause: Clause, match: re.Match[str], last: _Told | None, joint: str
    ) -> tuple[PartyId | None, str]:
        """Return the party and the verb of a clause, which may be those of the one before."""
        groups = match.groupdict()
        verb = groups.get("v") or ""
        party = self._words[match.start("p")].party if groups.get("p") else None
        if "party" in clause.needs:
            party = last.party if last else self._before.party
        if last is None:
            return party, verb
        if clause.needs == "party and verb":
            is_told = not last.way and "-" in joint
            verb = last.verb if last.way == groups["w"] or is_told else ""
        elif clause.needs == "verb":
            verb = last.verb if self._may_share(match, last, joint) else ""
        return party, verb

    def _councils(
        self, clause: Clause, match: re.Match[str], last: _Told | None
    ) -> tuple[int, ...] | None:
        """Return the councils of a clause, none for those of the sentence before; None: unclear."""
        groups = match.groupdict()
        if groups.get("c"):
            return tuple(n for n in range(*match.span("c")) if self._codes[n] == "C")
        if clause.needs == "councils":
            is_clear = last and (not groups.get("which") or len(last.councils) == 1)
            return last.councils if last and is_clear else None
        return self._meant(match, last) if groups.get("s") else ()

    def _meant(self, match: re.Match[str], last: _Told | None) -> tuple[int, ...] | None:
        """Return the councils that “it”, “both” or “which” means; none for the sentence before."""
        pronoun = match["s"]
        number = len(last.councils if last else self._before.councils)
        if last is None and self._before.is_title and pronoun != "J":
            return None
        if pronoun == "w" and last is None:
            return None
        if number == 0 or (number > 1) != (pronoun == "T"):
            return None
        return last.councils if last else ()

    def _may_share(self, match: re.Match[str], last: _Told, joint: str) -> bool:
        """Whether “…, the Tories Swindon” has the verb before it: not “and Tory Swindon”."""
        if last.verb not in "HGWL" or not last.verb:
            return False
        word = self._words[match.start("p")]
        name = self._text[word.start : word.end]
        begins = self._text[: word.start].lower().endswith("the ")
        is_noun = name.endswith("s") or name in {"Labour", "SNP", "UKIP", "Reform", "Reform UK"}
        return is_noun and ("," in joint or ";" in joint or last.is_shared or begins)

    def _names(self, match: re.Match[str]) -> Iterator[tuple[PartyId, str]]:
        for group, span in match.groupdict().items():
            if span and set(span) <= {"U", "X"}:
                name = written(match, self._text, self._words, group)
                yield party_id(name), name

    def _is_tail(self, at: int) -> bool:
        """Whether what is left takes nothing back and names no other council or verb."""
        rest = self._codes[at:]
        last = self._words[at - 1]
        words = self._text[max(last.end, last.reach) :].strip()
        if not words.strip(_EDGE):
            return True
        if takes_back(words):
            return False
        if _FIGURES.fullmatch(rest.rstrip("),;-")):
            return True
        tail = _TAIL.match(words)
        verbs = {
            word.kind
            for word in self._words[at:]
            if self._text[word.start : word.end].lower() not in _NOUNS
        }
        if verbs & set("CHGWLRFnZ"):
            return False
        if tail is not None:
            return bool(_TAIL_WORDS.match(words, tail.end()))
        return bool(_OF_SOMEBODY.match(words)) or _OF_A_PARTY.match(rest) is not None

    def _said(self, reading: _Reading) -> Sentence | None:
        told: dict[PlaceId, Declared] = {}
        for number, each in enumerate(reading):
            text = self._text
            if len(reading) > 1:
                begin = self._words[each.begin].start if number else 0
                text = self._text[begin : self._words[each.end - 1].end].strip(_EDGE)
            for place, name in self._places(each):
                declared = Declared(name, *each.control, text, place, each.names)
                earlier = told.get(place)
                if earlier is not None:
                    both = joint_control(earlier.control, each.control)
                    if both is None or both == NOTHING:
                        return None
                    declared = replace(earlier.with_control(both, declared), text=self._text)
                told[place] = declared
        last = reading[-1]
        words = tuple(self._words[n] for n in last.councils) or self._before.councils
        names = (
            tuple(self._text[word.start : word.end] for word in words)
            if last.councils else self._before.names
        )  # fmt: skip
        party = next((each.party for each in reversed(reading) if each.party), None)
        is_open = len(told) == 1 and all(each.after is None for each in told.values())
        return Sentence(tuple(told.values()), Context(words, names, party, is_open=is_open))

    def _places(self, told: _Told) -> Iterator[tuple[PlaceId, str]]:
        if not told.councils:
            for word, name in zip(self._before.councils, self._before.names, strict=True):
                if word.council:
                    yield word.council.id, name
        for number in told.councils:
            word = self._words[number]
            if word.council:
                yield word.council.id, self._text[word.start : word.end]
