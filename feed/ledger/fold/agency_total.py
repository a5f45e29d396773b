"""Folding agency totals and news: what they say, and when they can be judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from feed.clock import hh_mm
from feed.councils.placing import Ref, number_of
from feed.ledger.content import Content
from feed.ledger.state import LedgerState, TotalRecord, moment_of, time_of
from feed.ledger.versions import CouncilRecord
from feed.model.entries import Check, Clock, Entry, EntryKind, Mark, Origin, PlaceId
from feed.model.messages import AgencyTotal, CouncilRef, News, Result, TotalRow
from feed.model.standing import TotalStanding
from feed.rules.agency_totals import Counted, baseline_fits, judge
from feed.wording.entries import total_figures

_MINUTE = timedelta(minutes=1)
_UK = {"all", "england", "uk", "united kingdom"}


def fold_total(state: LedgerState, message: AgencyTotal, origin: Origin, content: Content) -> None:
    """Take an agency total in and judge it, if all that it counts is in."""
    record = TotalRecord(message, origin, state.next_entry)
    standing = stand(state, record)
    state.totals[content] = replace(record, judged=standing)
    if standing.verdict == "waiting":
        state.waiting[content] = None
    _write_total(state, record, standing)


def fold_news(state: LedgerState, message: News, origin: Origin, content: Content) -> None:
    """Take a line of news in; its running totals are judged when its minute is over."""
    at, clock = time_of(message, origin)
    detail = ""
    if message.totals:
        record = TotalRecord(message, origin, state.next_entry)
        standing = _stand_running(state, record, message)
        over = _minute_is_over(state, at)
        judged = standing if over or standing.verdict == "agrees" else _open(standing)
        state.totals[content] = replace(record, judged=judged)
        if not over:
            state.waiting[content] = None
        detail = f"{total_figures(message.totals, state.party_names)} · {judged.says}"
    state.write(
        Entry(
            seq=state.next_entry, kind=EntryKind.NEWS, at=at, clock=clock, origin=origin,
            text=message.text, detail=detail, test=message.test,
            source=message.source or "", note=message.note or "",
        )
    )  # fmt: skip


def judge_running(state: LedgerState, upcoming: datetime) -> None:
    """Judge the running totals whose minute is over, before what comes at `upcoming` is folded."""
    for content in tuple(state.waiting):
        record = state.totals[content]
        message = record.message
        if not isinstance(message, News):
            continue
        if upcoming < _minute_end(moment_of(message, record.origin)):
            continue
        del state.waiting[content]
        standing = _stand_running(state, record, message)
        state.totals[content] = replace(record, judged=standing)
        if record.judged is None or standing.verdict == record.judged.verdict == "agrees":
            continue
        if standing.verdict == "agrees" or standing.differences:
            _write_running(state, record, standing)


def judge_waiting(state: LedgerState) -> None:
    """Judge the totals that waited for results which are in now."""
    for content in tuple(state.waiting):
        record = state.totals[content]
        if isinstance(record.message, News) or _lacks_one(state, record.message):
            continue
        standing = stand(state, record)
        if standing.verdict != "waiting":
            del state.waiting[content]
            state.totals[content] = replace(record, judged=standing)
            _write_total(state, record, standing, judged_now=True)


def _lacks_one(state: LedgerState, message: AgencyTotal) -> bool:
    """Whether one of the councils that a total names has no result; the last are so the longest."""
    for ref in reversed(message.councils or ()):
        record = _record(state, message, ref)
        if record is None or not _has_result(record):
            return True
    return False


def stand(state: LedgerState, record: TotalRecord) -> TotalStanding:
    """Return what a total comes to by what the books hold now."""
    message = record.message
    if isinstance(message, News):
        judged = record.judged
        if judged is not None and judged.verdict != "waiting":
            return judged
        now = _stand_running(state, record, message)
        return now if judged is None or now.verdict == "agrees" else judged
    blank = TotalStanding(
        region=message.region, declared=message.declared, of=message.of, verdict="waiting",
        rows=message.rows, baseline=message.baseline, entry=record.entry,
        at=moment_of(message, record.origin),
    )  # fmt: skip
    counted = _counted(state, message)
    if isinstance(counted, str):
        judged = record.judged
        if judged is not None and judged.verdict not in {"waiting", "not comparable"}:
            return judged
        return replace(blank, verdict="not comparable", says=counted)
    councils, missing = counted
    if missing:
        return replace(blank, waiting_for=missing, says=_waits(missing))
    judgement = judge(message, councils, state.party_names)
    return replace(
        blank,
        verdict=judgement.verdict,
        explained_by=judgement.explained_by,
        differences=judgement.differences,
        says=_says(judgement.verdict, judgement.explained_by, judgement.differences),
    )


def counted_records(state: LedgerState, message: AgencyTotal) -> tuple[CouncilRecord | None, ...]:
    """Return the records that a total's figures stand on, to see whether any has changed."""
    if message.councils is None:
        return tuple(_of_the_night(state))
    return tuple(_record(state, message, ref) for ref in message.councils)


