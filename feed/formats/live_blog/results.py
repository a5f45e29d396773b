"""The grammar of results: what a sentence declares of the control of councils.

A sentence is a row of words (`words.py`) whose kinds are letters, and a clause is a pattern of
letters: “Labour gain Trafford from NOC” is `PGCfZ`. A sentence counts only when it is clauses from
its first word to its last, but for an opening such as “RESULT:” and a harmless tail, and when it
can be read in one way only. Everything else is news.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from feed.formats.live_blog.control import NOTHING, Control, changed, control_of, joined, steady
from feed.formats.live_blog.councils import councils_in, lies_in, sure_council
from feed.formats.live_blog.doubt import asks, hedges, is_doubtful, is_of_no_council, takes_back
from feed.formats.live_blog.parties import parties_in
from feed.formats.live_blog.words import VERBS, Word, words_of
from feed.model.entries import PlaceId
from feed.model.parties import NOC, PartyId, party_id
from feed.model.terms import Outcome

_LONGEST = 2000
_MOST_PARSED = 160
_MOST_READINGS = 4
_LONGEST_OF_A_STRANGER = 80
"""Letters of a sentence that names no party known, “Tower Hamlets - Aspire hold”."""
_PRONOUN = re.compile(r"(?:they|it|the\s+party)\b", re.IGNORECASE)
_MAY_TELL = re.compile(
    r"\b(?:bec[ao]m|captur|chang|cl[iu]ng|clinch|continu|control|drop|fall|fell|flip|gain|go|grab"
    r"|h[aou]ng|held|hold|ke[ep]|los|majority|mov|no|noc|now|pass|pick|re|secur|seiz"
    r"|slid|slip|snatch|stay|steal|stole|still|sw[iu]ng|switch|take|took|taken|to\b|turn|under|unchang"
    r"|went|w[io]n|wrest)|[→➡⇒⟶➜>]",
    re.IGNORECASE,
)
"""How the words begin without which no sentence is a result."""


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Context:
    """What “it” and “they” mean: the councils and the party of the sentence before."""

    councils: tuple[Word, ...] = ()
    names: tuple[str, ...] = ()
    party: PartyId | None = None
    is_open: bool = False
    """It said who lost the council and not who has it now."""
    is_title: bool = False
    """The title of the page named the council: “the council” means it, “it” may not."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a sentence says."""

    declared: tuple[Declared, ...] = ()
    context: Context = field(default_factory=Context)
    councils: frozenset[PlaceId] = frozenset()
    """All that it names."""
    is_unread: bool = False
    """It names a council and a verb of result, and was not understood."""


_Y = "[PZ]"
_LIST = r"C(?:-?[,&/]{1,2}C)*"
_COUNCILS = rf"(?:(?P<held>{_Y})k)?(?P<c>{_LIST})"
_SUBJECT = rf"(?:(?:ko)?T?(?:(?P<held>{_Y})k)?(?P<c>{_LIST}|C(?:;C)+)T?|(?P<s>[IJTw]))"
_UNKNOWN = "[UX]"

