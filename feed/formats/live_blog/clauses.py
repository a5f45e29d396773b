"""The clauses of the grammar of results, as patterns of the kinds of words (`words.py`).

“Labour gain Trafford from NOC” is `PGCfZ`. The groups name what a word is in its clause: p the
party and v the verb, w the way (from, to) and q the other party, c the councils or s what stands
for them; kept, now, was, left and goes are parties that keep, have, had, left or took control.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from feed.formats.live_blog.control import NOTHING, Control, changed, control_of, steady
from feed.formats.live_blog.words import Word
from feed.model.parties import PartyId, party_id
from feed.records import record

PARTY = "[PZ]"
LIST = r"C(?:-?[,&/]{1,2}C)*"
# Leeds and Hull · Tory-held Maldon · formerly Conservative Winchester
_HELD = rf"D?(?:(?P<held>(?<=D){PARTY}|{PARTY}(?=k))k?)?"
_COUNCILS = rf"(?:{_HELD}(?P<c>{LIST}))"
# … · Ashfield, previously hung, · Winchester, which was held by the Tories,
_FORMER = rf"(?:[,(-](?:wB|w?D)(?:Hy)?[ui]{{0,2}}(?P<former>{PARTY})k?[,)-])?"
_SUBJECT = rf"(?:(?:ko)?T?{_HELD}(?P<c>{LIST}|C(?:;C)+)T?{_FORMER}|(?P<s>[IJTw]))"
_UNKNOWN = "[UX]"

_OTHER = rf"(?:[,(]?T?(?P<w>[ft])u?(?P<q>{PARTY}|U)k?\)?)?"
# Labour hold Leeds · Tories lose control of Swale to Labour · NOC gain Worcester from Con
_ACTIVE = rf"(?P<p>{PARTY}|U)N?(?P<v>[HGWL])(?:(?P<m>m)[oi]|k[oi]{{1,2}}|-)?{_COUNCILS}{_OTHER}"
# … and gain Trafford from NOC
_CARRIED = rf"N?(?P<v>[HGWL])(?:(?P<m>m)[oi]|k[oi]{{1,2}})?{_COUNCILS}{_OTHER}"
# … and Shropshire from Con
_REPEATED = rf"{_COUNCILS}\(?(?P<w>[ft])u?(?P<q>{PARTY}|U)k?\)?"
# … the Conservatives Swindon
_SHARED = rf"(?P<p>P){_COUNCILS}"
_LISTED = (
    # Lab gain from Con: Crawley, Trafford
    rf"(?P<p>{PARTY})(?P<v>[GWL])(?P<w>[ft])(?P<q>{PARTY})-(?P<c>{LIST})",
    # Con to LD: Woking, Guildford
    rf"(?P<left>{PARTY})t(?P<goes>{PARTY})-(?P<c>{LIST})",
    # NOC, no change: Derby, Colchester
    rf"(?P<p>{PARTY})[-,]?(?P<v>n)[-i]{{0,2}}(?P<c>{LIST})",
    # holds for Labour in Leeds, Luton and Slough
    rf"(?:I[bB]?)?b?(?P<v>H)r(?P<p>P)[i-](?P<c>{LIST})",
    # Labour remain in control of Leeds · the Tories are still in charge in Fareham
    rf"(?P<kept>{PARTY})(?:RS?|b?S)i?k[oi]{_COUNCILS}",
    # The Tories are no longer in control of Worcester
    rf"(?P<left>P)bzi?k[oi]{_COUNCILS}",
    # Labour now control Thurrock · Labour now have a majority on Thurrock Council
    rf"(?P<now>P)N(?:ko?|m[oi]){_COUNCILS}",
    # no change in Derby: NOC · no change in Bolton, which is still under no overall control
    rf"ni(?P<c>{LIST})[-,]w?b?[SR]?[ui]{{0,2}}(?P<kept>{PARTY})k?H?",
    # NOC Tower Hamlets (no change)
    rf"(?P<kept>{PARTY})(?P<c>{LIST})\(n\)?",
    # still no overall control in Portsmouth
    rf"[SR](?P<kept>Z)[-,]?[i-](?P<c>{LIST})",
    rf"(?P<kept>Z)S[i-](?P<c>{LIST})",
    # no overall control in Portsmouth
    rf"(?P<now>Z)[-,]?[i-](?P<c>{LIST})",
)
_ENDS = rf"(?:[-,(]{{0,2}}(?P<w>[ft])u?(?P<q>{PARTY}|U)k?|(?<=H)[-,(]{{1,2}}n)?"
_SAID: tuple[str, ...] = (
    # Amber Valley - Lab gain from Con · Leeds is a Labour hold · Hart: NOC (no change)
    rf"(?:F[-,])?[-,(]{{0,2}}b?(?P<p>{PARTY}|U)[-,(]{{0,2}}(?P<v>[HGWLn])(?:ko?)?{_ENDS}\)?",
    # Devon: Conservatives lose control, NOC
    r"[-,(]?(?P<p>P)(?P<v>L)k?[-,(;](?P<q>Z)\)?",
    # Thurrock (Con): Lab gain · Leeds (Lab): hold
    rf"\((?P<q>{PARTY})\)-?(?P<p>{PARTY})(?P<v>[GW])k?",
    rf"\((?P<p>{PARTY})\)-?(?P<v>[HGWLn])k?",
    # Harborough: NOC from Con
    rf"-(?P<goes>{PARTY})f(?P<left>{PARTY})",
    # Tower Hamlets - Aspire hold
    rf"-(?P<x>{_UNKNOWN})[-,]?(?P<v>[HGWn])(?:(?P<w>f)(?P<q>{PARTY}|{_UNKNOWN}))?(?=;|$)",
    rf"-(?P<p>{PARTY})(?P<v>[GW])(?P<w>f)(?P<q>X)(?=;|$)",
    # Medway Con to Lab · Medway: from Con to Lab
    rf"[-(]{{0,2}}f?(?P<left>{PARTY})k?t(?P<goes>{PARTY}|U)k?\)?",
    # Winchester: NOC – Lib Dem gain
    rf"-?(?P<q>{PARTY})-(?P<p>{PARTY})(?P<v>[GW])k?",
    # Derby and Colchester are still under no overall control · Herefordshire remains NOC
    rf"-?b?(?:S|RS?|SR)[uia]{{0,2}}(?P<kept>{PARTY}|U)k?(?:[-,(]*n\)?)?",
    # Hart: no change, NOC
    rf"[-,(]?n[-,(]{{0,2}}(?P<kept>{PARTY})\)?",
    # Swale falls to NOC from Con · Basildon goes from Con to NOC
    rf"-?b?N?F(?:t[ui]?|[ui])?(?P<goes>{PARTY})k?(?:fu?(?P<left>{PARTY})k?)?",
    rf"-?b?N?Ffu?(?P<left>{PARTY})k?t[ui]?(?P<goes>{PARTY})k?",
    # St Albans and Peterborough both fall from the hands of the Conservatives
    r"b?N?Ffu?(?P<left>(?<=u)P|P(?=k))k?",
    # Peterborough is no longer under Conservative control
    r"bzu?(?P<left>P)k?",
    # It is now under no overall control
    rf"-?(?:bN|Nb|N)[ui]{{0,2}}(?P<now>{PARTY}|U)k?",
    # Winchester gained by the Lib Dems from the Tories
    rf"-?[bB]?N?(?P<v>[HGWL])y(?P<p>{PARTY}|U)(?:(?P<w>[ft])(?P<q>{PARTY}))?",
    rf"-?[bB]?N?(?P<v>[GW])(?P<w>f)(?P<q>{PARTY})y(?P<p>{PARTY}|U)",
)
_ONCE = (
    # The Liberal Democrats have retained control of the council
    rf"(?P<p>{PARTY}|U)N?(?P<v>[HGWL])(?:(?P<m>m)[oi]|k[oi])?(?P<s>J){_OTHER}",
    # It was previously hung
    rf"(?P<s>[IJ])(?:D|BD)[ui]{{0,2}}(?P<was>{PARTY})k?",
)
# No party now has a majority there
_STILL_OPEN = "N?(?P<s>)(?P<now>Z)$"
_BARE = (
    # Portsmouth: no overall control
    r"-(?P<now>Z)",
)
_AFTERTHOUGHT = (
    # …, previously under no overall control
    rf"[,(-]?(?P<which>w?)T?(?:D|(?<=w)BD?)[ui]{{0,2}}(?P<was>{PARTY})k?\)?",
    # …, who took it from the Tories · …, gaining it from NOC
    rf"[,(-]?Ef(?P<was>{PARTY})k?",
    # … after the Tories lost their majority there
    r",?a(?P<was>P)Lk",
    # … after being held by the Conservatives
    r",?abHy(?P<was>P)",
    # … leaving it under no overall control
    r",?V[ui]{0,2}(?P<now>Z)k?",
    # …, with no party in overall control
    r",?a(?P<now>Z)k?",
    # …, now NOC
    rf"[,(&-]{{1,2}}b?N[ui]{{0,2}}(?P<now>{PARTY})k?\)?",
)


@record(frozen=True, slots=True)
class Clause:
    """A pattern of a clause, and what must stand before it."""

    pattern: re.Pattern[str]
    is_active: bool = False
    """The councils are its end, and its party may go on as the subject of what follows."""
    needs: str = ""
    """party, verb: of the clause before; councils: the clause before names them."""


CLAUSES = (
    Clause(re.compile(_ACTIVE), is_active=True),
    Clause(re.compile(_CARRIED), is_active=True, needs="party"),
    Clause(re.compile(_REPEATED), is_active=True, needs="party and verb"),
    Clause(re.compile(_SHARED), is_active=True, needs="verb"),
    *(Clause(re.compile(each), is_active=True) for each in _LISTED),
    *(Clause(re.compile(_SUBJECT + each)) for each in (*_SAID, *_BARE)),
    *(Clause(re.compile(each)) for each in _ONCE),
    Clause(re.compile(_STILL_OPEN), needs="loss"),
    *(Clause(re.compile(each), needs="councils") for each in _AFTERTHOUGHT),
)
IN_A_CELL = tuple(re.compile(each) for each in _SAID if "X" not in each and "<now>" not in each)


def control_said(
    match: re.Match[str], text: str, words: Sequence[Word], subject: PartyId | None, verb: str
) -> Control:
    """Return what the parties and the verb of a clause say of control."""
    found = {name for name, codes in match.groupdict().items() if codes}

    def party(group: str) -> PartyId | None:
        if group not in found:
            return None
        return words[match.start(group)].party or party_id(written(match, text, words, group))

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


def written(match: re.Match[str], text: str, words: Sequence[Word], group: str) -> str:
    """Return what a group of a clause is in the page's own words."""
    first, last = words[match.start(group)], words[match.end(group) - 1]
    return re.sub(r"['’]s?$", "", text[first.start : last.end])


def was_held(control: Control, held: PartyId | None) -> Control:
    """Return control where the council's name says who held it: “Tory-held Maldon”."""
    before, after, outcome = control
    if held is None or before not in {None, held}:
        return NOTHING
    return changed(held, after, outcome) if before is None else control
