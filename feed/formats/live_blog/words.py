"""A sentence of results as a row of words, each of one kind: councils, parties, verbs and joints.

The kind of a word is one letter, so that the grammar can be written as patterns of letters.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from feed.councils.register import Known
from feed.formats.live_blog.councils import area_end, council_at
from feed.formats.live_blog.parties import by_first_letter, party_at, unknown_party_at
from feed.model.parties import NOC, PartyId

MOST_WORDS = 300

_VERBS = {
    "H": "hold|holds|held|hold on to|holds on to|held on to|hold onto|holds onto|held onto"
    "|hang on to|hangs on to|hung on to|hang onto|hangs onto|hung onto|cling on to|clings on to"
    "|clung on to|cling onto|clings onto|clung onto|retain|retains|retained|keep|keeps|kept"
    "|keep hold of|keeps hold of|kept hold of|still control|still controls|still run|still runs"
    "|still hold|still holds|continue to control|continues to control|continue to run"
    "|continues to run|continue to hold|continues to hold",
    "G": "gain|gains|gained|take|takes|took|taken|take over|takes over|took over|taken over|seize"
    "|seizes|seized|capture|captures|captured|snatch|snatches|snatched|grab|grabs|grabbed|regain|regains"
    "|regained|win back|wins back|won back|take back|takes back|took back|taken back|retake"
    "|retakes|retook|retaken|pick up|picks up|picked up|wrest|wrests|wrested|steal|steals|stole"
    "|stolen|flip|flips|flipped",
    "W": "win|wins|won|secure|secures|secured|clinch|clinches|clinched",
    "L": "lose|loses|lost|loss|losses",
    "R": "remain|remains|remained|remaining|staying|stay|stays|stayed|continue to be"
    "|continues to be|continue under|continues under",
    "F": "fall|falls|fell|fallen|go|goes|went|gone|slip|slips|slipped|move|moves|moved|swing"
    "|swings|swung|switch|switches|switched|turn|turns|turned|change hands|changes hands"
    "|changed hands|pass|passes|passed|drop|drops|dropped|slide|slides|slid|become|becomes|became"
    "|changes|changed",
}
_OTHERS = {
    "n": "no change|unchanged|no change in control",
    "k": "control|controls|charge|overall control|outright control|full control|power|hands"
    "|majority|overall majority|grip|their hold|its hold|rule|their grip|its grip"
    "|stronghold of|heartland of",
    "m": "a majority|an overall majority|an outright majority|a slim majority|a clear majority"
    "|a narrow majority",
    "S": "still",
    "N": "now",
    "V": "leaving it|leaving the council|leaving",
    "D": "previously|formerly|former|had been|was previously|were previously|was formerly"
    "|were formerly|had previously been|which had been",
    "b": "is|are|be|been|being",
    "B": "was|were",
    "f": "from|away from|back from",
    "t": "to|into|back to|over to|to being|->|-->|=>|>|→|➡|⇒|⟶|➜",
    "y": "by",
    "o": "of|over|on|for control of",
    "i": "in|at",
    "r": "for",
    "u": "under|in the hands of|into the hands of|in the control of|under the control of"
    "|controlled by|run by|the hands of|the grasp of|the grip of|the control of",
    "I": "it|it's|it’s",
    "J": "the council|the authority|the borough|the district|the county|the city",
    "T": "they|the party|both councils|both|all three|all four",
    "w": "which|that|who",
    "E": "taking it|gaining it|winning it|seizing it|who took it|who gained it|who won it"
    "|who take it|who gain it|who win it|which took it|which gained it"
    "|taking control|gaining control",
    "a": "with|after|following|despite|thanks|amid",
    "&": "and|&|while|but|plus",
    "z": "no longer",
}
_FILLERS = (
    "the|a|an|just|also|all|each|again|once|have|has|officially|easily|comfortably|narrowly"
    "|convincingly|finally|duly|successfully|as expected|tonight|overnight|meanwhile|their"
    "|overall|councils|county councils|city councils|borough councils|district councils"
    "|to take full control|to take control|to take overall control|meaning|which means|council"
    "|new|new council|there|too|as well|declares|newly created"
    "|another|managed to|manage to|manages to|were able to|was able to"
)
_TOGETHER = re.compile(
    r"(?:Cambridgeshire\s+(?:and|&)\s+Peterborough|York\s+(?:and|&)\s+North\s+Yorkshire"
    r"|Hull\s+(?:and|&)\s+East\s+(?:Yorkshire|Riding)|Devon\s+(?:and|&)\s+Cornwall)\b(?!\s+C)"
)
"""Areas of one mayor or commissioner that bear the names of two councils."""
_COUNT = (
    r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|some|more|no"
    r"|just|only|another|further|extra|all|at\s+least|a|its|their|his|her|own|first|second|third|of"
    r"|the|new)"
)
_SEATS = re.compile(
    r"(?:gain|hold|held|lose|lost|take|took|win|won|pick\s+up|picked\s+up|add)(?:s|ed)?\s+"
    rf"(?:{_COUNT}\s+){{0,5}}(?:seats?|councillors?|wards?)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[+−–-]?\d[\d,.]*%?")
_RUN_BY = re.compile(r"[-‑](?:controlled|run|held|ruled)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:the|an?)\b")
_OWNER = re.compile(r"['’]s?(?!\w)")
_WORD = re.compile(r"[^\W\d_][\w'’]*(?:[-‑][^\W\d_][\w'’]*)*\.?")
_SPACE = re.compile(r"\s(?=[A-Z])")
_DASH = re.compile(r"[\s:–—‒-]*[:–—‒-]")
_MARKS = {",": ",", ";": ";", "/": "/", "(": "(", ")": ")", "[": "(", "]": ")", "|": ";", "+": "&"}


class Word(NamedTuple):
    """One word or phrase of a sentence."""

    kind: str
    """One letter: C a council, P a party, Z no overall control, U an unknown party, X another
    name, x any other word, 9 a figure; else a verb, joint or mark of the tables above."""
    start: int
    end: int
    party: PartyId | None = None
    council: Known | None = None
    reach: int = 0
    """Where the words end that stand behind it and say nothing."""


def _phrases() -> dict[str, str]:
    return {
        phrase: kind
        for table in (_VERBS, _OTHERS, {"": _FILLERS})
        for kind, phrases in table.items()
        for phrase in phrases.split("|")
    }


_KIND_OF = _phrases()
_PHRASE_AT = by_first_letter(_KIND_OF, r"(?![\w'’])(?!-\w)")
_RESULT_VERB = re.compile(
    rf"\b(?:{'|'.join(sorted('|'.join(_VERBS.values()).split('|'), reverse=True))})\b",
    re.IGNORECASE,
)
VERBS = frozenset("HGWLRFn")
"""The kinds that say what became of a council."""


def has_result_verb(text: str) -> bool:
    """Whether a text has a verb that can say what became of a council."""
    return bool(_RESULT_VERB.search(text))


def words_of(text: str, *, slips: bool = True, most: int = MOST_WORDS) -> tuple[Word, ...]:
    """Return the words of a sentence without those that say nothing, such as “the” and “also”.

    Args:
        text: one sentence, in which white space is single.
        slips: whether misspelt councils are looked for.
        most: how many words are wanted.

    """
    found: list[Word] = []
    at = 0
    while at < len(text) and len(found) < most:
        word = _word_at(text, at, found, slips=slips)
        if word is None:
            at += 1
            continue
        at = max(word.end, at + 1)
        last = found[-1].kind if found else ""
        if word.kind == ")" and last == "(":
            found.pop()
        elif word.kind == "T" and last and last not in ",;&":
            continue
        elif word.kind:
            found.append(word)
        elif found:
            found[-1] = found[-1]._replace(reach=word.end)
    return tuple(found)


def _word_at(text: str, at: int, before: list[Word], *, slips: bool) -> Word | None:
    char = text[at]
    if char.isspace() or char in "#*_•·.!…'’":
        return None
    if before and (after := _after_the_last(text, at, before)):
        return after
    if char in _MARKS:
        return Word(_MARKS[char], at, at + 1)
    if char.isdigit() or (char in "+−–-" and text[at + 1 : at + 2].isdigit()):
        number = _NUMBER.match(text, at)
        return Word("9", at, number.end() if number else at + 1)
    phrase = _phrase_at(text, at)
    if not char.isalpha():
        return _mark(text, at, phrase)
    return _named(text, at, phrase, slips=slips)


def _phrase_at(text: str, at: int) -> re.Match[str] | None:
    pattern = _PHRASE_AT.get(text[at].lower())
    return pattern.match(text, at) if pattern else None


def _after_the_last(text: str, at: int, before: list[Word]) -> Word | None:
    """Return what may only stand behind a party or a council: “-controlled”, “in Hampshire”."""
    last = before[-1]
    if last.kind == "C" and (article := _ARTICLE.match(text, at)):
        return Word("x", at, article.end())
    if last.kind in "PZU" and (run_by := _RUN_BY.match(text, at)):
        return Word("k", at, run_by.end())
    if last.council is not None and text[at] in "i(,":
        end = area_end(text, at, last.council)
        if end is not None:
            return Word("", at, end)
    return None


def _mark(text: str, at: int, phrase: re.Match[str] | None) -> Word | None:
    if phrase is not None:
        return Word(_KIND_OF[_plain(phrase[0])], at, phrase.end())
    dash = _DASH.match(text, at)
    if dash is not None:
        is_loose = (
            text[at] == ":" or text[at - 1 : at].isspace() or text[dash.end() :][:1].isspace()
        )
        return Word("-" if is_loose else "x", at, dash.end())
    return Word("x", at, at + 1) if text[at].isascii() or text[at] in "“”‘«»❌✗" else None


def _named(text: str, at: int, phrase: re.Match[str] | None, *, slips: bool) -> Word:
    """Return the longest of what begins here, and a council before a party or a verb."""
    name = text[at].isupper()
    if name and (together := _TOGETHER.match(text, at)):
        return Word("x", at, together.end())
    seats = _SEATS.match(text, at) if phrase or text[at] in "aA" else None
    council = council_at(text, at) if name else None
    if council is not None and slips:
        council = _longer(text, at, council)
    party = party_at(text, at)
    unknown = unknown_party_at(text, at) if name else None
    found = [
        *([Word("q", at, seats.end())] if seats else []),
        *([Word("C", at, council[0], council=council[1])] if council else []),
        *([Word("Z" if party[1] == NOC else "P", at, party[0], party[1])] if party else []),
        *([Word("U", at, unknown[0], unknown[1])] if unknown else []),
        *([Word(_KIND_OF[_plain(phrase[0])], at, phrase.end())] if phrase else []),
    ]
    if not found and name and slips and (council := council_at(text, at, slips=True)):
        found = [Word("C", at, council[0], council=council[1])]
    if not found:
        word = _WORD.match(text, at)
        return Word("X" if name else "x", at, _owned(text, word.end() if word else at + 1))
    longest = max(found, key=lambda each: each.end)
    end = longest.end if longest.kind == "C" else _owned(text, longest.end)
    return longest if end == longest.end else longest._replace(end=end)


def _longer(text: str, at: int, council: tuple[int, Known]) -> tuple[int, Known]:
    """Return the misspelt council that goes on where a shorter name ends: “Wyre Forrest”."""
    space = _SPACE.match(text, council[0])
    after = space.end() if space else 0
    if not after or party_at(text, after) or _phrase_at(text, after):
        return council
    longer = council_at(text, at, slips=True)
    return longer if longer is not None and longer[0] > council[0] else council


def _owned(text: str, end: int) -> int:
    owner = _OWNER.match(text, end)
    return owner.end() if owner else end


def _plain(phrase: str) -> str:
    return re.sub(r"\s+", " ", phrase).lower()