_OTHER = rf"(?:[,(]?T?(?P<w>[ft])u?(?P<q>{_Y}|U)k?\)?)?"
# Labour hold Leeds · Tories lose control of Swale to Labour · NOC gain Worcester from Con
_ACTIVE = rf"(?P<p>{_Y}|U)N?(?P<v>[HGWL])(?:(?P<m>m)[oi]|k[oi]{{1,2}}|-)?{_COUNCILS}{_OTHER}"
# … and gain Trafford from NOC
_CARRIED = rf"N?(?P<v>[HGWL])(?:(?P<m>m)[oi]|k[oi]{{1,2}})?{_COUNCILS}{_OTHER}"
# … and Shropshire from Con
_REPEATED = rf"{_COUNCILS}\(?(?P<w>[ft])u?(?P<q>{_Y}|U)k?\)?"
# … the Conservatives Swindon
_SHARED = rf"(?P<p>P){_COUNCILS}"
_LISTED = (
    # Lab gain from Con: Crawley, Trafford
    rf"(?P<p>{_Y})(?P<v>[GWL])(?P<w>[ft])(?P<q>{_Y})-(?P<c>{_LIST})",
    # NOC, no change: Derby, Colchester
    rf"(?P<p>{_Y})[-,]?(?P<v>n)[-i]{{0,2}}(?P<c>{_LIST})",
    # holds for Labour in Leeds, Luton and Slough
    rf"(?:I[bB])?b?(?P<v>H)r(?P<p>P)[i-](?P<c>{_LIST})",
    # Labour remain in control of Leeds · the Tories are still in charge in Fareham
    rf"(?P<kept>{_Y})(?:RS?|b?S)i?k[oi]{_COUNCILS}",
    # The Tories are no longer in control of Worcester
    rf"(?P<left>P)bzi?k[oi]{_COUNCILS}",
    # Labour now control Thurrock · Labour now have a majority on Thurrock Council
    rf"(?P<now>P)N(?:ko?|m[oi]){_COUNCILS}",
    # no change in Derby: NOC · no change in Bolton, which is still under no overall control
    rf"ni(?P<c>{_LIST})[-,]w?b?[SR]?[ui]{{0,2}}(?P<kept>{_Y})k?H?",
    # NOC Tower Hamlets (no change)
    rf"(?P<kept>{_Y})(?P<c>{_LIST})\(n\)?",
    # still no overall control in Portsmouth
    rf"[SR](?P<kept>Z)[-,]?[i-](?P<c>{_LIST})",
    # no overall control in Portsmouth
    rf"(?P<now>Z)[-,]?[i-](?P<c>{_LIST})",
)
_ENDS = rf"(?:[-,(]{{0,2}}(?P<w>[ft])u?(?P<q>{_Y}|U)k?|(?<=H)[-,(]{{1,2}}n)?"
_SAID: tuple[str, ...] = (
    # Amber Valley - Lab gain from Con · Leeds is a Labour hold · Hart: NOC (no change)
    rf"(?:F[-,])?[-,(]{{0,2}}b?(?P<p>{_Y}|U)[-,(]{{0,2}}(?P<v>[HGWLn])(?:ko?)?{_ENDS}\)?",
    # Devon: Conservatives lose control, NOC
    r"[-,(]?(?P<p>P)(?P<v>L)k?[-,(;](?P<q>Z)\)?",
    # Thurrock (Con): Lab gain · Leeds (Lab): hold
    rf"\((?P<q>{_Y})\)-?(?P<p>{_Y})(?P<v>[GW])k?",
    rf"\((?P<p>{_Y})\)-?(?P<v>[HGWLn])k?",
    # Harborough: NOC from Con
    rf"-(?P<goes>{_Y})f(?P<left>{_Y})",
    # Tower Hamlets - Aspire hold
    rf"-(?P<x>{_UNKNOWN})[-,]?(?P<v>[HGWn])(?:(?P<w>f)(?P<q>{_Y}|{_UNKNOWN}))?(?=;|$)",
    rf"-(?P<p>{_Y})(?P<v>[GW])(?P<w>f)(?P<q>X)(?=;|$)",
    # Medway Con to Lab · Medway: from Con to Lab
    rf"[-(]{{0,2}}f?(?P<left>{_Y})k?t(?P<goes>{_Y}|U)k?\)?",
    # Winchester: NOC – Lib Dem gain
    rf"-?(?P<q>{_Y})-(?P<p>{_Y})(?P<v>[GW])k?",
    # Derby and Colchester are still under no overall control · Herefordshire remains NOC
    rf"-?b?(?:S|RS?|SR)[uia]{{0,2}}(?P<kept>{_Y}|U)k?(?:[-,(]*n\)?)?",
    # Hart: no change, NOC
    rf"[-,(]?n[-,(]{{0,2}}(?P<kept>{_Y})\)?",
    # Swale falls to NOC from Con · Basildon goes from Con to NOC
    rf"-?b?N?F(?:t[ui]?|[ui])?(?P<goes>{_Y})k?(?:fu?(?P<left>{_Y})k?)?",
    rf"-?b?N?Ffu?(?P<left>{_Y})k?t[ui]?(?P<goes>{_Y})k?",
    # St Albans and Peterborough both fall from the hands of the Conservatives
    r"b?N?Ffu(?P<left>P)k?",
    # It is now under no overall control
    rf"-?(?:bN|Nb|N)[ui]{{0,2}}(?P<now>{_Y}|U)k?",
    # Winchester gained by the Lib Dems from the Tories
    rf"-?[bB]?N?(?P<v>[HGWL])y(?P<p>{_Y}|U)(?:(?P<w>[ft])(?P<q>{_Y}))?",
    rf"-?[bB]?N?(?P<v>[GW])(?P<w>f)(?P<q>{_Y})y(?P<p>{_Y}|U)",
)
_ONCE = (
    # The Liberal Democrats have retained control of the council
    rf"(?P<p>{_Y}|U)N?(?P<v>[HGWL])(?:(?P<m>m)[oi]|k[oi])?(?P<s>J){_OTHER}",
    # It was previously hung
    rf"(?P<s>[IJ])(?:D|BD)[ui]{{0,2}}(?P<was>{_Y})k?",
)
# No party now has a majority there
_STILL_OPEN = "N?(?P<s>)(?P<now>Z)$"
_BARE = (
    # Portsmouth: no overall control
    r"-(?P<now>Z)",
)
_AFTERTHOUGHT = (
    # …, previously under no overall control
    rf"[,(-]?(?P<which>w?)T?(?:D|(?<=w)BD?)[ui]{{0,2}}(?P<was>{_Y})k?\)?",
    # …, who took it from the Tories · …, gaining it from NOC
    rf"[,(-]?Ef(?P<was>{_Y})k?",
    # … after the Tories lost their majority there
    r",?a(?P<was>P)Lk",
    # …, with no party in overall control
    r",?a(?P<now>Z)k?",
    # …, now NOC
    rf"[,(-]N[ui]{{0,2}}(?P<now>{_Y})k?\)?",
)


