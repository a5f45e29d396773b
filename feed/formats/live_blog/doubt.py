"""Words that make a statement doubtful, or tell that it is of no council's control."""

from __future__ import annotations

import re

_I = re.IGNORECASE
_DOUBT = re.compile(
    r"\?|\b(?:could|may|might|would|should|will|expect\w*|hop(?:e|es|ed|ing)|likely|unlikely|set to"
    r"|poised|look(?:s|ing)?|seem\w*|predict\w*|forecast\w*|project\w*|rumou?r\w*|reported\w*"
    r"|reports?|fear\w*|if|whether|unless|need\w*|must|want\w*|try\w*|aim\w*|target\w*|bid"
    r"|fight\w*|on course|driving seat|on track|close to|nearly|almost|claim\w*|says?|said|tell"
    r"|tells|told|hear|hears|reckon\w*|bet|bets|odds|bookies|bookmakers|sources?|according|not"
    r"|never|no longer|yet|partial|tipped|confident|ahead|exit|polls?|suggest\w*|ago|last time"
    r"|for now|think\w*|believ\w*|sure|appear\w*|possibl\w*|probabl\w*|perhaps|maybe|recount\w*"
    r"|suppos\w*|alleged\w*|unconfirmed|imagin\w*|dream\w*|joke\w*|spoof|satire|hypothetical\w*"
    r"|wrong\w*|mistak\w*|retract\w*|withdrawn|earlier|prospects?|chances?|watch|guide|preview"
    r"|in (?:19|20)\d\d|(?:19|20)\d\d results?|last year)\b|n[’']t\b",
    _I,
)
_LEADER_SAYS = re.compile(
    r",?\s*(?:its|their|the)\s+(?:former|outgoing|defeated|ousted)\s+leader\s+(?:has\s+|have\s+)?"
    r"(?:said|says|confirmed|told\s+\w+(?:\s+\w+)?|conceded|admitted)[.!\s]*$",
    _I,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_FIRST_SINCE = re.compile(r"\b(?:since|after|first)\b", _I)
_NO_COUNCIL = re.compile(
    r"\b(?:mayor\w*|wards?|by-?elections?|divisions?|constituenc\w+|commissioners?|pccs?"
    r"|parliament\w*|mps?|general election|swing|candidates?|vote share|share of the vote"
    r"|seat of|assembly|senedd|holyrood|stormont|westminster seat|mp’s|mp's|bundes\w+|congress"
    r"|governors?|senate|presiden\w+|referendum)\b"
    r"|majority of (?:[1-9]\d{0,2},\d{3}|\d{4,})|\bvotes?\b|(?:%|\bper cent)\s+of\b"
    r"|\bmajority of (?:more than |over |just |only )?\d{3}\b",
    _I,
)
_ONE_PERSON = re.compile(
    r"\bby-?elections?\b|majority of (?:[1-9]\d{0,2},\d{3}|\d{4,})|\bmayor(?:al(?:ty)?)?\b"
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


def is_doubtful(text: str) -> bool:
    """Whether the words speak of hopes, forecasts, hearsay or the past."""
    text = _LEADER_SAYS.sub("", text)
    if _DOUBT.search(text):
        return True
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
