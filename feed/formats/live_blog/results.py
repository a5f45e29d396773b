"""The grammar of results: what a sentence declares of the control of councils.

A sentence is a row of words (`words.py`) whose kinds are letters, and a clause is a pattern of
letters (`clauses.py`). A sentence counts only when it is clauses from its first word to its last,
but for an opening such as “RESULT:” and a harmless tail, and when it can be read in one way only.
Everything else is news.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from feed.formats.live_blog.clauses import IN_A_CELL, LIST, PARTY, control_said
from feed.formats.live_blog.control import NOTHING, Control, changed
from feed.formats.live_blog.councils import councils_in, lies_in, sure_council
from feed.formats.live_blog.doubt import asks, hedges, is_doubtful, is_of_no_council, takes_back
from feed.formats.live_blog.parse import Context, Declared, Parse, Sentence
from feed.formats.live_blog.parties import parties_in
from feed.formats.live_blog.words import VERBS, Word, has_result_verb, words_of
from feed.model.entries import PlaceId
from feed.model.parties import NOC, PartyId

_LONGEST = 2000
MOST_PARSED = 160
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
    r"|finally|now|there(?:['’]s|\s+(?:are|were|is|was|have\s+been|has\s+been))(?:\s+now)?)\b[\s:|!,–—-]*",
    re.IGNORECASE,
)
"""What may stand before a statement and says nothing of it."""
_ITEM = re.compile(
    rf"{LIST}[-,]?|C[-(]?f(?P<left>{PARTY})\)?|C[-,;:(]*(?:P[-,]?9[-9(),;&/]*|9[-,]?P[-9(),;&/]*)+"
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
    for pattern in IN_A_CELL if len(words) < MOST_PARSED else ():
        found = pattern.fullmatch(codes)
        if found:
            verb = found.groupdict().get("v") or ""
            control = control_said(found, text, words, None, verb)
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
    if found is None or len(words) > MOST_PARSED or not _bears_out(text, words, control[1]):
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


@lru_cache(maxsize=2048)
def read_sentence(sentence: str, before: Context | None = None, *, slips: bool = True) -> Sentence:
    """Return what a sentence declares; none rather than a guess.

    What was read is remembered: a page that grows is read again and again.

    Args:
        sentence: one sentence of a page.
        before: what the sentence before spoke of, for “it” and “they”.
        slips: whether misspelt councils are looked for.

    """
    text = _plain(sentence)
    if not _may_tell(text):
        return Sentence(context=Context(party=_subject(text)), councils=councils_in(text))
    if not _may_begin(text, slips=slips):
        return _of_another_shape(sentence, text)
    words = words_of(text, slips=slips)
    councils = frozenset(PlaceId(word.council.id) for word in words if word.council)
    if not words or len(words) > MOST_PARSED:
        return Sentence(councils=councils, is_unread=bool(councils))
    parse = Parse(text, words, before or Context())
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


def _may_tell(text: str) -> bool:
    """Whether a sentence has a word without which none is a result, and names who may control."""
    if len(text) > _LONGEST or not _MAY_TELL.search(text):
        return False
    is_short = len(text) <= _LONGEST_OF_A_STRANGER
    return is_short or bool(_PRONOUN.match(text)) or next(parties_in(text), None) is not None


def _may_begin(text: str, *, slips: bool) -> bool:
    """Whether a sentence, or a part that stands for itself, begins as a clause can."""
    if ";" in text or _PARTS.search(text) or _AREA.match(text):
        return True
    first = words_of(text, slips=slips, most=1)
    return bool(first) and first[0].kind not in "xX9"


def _of_another_shape(sentence: str, text: str) -> Sentence:
    """Return what a sentence names that cannot be a result, and whether it may tell one."""
    councils = councils_in(text)
    is_unread = bool(councils) and has_result_verb(text) and not is_doubtful(text)
    doubted = is_unread and (is_of_no_council(sentence) or asks(sentence))
    return Sentence(councils=councils, is_unread=is_unread and not doubted)


def _below_an_area(text: str, before: Context, *, slips: bool) -> Sentence | None:
    """Read “In Essex, the Tories hold Maldon” and “In Leeds, Labour have held control”."""
    found = _AREA.match(text)
    if found is None:
        return None
    area, rest = found["area"], found["rest"]
    if sure_council(area) and not councils_in(rest):
        rest = f"{area} - {rest}"
    told = Parse(rest, words_of(rest, slips=slips), before).only()
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
        told = Parse(part, words_of(part, slips=slips), context).only()
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