@dataclass(frozen=True, slots=True)
class _Clause:
    """A pattern of a clause, and what must stand before it."""

    pattern: re.Pattern[str]
    is_active: bool = False
    """The councils are its end, and its party may go on as the subject of what follows."""
    needs: str = ""
    """party, verb: of the clause before; councils: the clause before names them."""


_CLAUSES = (
    _Clause(re.compile(_ACTIVE), is_active=True),
    _Clause(re.compile(_CARRIED), is_active=True, needs="party"),
    _Clause(re.compile(_REPEATED), is_active=True, needs="party and verb"),
    _Clause(re.compile(_SHARED), is_active=True, needs="verb"),
    *(_Clause(re.compile(each), is_active=True) for each in _LISTED),
    *(_Clause(re.compile(_SUBJECT + each)) for each in (*_SAID, *_BARE)),
    *(_Clause(re.compile(each)) for each in _ONCE),
    _Clause(re.compile(_STILL_OPEN), needs="loss"),
    *(_Clause(re.compile(each), needs="councils") for each in _AFTERTHOUGHT),
)
_IN_A_CELL = tuple(re.compile(each) for each in _SAID if "X" not in each and "<now>" not in each)
_JOINT = re.compile(r"[,;&-]{0,3}")

_OPENING = re.compile(
    r"(?:(?:(?:uk|english|welsh|scottish|british)\s+)?(?:(?:local|council|borough|county)\s+)?"
    r"elections?(?:\s+(?:19|20)\d\d)?(?:\s+(?:results?|live|latest|update|news))?"
    r"|(?:(?:council|full|final|latest|first|another|more|official|new)\s+)?"
    r"(?:results?|news|declared|declaration|update|flash|newsflash|new|snap|gain|hold|loss"
    r"|no\s+change|alert|latest|control)(?:\s+in)?"
    r")\s*[:|!–—-]+\s*"
    r"|(?:the\s+)?(?:first|second|third|fourth|fifth|next|latest|final|last|opening)\s+"
    r"(?:council\s+)?(?:results?|declaration)(?:\s+(?:of|from)\s+the\s+(?:night|day|evening))?"
    r"(?:\s+(?:is|are|comes?))?(?:\s+(?:in|here))?\s*[:!–—-]+\s*"
    r"|(?:elsewhere|also|meanwhile|in\s+other\s+(?:news|results))(?:\s+[a-z]+){0,3}\s*[:,]\s+"
    r"|(?:breaking(?:\s+news)?|correction|just\s+in|confirmed|and|also|meanwhile|elsewhere|plus"
    r"|finally|now|there\s+(?:are|were|is|was|have\s+been|has\s+been))\b[\s:|!,–—-]*",
    re.IGNORECASE,
)
"""What may stand before a statement and says nothing of it."""
_ITEM = re.compile(
    rf"{_LIST}[-,]?|C[-(]?f(?P<left>{_Y})\)?|C[-,;:(]*(?:P[-,]?9[-9(),;&/]*|9[-,]?P[-9(),;&/]*)+"
)
_TRIM = " \t,;:.…!|/•*–—-#"
_HASHTAGS = re.compile(r"(?:\s+(?:[#@]\w+|https?://\S+))+\s*$")
_PARTS = re.compile(r";\s+|,\s+(?:but|while|though|although|and(?=\s+(?:in|by)\s))\s+")
_NUMBERED = re.compile(r"^\(?\d{1,3}[.)]\s+")
_AS_EXPECTED = re.compile(r"(?:^|,)\s*as\s+expected,?\s+", re.IGNORECASE)
_AREA = re.compile(
    r"(?:in\s+(?:the\s+)?)?(?P<area>[A-Z][^,:;.]{2,40})[,:]\s+(?P<rest>.+)", re.IGNORECASE
)
_SYMBOL = re.compile(r"^[^\w\"“”'’‘«(\[@❌✗✖]+")
_TAIL = re.compile(
    r"\s*(?:[,;:(–—-]+\s*(?:and\s+|but\s+)?(?=(?P<word>[a-z0-9][\w'’-]*))|(?=with\s|after\s"
    r"|following\s|despite\s|thanks\s|amid\s|as\s|by\s\d|for\s+(?:the\s+)?first\s|again\b"
    r"|in\s+(?:a\s+|an\s+)?(?:shock|major|big|huge|stunning|dramatic|historic|blow)))"
)
_TAIL_WORDS = re.compile(
    r"(?:\d|a|an|the|who|whose|whom|its|their|his|her|which|with|after|following|having|leaving|bringing|meaning"
    r"|losing|winning|gaining|making|taking|adding|giving|putting|despite|thanks|amid|just|by|where"
    r"|as|for|in|turnout|majority|up|down|short|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|another|first|second|third|fourth|fifth|sixth|seventh|eighth|only|so|while|although|though|but|and"
    r"|beating|ending|falling|having|increasing|comfortably|easily|narrowly|holding|keeping|it|they"
    r"|this|that|all|most|both|full|results?|on|from|no|under|ousting|pushing|extending)\b",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"[-,;:(]*(?:[PUX]{1,3}-?9[-9(),;&/]*|9[-,;]?[PUX]{1,3}[-9(),;&/]*)+")


