"""Declarations of control in plain words: “Tories hold Maldon”, “Hart - NOC no change”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from feed.formats.live_blog.control import (
    GAIN,
    HOLD,
    LOSE,
    NOTHING,
    WIN,
    Control,
    changed,
    control_of,
    steady,
)
from feed.formats.live_blog.councils import councils_in
from feed.formats.live_blog.parties import NO_CONTROL, PARTY, party_named
from feed.model.parties import NOC, PartyId
from feed.model.terms import Outcome


@dataclass(frozen=True, slots=True)
class Declared:
    """One council's control, as a clause tells it."""

    council: str
    """As the page writes it."""
    before: PartyId | None
    after: PartyId | None
    outcome: Outcome | None
    text: str


_LONGEST = 2000
_I = re.IGNORECASE
_VERB = rf"(?:(?:have|has)\s+)?(?P<verb>{HOLD}|{GAIN}|{WIN}|{LOSE})\b"
_NOUN = r"(?:hold|holds|held|gain|gains|gained|win|wins|lose|loses|loss|lost)\b"
_CONTROL = r"(?:\s+(?:overall\s+)?control)?"
_OTHER = rf"(?:\s+(?P<way>from|to)\s+(?:the\s+)?(?P<other>{PARTY}))?"

_ACTIVE = re.compile(
    rf"(?:the\s+)?(?P<party>{PARTY})\s+{_VERB}\s*:?"
    r"(?:\s+(?:on\s*to|(?:overall\s+)?control\s+(?:of|in|at)|(?:the|their)\s+majority\s+(?:on|in)))?"
    rf"\s+(?P<where>.+?){_OTHER}",
    _I,
)
_NOC_IN = re.compile(
    rf"(?P<still>(?:still|remains?)\s+)?(?P<party>{NO_CONTROL})\s*(?:[:,–—-]\s*)?"
    r"(?:(?P<same>no\s+change)\s*)?(?:in|at|on|:|–|—|-)\s*(?P<where>.+)",
    _I,
)
_RESULT = re.compile(
    rf"(?<![\w-])(?:(?:is\s+|an?\s+)*(?P<party>{PARTY})[\s,]+"
    rf"\(?(?P<noun>{_NOUN}|no\s+change|unchanged){_CONTROL}{_OTHER}\)?"
    r"|(?:(?:have|has|all|both|each|also|still)\s+)*(?:remains?|remained|stays?|stayed)\s+(?:in\s+|under\s+|at\s+|with\s+)?"
    rf"(?P<kept>{PARTY}){_CONTROL}(?:[\s,–—-]+\(?no\s+change\b\)?)?"
    rf"|no\s+change[\s,:–—-]+\(?(?P<unchanged>{PARTY})\)?"
    r"|(?:(?:have|has|had|is|was|are|been)\s+)*(?P<passive>held|retained|gained|taken|won|lost)\s+by"
    rf"\s+(?:the\s+)?(?P<doer>{PARTY})(?:\s+(?P<whence>from|to)\s+(?:the\s+)?(?P<whom>{PARTY}))?"
    r"|(?:go|goes|fall|falls|moves|slips|swings|switches)\s+"
    rf"(?:from\s+(?:the\s+)?(?P<left>{PARTY})\s+)?(?:to|into)\s+(?:the\s+)?(?P<goes>{PARTY}))",
    _I,
)
_BARE_NOC = re.compile(rf"(?P<where>.+?)\s*[:–—-]+\s*{NO_CONTROL}", _I)
_BEFORE = re.compile(
    r"(?:breaking|correction|just in|latest|confirmed|result|results|declared|update|and|also"
    r"|meanwhile|now|both|the)\b[\s:!–—-]*",
    _I,
)
_TAIL = re.compile(r"(?:\s*,|\s+[–—-]|\s+\(|\s+(?=(?:with|after)\s))\s*(?=[a-z0-9])")
_TRIM = " \t,;:.…!|/•*–—-"
_HEDGED = re.compile(
    r"\?|\b(?:could|may|might|would|should|will|expect\w*|hop(?:e|es|ed|ing)|likely|unlikely|set to"
    r"|poised|look(?:s|ing)?|seem\w*|predict\w*|forecast\w*|project\w*|rumou?r\w*|reported\w*"
    r"|reports?|fear\w*|if|whether|unless|need\w*|must|want\w*|try\w*|aim\w*|target\w*|bid"
    r"|fight\w*|on course|driving seat|on track|close to|nearly|almost|claim\w*|says?|said"
    r"|sources?|according|not|never|no longer|yet|early|partial|tipped|confident|ahead|exit"
    r"|polls?|suggest\w*|ago|last time|for now|think\w*|believ\w*|sure|appear\w*|possibl\w*"
    r"|perhaps|maybe|in (?:19|20)\d\d|since|previously|mayor\w*|wards?|by-?elections?|divisions?"
    r"|constituenc\w+|commissioners?|pcc|westminster|parliament\w*|mps?|general election)\b"
    r"|n[’']t\b",
    _I,
)


