"""Words that make a statement doubtful, or tell that it is of no council's control."""

from __future__ import annotations

import re

_I = re.IGNORECASE
_HEARSAY = (
    r"could|may|might|would|should|will|expect\w*|likely|unlikely|set\s+to|predict\w*|forecast\w*"
    r"|project\w*|rumou?r\w*|reported\w*|reports?|if|whether|unless|claim\w*|says?|said|tells?|told"
    r"|hears?|reckon\w*|bets?|odds|bookies|bookmakers|sources?|according|not|partial|tipped|exit"
    r"|polls?|suggest\w*|think\w*|believ\w*|appear\w*|possibl\w*|probabl\w*|perhaps|maybe"
    r"|recount\w*|suppos\w*|alleged\w*|unconfirmed|imagin\w*|dream\w*|joke\w*|spoof|satire"
    r"|hypothetical\w*|wrong\w*|mistak\w*|retract\w*|withdrawn|last\s+time|for\s+now|last\s+year"
    r"|in\s+(?:19|20)\d\d|(?:19|20)\d\d\s+results?"
)
_DOUBT = re.compile(
    rf"\?|\b(?:{_HEARSAY}|hop(?:e|es|ed|ing)|poised|look(?:s|ing)?|seem\w*|fear\w*|need\w*|must"
    r"|want\w*|try\w*|aim\w*|target\w*|bid|fight\w*|on\s+course|driving\s+seat|on\s+track"
    r"|close\s+to|nearly|almost|never|no\s+longer|yet|confident|ahead|ago|sure|earlier|prospects?"
    r"|chances?|watch|guide|preview)\b|n[’']t\b",
    _I,
)
_TAKEN_BACK = re.compile(rf"\?|\b(?:{_HEARSAY})\b|n[’']t\b", _I)
_LEADER_SAYS = re.compile(
    r",?\s*(?:its|their|the)\s+(?:former|outgoing|defeated|ousted)\s+leader\s+(?:has\s+|have\s+)?"
    r"(?:said|says|confirmed|told\s+\w+(?:\s+\w+)?|conceded|admitted)[.!\s]*$",
    _I,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_FIRST_SINCE = re.compile(r"\b(?:since|after|first)\b", _I)
_OF_VOTES = (
    r"\bmaj(?:ority)?\.?\W{0,3}(?:of\s+)?(?:more\s+than\s+|over\s+|just\s+|only\s+)?"
    r"(?:[1-9]\d{0,2},\d{3}|\d{3,})\b"
)
"""A majority of hundreds or thousands is one of votes, in one person's contest."""
_ASKS = re.compile(r"\?|^(?:has|have|had|is|are|did|do|does|was|were|can|could|will|would)\b", _I)
_NO_COUNCIL = re.compile(
    r"\b(?:mayor\w*|wards?|by-?elections?|divisions?|constituenc\w+|commissioners?|pccs?"
    r"|parliament\w*|mps?|general election|swing|candidates?|vote share|share of the vote"
    r"|seat of|assembly|senedd|holyrood|stormont|westminster seat|mp’s|mp's|bundes\w+|congress"
    r"|governors?|senate|presiden\w+|referendum)\b"
    rf"|{_OF_VOTES}|\bvotes?\b|(?:%|\bper cent)\s+of\b",
    _I,
)
_ONE_PERSON = re.compile(
    rf"\bby-?elections?\b|{_OF_VOTES}|\bmayor(?:al(?:ty)?)?\b"
    r"|\bnew mp\b|\bpccs?\b|\bcommissioners?\b|\bparliamentary\b",
    _I,
)
_ELSEWHERE = re.compile(
    r"\b(?:canad\w+|austral\w+|new zealand\w*|america\w*|german\w*|french|france|irish general"
    r"|spain|spanish|italian?|dutch|united states|u\.?s\.? elections?)\b",
    _I,
)
_PAST = re.compile(
    r"\b(?:last time|previous\w*|how .{0,40}voted|before the (?:poll|election|vote)|history"
    r"|background|four years|last year|past results)\b",
    _I,
)


def asks(sentence: str) -> bool:
    """Whether a sentence is a question, with its mark or without."""
    return bool(_ASKS.search(sentence.strip()))


def is_doubtful(text: str) -> bool:
    """Whether the words speak of hopes, forecasts, hearsay or the past."""
    return hedges(text) or _is_of_a_year(text)


def hedges(text: str) -> bool:
    """Whether the words speak of hopes, forecasts or hearsay."""
    return bool(_DOUBT.search(text))


def takes_back(tail: str) -> bool:
    """Whether the words behind a statement make it a forecast, hearsay or the past."""
    tail = _LEADER_SAYS.sub("", tail)
    return bool(_TAKEN_BACK.search(tail)) or _is_of_a_year(tail)


def _is_of_a_year(text: str) -> bool:
    return bool(_YEAR.search(text)) and not _FIRST_SINCE.search(text)


def is_of_no_council(text: str) -> bool:
    """Whether the words speak of wards, votes or one person's contest, or of another country."""
    return bool(_NO_COUNCIL.search(text) or _ELSEWHERE.search(text))


def is_of_one_person(text: str) -> bool:
    """Whether the words surely speak of the contest of a mayor, commissioner or member."""
    return bool(_ONE_PERSON.search(text))


def covers_no_results(heading: str, year: int | None) -> bool:
    """Whether what stands below a heading is no result of this night.

    Args:
        heading: a line above others.
        year: of the night, where the page says it.

    """
    years = {int(each) for each in _YEAR.findall(heading)}
    if years and (_PAST.search(heading) or (year is not None and year not in years)):
        return True
    bare = _YEAR.sub("", heading)
    return bool(_DOUBT.search(bare) or is_of_no_council(heading) or _PAST.search(heading))