def title_of(lines: Sequence[str]) -> Context:
    """Return what “the council” means on a page whose first line of words names one council."""
    title = next((line[:_LONGEST] for line in lines if line.strip()), "")
    councils = [word for word in words_of(title, slips=False) if word.council]
    if len(councils) != 1:
        return Context()
    name = title[councils[0].start : councils[0].end]
    return Context(tuple(councils), (name,), is_title=True)


def declarations(text: str) -> tuple[Declared, ...]:
    """Return the councils whose control a sentence declares; none rather than a guess."""
    return read_sentence(text).declared


def control_in_words(cell: str) -> Control | None:
    """Return control before and after of a few words without a name: “Lab gain from Con”."""
    text = _plain(cell)
    words = words_of(text, slips=False)
    codes = "".join(word.kind for word in words)
    for pattern in _IN_A_CELL if len(words) < _MOST_PARSED else ():
        found = pattern.fullmatch(codes)
        if found:
            verb = found.groupdict().get("v") or ""
            control = _control(found, text, words, None, verb)
            return None if control == NOTHING else control
    return None


def read_item(line: str, control: Control, *, slips: bool = True) -> tuple[Declared, ...]:
    """Return the councils that a line lists below a heading that says what became of them.

    “Crawley: Lab 20 (+5); Con 13 (−4)”, “Leeds, Luton and Slough”. The figures must bear the
    heading out: nobody has more seats than the party that holds or gains the council.

    Args:
        line: the whole line.
        control: what the heading says.
        slips: whether misspelt councils are looked for.

    """
    text = _plain(line)
    words = words_of(text, slips=slips)
    codes = "".join(word.kind for word in words)
    found = _ITEM.fullmatch(codes)
    if found is None or len(words) > _MOST_PARSED or not _bears_out(text, words, control[1]):
        return ()
    if found["left"]:
        left = words[found.start("left")].party
        control = changed(left, control[1], control[2]) if control[0] in {None, left} else NOTHING
    if control == NOTHING:
        return ()
    return tuple(
        Declared(text[word.start : word.end], *control, text, word.council.id)
        for word in words
        if word.council
    )