def is_hedged(text: str) -> bool:
    """Whether a sentence speaks of hopes, forecasts, the past, wards or mayors."""
    return bool(_HEDGED.search(text))


def control_in_words(text: str) -> Control | None:
    """Return control before and after of a few words without a name: “Lab gain from Con”."""
    found = _RESULT.fullmatch(text.strip(_TRIM))
    control = _result(found) if found else NOTHING
    return None if control == NOTHING else control


def declarations(sentence: str) -> tuple[Declared, ...]:
    """Return the councils whose control the sentence declares; none rather than a guess."""
    text = re.sub(r"\s+", " ", sentence).strip(_TRIM)
    if not text or len(text) > _LONGEST or is_hedged(sentence):
        return ()
    found = _whole(text)
    if found:
        return found
    return tuple(replace(each, text=text) for each in _whole(_without_tail(text)))


def _without_tail(text: str) -> str:
    tail = _TAIL.search(text)
    return text[: tail.start()] if tail else ""


def _whole(text: str) -> tuple[Declared, ...]:
    for _ in range(3):
        begin = _BEFORE.match(text)
        if begin is None or begin.end() == len(text):
            break
        text = text[begin.end() :]
    results = list(_RESULT.finditer(text))
    gaps = _gaps(text, results)
    if results and gaps[0] and not gaps[-1]:
        return _after_names(text, results, gaps)
    starts = [result.start() for result in results]
    if len(starts) > 1 and not gaps[0] and gaps[-1]:
        return _before_names(text, starts)
    return _active(text) or _no_control(text)


def _gaps(text: str, results: Sequence[re.Match[str]]) -> list[str]:
    ends = [0, *(result.end() for result in results)]
    starts = [*(result.start() for result in results), len(text)]
    return [text[end:start].strip(_TRIM) for end, start in zip(ends, starts, strict=True)]


def _after_names(
    text: str, results: Sequence[re.Match[str]], gaps: Sequence[str]
) -> tuple[Declared, ...]:
    """Read “Amber Valley - Lab gain from Con Gateshead - Lab hold …”."""
    found: list[Declared] = []
    begin = 0
    for result, gap in zip(results, gaps, strict=False):
        councils = councils_in(re.sub(r"^(?:and|while|but)\s+", "", gap))
        if councils is None:
            return ()
        clause = text[begin : result.end()].strip(_TRIM)
        control = _result(result)
        if control == NOTHING:
            return ()
        found.extend(Declared(council, *control, clause) for council in councils)
        begin = result.end()
    return tuple(found)


def _before_names(text: str, starts: Sequence[int]) -> tuple[Declared, ...]:
    """Read “Labour hold Leeds, Tories hold Swindon”."""
    found: list[Declared] = []
    for begin, end in zip(starts, [*starts[1:], len(text)], strict=True):
        clause = re.sub(r"\s(?:and|while|but)(?:\s+the)?$", "", text[begin:end].strip(_TRIM))
        each = _active(clause)
        if not each:
            return ()
        found.extend(each)
    return tuple(found)


def _active(text: str) -> tuple[Declared, ...]:
    match = _ACTIVE.fullmatch(text)
    councils = councils_in(match["where"]) if match else None
    if match is None or councils is None:
        return ()
    party, verb = party_named(match["party"]), match["verb"].lower()
    other = party_named(match["other"]) if match["other"] else None
    control = control_of(party, verb, match["way"], other)
    if control == NOTHING:
        return ()
    return tuple(Declared(council, *control, text) for council in councils)


def _no_control(text: str) -> tuple[Declared, ...]:
    match = _NOC_IN.fullmatch(text)
    if match:
        same = match["same"] or match["still"]
        councils = councils_in(match["where"])
        control = steady(NOC) if same else (None, NOC, None)
        return tuple(Declared(council, *control, text) for council in councils or ())
    bare = _BARE_NOC.fullmatch(text)
    councils = councils_in(bare["where"]) if bare else None
    return tuple(Declared(council, None, NOC, None, text) for council in councils or ())


def _result(found: re.Match[str]) -> Control:
    if found["kept"] or found["unchanged"]:
        return steady(party_named(found["kept"] or found["unchanged"]))
    if found["goes"]:
        left = party_named(found["left"]) if found["left"] else None
        return changed(left, party_named(found["goes"]), None)
    party, verb = found["party"] or found["doer"], found["noun"] or found["passive"]
    other = found["other"] or found["whom"]
    return control_of(
        party_named(party),
        verb,
        found["way"] or found["whence"],
        party_named(other) if other else None,
    )