def _of_the_night(state: LedgerState) -> Iterator[CouncilRecord]:
    """Return the councils that the night counts (rule 11)."""
    return (record for record in state.councils.values() if not record.stands_apart)


def _record(state: LedgerState, message: AgencyTotal, ref: CouncilRef) -> CouncilRecord | None:
    number = number_of(message.election, ref.agency_id)
    placed = state.placing.place(Ref(ref.council, ref.gss, number))
    return state.councils.get(placed.known.id) if placed.known else None


def _counted(
    state: LedgerState, message: AgencyTotal
) -> tuple[list[Counted], tuple[str, ...]] | str:
    if message.councils is not None:
        pairs = [(ref.council, _record(state, message, ref)) for ref in message.councils]
        missing = tuple(name for name, record in pairs if not record or not _has_result(record))
        return [_counting(record) for _, record in pairs if record and _has_result(record)], missing
    if message.region.casefold() not in _UK:
        return f"the total of {message.region} does not say which councils it counts"
    declared = [record for record in _of_the_night(state) if record.result is not None]
    if len(declared) > message.declared:
        return f"it counts {message.declared} councils, {len(declared)} are in, and names none"
    short = message.declared - len(declared)
    return [_counting(r) for r in declared], (f"{short} more result{'s' * (short > 1)}",) * bool(
        short
    )


def _has_result(record: CouncilRecord) -> bool:
    return any(told.message.kind == "result" for told in record.versions)


def _results(record: CouncilRecord) -> tuple[Result, ...]:
    messages = (told.message for told in record.versions)
    return tuple(message for message in messages if isinstance(message, Result))


def _counting(record: CouncilRecord) -> Counted:
    results = _results(record)
    current = record.result
    if current is None:
        results = (*results, Result(council=record.known.name, revision=0))
    elif results[-1] is not current:
        results = (*(result for result in results if result is not current), current)
    return Counted(PlaceId(record.known.id), record.known.name, results, record.roster)


def _waits(missing: tuple[str, ...]) -> str:
    more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
    return f"waits for {', '.join(missing[:3])}{more}"


def _says(
    verdict: str,
    explained_by: Iterable[tuple[PlaceId, str, int]],
    differences: tuple[str, ...],
) -> str:
    match verdict:
        case "agrees":
            return "agrees with ours"
        case "not comparable":
            return "not comparable with ours: another baseline, or figures that are about"
        case "explained":
            told = [f"{name} r{revision}" for _, name, revision in explained_by]
            return f"equals ours with {_listed(told)}"
        case _:
            return f"differs: {'; '.join(differences)}"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _write_total(
    state: LedgerState, record: TotalRecord, standing: TotalStanding, *, judged_now: bool = False
) -> None:
    message = record.message
    of = f"/{standing.of}" if standing.of else ""
    region = "" if standing.region.casefold() == "all" else f" {standing.region}"
    at, clock = time_of(message, record.origin)
    mark = Mark.REMARK if standing.verdict == "differs" else Mark.OK
    if standing.verdict in {"waiting", "not comparable"}:
        mark = Mark.NOT_CHECKED
    if judged_now:
        at, clock = _when_in(state, at, clock)
    now = ", judged now that its results are in" if judged_now else ""
    state.write(
        Entry(
            seq=state.next_entry, kind=EntryKind.TOTAL,
            at=at, clock=clock, origin=record.origin,
            text=f"State of parties{region} {standing.declared}{of}{now}: {standing.says}",
            detail=total_figures(standing.rows, state.party_names),
            corrects=None, mark=mark, test=message.test,
            checks=(Check("agency-total", mark, f"{standing.says}."),),
            source=message.source or "", note=message.note or "",
        )
    )  # fmt: skip