def _bears_out(text: str, words: Sequence[Word], after: PartyId | None) -> bool:
    seats: dict[PartyId, int] = {}
    for word, figure in pairwise(word for word in words if word.kind not in "-,;"):
        number = text[figure.start : figure.end]
        if word.party and figure.kind == "9" and number.isdigit():
            seats.setdefault(word.party, int(number))
    if not seats or after is None or after == NOC:
        return True
    return seats.get(after, -1) >= max(seats.values())


def read_sentence(sentence: str, before: Context | None = None, *, slips: bool = True) -> Sentence:
    """Return what a sentence declares; none rather than a guess.

    Args:
        sentence: one sentence of a page.
        before: what the sentence before spoke of, for “it” and “they”.
        slips: whether misspelt councils are looked for.

    """
    text = _plain(sentence)
    if not text or len(text) > _LONGEST:
        return Sentence()
    if not _MAY_TELL.search(text) or (
        len(text) > _LONGEST_OF_A_STRANGER
        and not _PRONOUN.match(text)
        and next(parties_in(text), None) is None
    ):
        return Sentence(context=Context(party=_subject(text)), councils=councils_in(text))
    words = words_of(text, slips=slips)
    councils = frozenset(PlaceId(word.council.id) for word in words if word.council)
    if not words or len(words) > _MOST_PARSED:
        return Sentence(councils=councils, is_unread=bool(councils))
    parse = _Parse(text, words, before or Context())
    if is_of_no_council(sentence) or asks(sentence):
        return Sentence(councils=councils)
    told = parse.only() or _below_an_area(text, before or Context(), slips=slips)
    if told is None:
        told = _in_parts(text, before, slips=slips)
    if told is None:
        kinds = {word.kind for word in words}
        tells = "Z" in kinds or (kinds & VERBS and kinds & set("PUIJT"))
        is_unread = bool(councils and tells) and not is_doubtful(text)
        context = Context(party=_subject(text))
        return Sentence(context=context, councils=councils, is_unread=is_unread)
    return replace(told, councils=councils)


def _below_an_area(text: str, before: Context, *, slips: bool) -> Sentence | None:
    """Read “In Essex, the Tories hold Maldon” and “In Leeds, Labour have held control”."""
    found = _AREA.match(text)
    if found is None:
        return None
    area, rest = found["area"], found["rest"]
    if sure_council(area) and not councils_in(rest):
        rest = f"{area} - {rest}"
    told = _Parse(rest, words_of(rest, slips=slips), before).only()
    if told is None or (area not in rest and not _all_lie_in(told, area)):
        return None
    return told


def _in_parts(text: str, before: Context | None, *, slips: bool) -> Sentence | None:
    """Read what can be read of parts that stand for themselves: “…; the Greens hold sway”."""
    parts = _PARTS.split(text)
    if len(parts) < 2 or takes_back(text):
        return None
    declared: list[Declared] = []
    context = before or Context()
    for part in parts:
        told = _Parse(part, words_of(part, slips=slips), context).only()
        if told is not None:
            declared += told.declared
            context = told.context
    if len({each.place for each in declared}) < len(declared) or not declared:
        return None
    return Sentence(tuple(declared), context)


def _subject(text: str) -> PartyId | None:
    """Return the party that a sentence speaks of, where it begins with it and names no other."""
    named = list(parties_in(text))
    begins = bool(named) and text[: named[0][0]].lower() in {"", "the "}
    return named[0][2] if begins and len({party for _, _, party in named}) == 1 else None


def _all_lie_in(told: Sentence, area: str) -> bool:
    return all(lies_in(each.council, area) for each in told.declared)


def _plain(sentence: str) -> str:
    """Return a sentence without dots, hashtags and openings."""
    text = re.sub(r"\s+", " ", sentence)
    text = _SYMBOL.sub("", _HASHTAGS.sub("", text)).strip(_TRIM)
    text = _AS_EXPECTED.sub(" ", _NUMBERED.sub("", text)).strip(_TRIM)
    for _ in range(4):
        begin = _OPENING.match(text)
        if begin is None or begin.end() >= len(text) or hedges(begin[0]):
            break
        text = _SYMBOL.sub("", text[begin.end() :]).strip(_TRIM)
    return text


