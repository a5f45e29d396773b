"""A pool of everything that a night can be told, to be drawn from in any order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from hypothesis import strategies as st

from feed.ledger.ledger import Step
from feed.model.entries import Origin
from feed.model.messages import (
    AgencyTotal,
    CouncilRef,
    Election,
    Expected,
    Message,
    News,
    Rejection,
    Statement,
    Withdrawal,
)
from tests.feed.builders import (
    ANOTHER_NIGHT,
    BEGINS,
    THE_NIGHT,
    a_contest,
    a_result,
    a_roster,
    a_rush,
    a_step,
    a_total_row,
    a_ward,
    a_withdrawal,
    minutes,
)


def _of_councils() -> Iterator[Message]:
    yield a_roster("Alder", {"con": 20, "lab": 18, "ld": 4}, elects="whole", election=THE_NIGHT)
    yield a_roster("Alder", {"con": 19, "lab": 19, "ld": 4}, elects="whole", region="North West")
    yield a_roster("Brindle", {"lab": 30, "con": 15}, {"lab": 10, "con": 5}, control_before="lab")
    yield a_roster("Wyre Forest", {"con": 21, "ind": 12}, size=33)
    yield a_roster("Brindlee", {"ind": 9, "ra": 10})
    yield a_roster("Belfast", {"sf": 19, "dup": 13})
    for revision in (1, 2, 3):
        for lab in (20, 21, 25):
            yield a_result("Alder", revision, lab=lab, con=42 - lab, changes={"lab": lab - 18})
    yield a_result("Brindle", lab=22, con=23, facts={"control_before": "lab"})
    yield a_result("Brindle", 2, lab=23, con=22, changes={"lab": -7, "con": 7},
                   baseline="last_fought")  # fmt: skip
    yield a_result("Brindel", 2, lab=24, con=21)
    yield a_result("Wyre Forrest", con=14, ind=19, facts={"outcome": "gain"})
    yield a_result("Nowhere Vale", green=3, con=2)
    yield a_result("Belfast", sf=18, dup=15)
    for revision in (1, 2):
        yield a_rush("Alder", "lab", revision)
        yield a_rush("Wyre Forrest", None, revision, outcome="lose")
    yield a_rush("Brindlee", "ra", outcome="hold")
    yield a_withdrawal("Alder", 1)
    yield a_withdrawal("Alder", 2, reason="wrong ward")
    yield a_withdrawal("Brindle", 3)
    for ward, seats in (("Hay", 1), ("Dale", 2)):
        for revision in (1, 2):
            yield a_ward("Alder", ward, {"lab": seats}, revision=revision, wards_total=2)
            yield a_ward("Alder", ward, {"con": seats}, revision=revision)
    for hour in (1, 2):
        yield Expected(council="Brindle", expected_at=BEGINS + timedelta(hours=hour))


def _of_the_rest() -> Iterator[Message]:
    for party in ("lab", "con"):
        for revision in (1, 2):
            yield a_contest("Bedford", party, "rush", revision)
            yield a_contest("Bedford", party, "result", revision)
        yield a_contest("Bedford", None, "nominations", 1, before=party)
        yield a_contest("Kent", party, contest="pcc", outcome="gain")
    yield a_contest("Bedford", None, "recount", 1, recount=2)
    yield Withdrawal(contest="mayor", area="Bedford", revision=1)
    yield Election(councils_up=7, election=THE_NIGHT)
    yield Election(councils_up=8)
    yield News(text="Turnout is said to be low.")
    yield News(text="So far.", totals=(a_total_row("con", seats_net=-400),))
    rows = (a_total_row("lab", councils=1, seats_won=46), a_total_row("con", councils=0))
    yield AgencyTotal(declared=1, rows=rows)
    refs = (CouncilRef(council="Alder"), CouncilRef(council="Brindel"))
    yield AgencyTotal(declared=2, rows=rows, councils=refs, baseline="eve_of_poll")


POOL: tuple[Message, ...] = (*_of_councils(), *_of_the_rest())


@st.composite
def a_night(draw: st.DrawFn, pool: tuple[Message, ...] = POOL, most: int = 30) -> list[Step]:
    """Draw the files of a night in the order in which they came.

    Few messages are drawn from, so that they meet: each under one of two names, written at one
    of several times.
    """
    everything = range(len(pool))
    few = draw(st.lists(st.sampled_from(everything), min_size=1, max_size=9))
    files = st.tuples(
        st.sampled_from(few), st.sampled_from(("", "copy-")), st.sampled_from((None, 0, 1, 2))
    )
    return [
        a_step(
            pool[number], f"{copy}{number}.json", BEGINS, None if when is None else minutes(when)
        )
        for number, copy, when in draw(st.lists(files, max_size=most))
    ]


OF_TWO_ELECTIONS: tuple[Message, ...] = tuple(
    message.changed(election=election)
    for message in POOL
    for election in (THE_NIGHT, ANOTHER_NIGHT)
    if not isinstance(message, News)
)
_FAULTS = (
    Rejection(line=3, what="the file ends too soon", fix="send it again"),
    Rejection(line=9, what="seats is −3", fix="give 0 or more"),
)


def a_night_of_two_elections() -> st.SearchStrategy[list[Step]]:
    """Draw a night from a folder that two elections came into."""
    return a_night(OF_TWO_ELECTIONS)


@st.composite
def an_untidy_night(draw: st.DrawFn) -> list[Step]:
    """Draw a night of few files, each written several times over, well and badly."""
    told = []
    for _ in range(draw(st.integers(0, 25))):
        path = draw(st.sampled_from(("one.json", "two.json")))
        message = draw(st.sampled_from((*_FAULTS, *POOL[6:9], POOL[19])))
        line = message.line if isinstance(message, Rejection) else 1
        digest = draw(st.sampled_from("abc"))
        origin = Origin(path, line, digest, BEGINS, None)
        told.append(Step(Statement(message, line), origin, opens=draw(st.booleans())))
    return told