def _when_in(state: LedgerState, at: datetime, clock: Clock) -> tuple[datetime, Clock]:
    """Return by when all that a total counts was in; an estimate if the last time was one."""
    last = state.log[-1] if state.logged else None
    if state.as_of is None or last is None:
        return at, clock
    return state.as_of, "estimated" if last.is_estimated else "judged"


def _write_running(state: LedgerState, record: TotalRecord, standing: TotalStanding) -> None:
    at, clock = time_of(record.message, record.origin)
    mark = Mark.NOT_CHECKED if standing.differences else Mark.OK
    state.write(
        Entry(
            seq=state.next_entry, kind=EntryKind.TOTAL, at=at, clock=clock, origin=record.origin,
            text=f"Running totals of {hh_mm(at)}, at the end of their minute: {standing.says}",
            detail=total_figures(standing.rows, state.party_names), mark=mark,
            test=record.message.test, checks=(Check("running-total", mark, f"{standing.says}."),),
            source=record.message.source or "",
        )
    )  # fmt: skip


def _minute_end(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0) + _MINUTE


def _minute_is_over(state: LedgerState, at: datetime) -> bool:
    return state.as_of is not None and state.as_of >= _minute_end(at)


def _open(standing: TotalStanding) -> TotalStanding:
    """Return a running total that is judged when its minute is over."""
    if standing.verdict == "not comparable" and not standing.differences:
        return standing
    says = "held against ours at the end of its minute"
    return replace(standing, verdict="waiting", differences=(), says=says)


def _in_by(record: CouncilRecord, end: datetime) -> bool:
    """Whether a result was declared before `end`, or is in without a time of its own."""
    current = record.current
    if current is None or record.result is None:
        return False
    at, clock = time_of(current.message, current.origin)
    return clock != "declared" or at < end


def _stand_running(state: LedgerState, record: TotalRecord, message: News) -> TotalStanding:
    """Return what running totals come to, field by field, over what was in by their minute."""
    at = moment_of(message, record.origin)
    end = _minute_end(at)
    counted = [_counting(each) for each in _of_the_night(state) if _in_by(each, end)]
    declared = [council.results[-1] for council in counted]
    ours = {change.baseline for result in declared for change in result.changes}
    blank = TotalStanding(
        region="All", declared=len(declared), of=None, verdict="not comparable",
        rows=message.totals, baseline=message.baseline, entry=record.entry, at=at, running=True,
    )  # fmt: skip
    rows, why = message.totals, ""
    if any(row.seats_net is not None for row in rows) and not any(
        baseline_fits(message.baseline, mine) and message.baseline != "unknown" for mine in ours
    ):
        why = "its baseline is not stated" if message.baseline == "unknown" else "another baseline"
        rows = tuple(row.changed(seats_net=None) for row in rows)
    if not any(_is_comparable(row) for row in rows):
        return replace(blank, says=f"not comparable with ours: {why or 'figures that are about'}")
    total = AgencyTotal(declared=len(declared), rows=rows, baseline=message.baseline)
    found = judge(total, counted, state.party_names, stated_only=True)
    besides = f"; seat changes not comparable: {why}" if why else ""
    if found.verdict == "agrees":
        what = "all else agrees with ours" if why else "agrees with ours"
        return replace(blank, verdict="agrees", says=f"{what}{besides}")
    says = _says("not comparable", (), ())
    if found.differences:
        says = f"{'; '.join(found.differences)}: it does not say which councils it counts{besides}"
    return replace(blank, differences=found.differences, says=says)


def _is_comparable(row: TotalRow) -> bool:
    figures = (
        said for name, said in vars(row).items() if name not in {"party", "name", "approximate"}
    )
    return not row.approximate and any(figure is not None for figure in figures)