@dataclass(frozen=True, slots=True)
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


class _Parse:
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
        for clause in _CLAUSES:
            for told in self._clauses(clause, at, start, last):
                for rest in self._from(told.end, told):
                    reading = (told, *rest)
                    found.setdefault(tuple((t.councils, t.control) for t in reading), reading)
                    if len(found) == _MOST_READINGS:
                        return list(found.values())
        if not found and last is not None and self._is_tail(at):
            return [()]
        return list(found.values())

    def _clauses(self, clause: _Clause, at: int, start: int, last: _Told | None) -> Iterator[_Told]:
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

    def _begin(self, clause: _Clause, at: int, start: int, last: _Told | None) -> int | None:
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
        self, clause: _Clause, match: re.Match[str], last: _Told | None, joint: str
    ) -> _Told | None:
        """Return what a clause says, unless its words do not go together."""
        found = {name for name, codes in match.groupdict().items() if codes}
        party, verb = self._subject_and_verb(clause, match, last, joint)
        councils = self._councils(clause, match, last)
        if councils is None or ("m" in found and verb not in "GW"):
            return None
        if clause.needs in {"party", "verb", "party and verb"} and not (party and verb):
            return None
        control = _control(match, self._text, self._words, party, verb)
        if "held" in found:
            control = _was_held(control, self._words[match.start("held")].party)
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
        self, clause: _Clause, match: re.Match[str], last: _Told | None, joint: str
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
        self, clause: _Clause, match: re.Match[str], last: _Told | None
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
                name = _written(match, self._text, self._words, group)
                yield party_id(name), name

    def _is_tail(self, at: int) -> bool:
        """Whether what is left takes nothing back and names no other council or verb."""
        rest = self._codes[at:]
        last = self._words[at - 1]
        words = self._text[max(last.end, last.reach) :].strip()
        if not words.strip(_TRIM + ")"):
            return True
        if takes_back(words):
            return False
        if _FIGURES.fullmatch(rest.rstrip("),;-")):
            return True
        tail = _TAIL.match(words)
        if tail is None or set(rest) & set("CHGWLRFnZ"):
            return False
        return bool(_TAIL_WORDS.match(words, tail.end()))

    def _said(self, reading: _Reading) -> Sentence | None:
        told: dict[PlaceId, Declared] = {}
        for number, each in enumerate(reading):
            text = self._text
            if len(reading) > 1:
                begin = self._words[each.begin].start if number else 0
                text = self._text[begin : self._words[each.end - 1].end].strip(_TRIM)
            for place, name in self._places(each):
                declared = Declared(name, *each.control, text, place, each.names)
                earlier = told.get(place)
                if earlier is not None:
                    both = joined(earlier.control, each.control)
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


def _control(
    match: re.Match[str], text: str, words: Sequence[Word], subject: PartyId | None, verb: str
) -> Control:
    """Return what the parties and the verb of a clause say of control."""
    found = {name for name, codes in match.groupdict().items() if codes}

    def party(group: str) -> PartyId | None:
        if group not in found:
            return None
        return words[match.start(group)].party or party_id(_written(match, text, words, group))

    if kept := party("kept"):
        return steady(kept)
    if now := party("now"):
        return (None, now, None)
    if was := party("was"):
        return (was, None, None)
    left, goes = party("left"), party("goes")
    if goes:
        return changed(left, goes, None)
    if left:
        return (left, None, "lose")
    who = subject or party("p") or party("x")
    way = match["w"] if "w" in found else None
    return control_of(who, verb, way, party("q")) if who and verb else NOTHING


def _written(match: re.Match[str], text: str, words: Sequence[Word], group: str) -> str:
    first, last = words[match.start(group)], words[match.end(group) - 1]
    return re.sub(r"['’]s?$", "", text[first.start : last.end])


def _was_held(control: Control, held: PartyId | None) -> Control:
    """Return control where the council's name says who held it: “Tory-held Maldon”."""
    before, after, outcome = control
    if held is None or before not in {None, held}:
        return NOTHING
    return changed(held, after, outcome) if before is None else control
