"""The sample feeds hold what the public records say, in our own format."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TypeVar, get_args

import pytest

from feed.councils.register import built_in
from feed.formats.live_blog.page import read_live_page
from feed.formats.native.reader import NATIVE
from feed.model.arrival import Arrival
from feed.model.messages import (
    Contest,
    Election,
    Expected,
    Message,
    NativeMessage,
    News,
    PageReading,
    Result,
    Roster,
    Rush,
    WardResult,
)
from feed.model.parties import CON, IND, LAB, LD, PARTIES, PartyId
from feed.model.values import fields_of

FEEDS = Path(__file__).parents[1] / "sample_feeds"
NIGHTS = ("england-2018", "england-2019", "england-2019-wards", "england-2024")
README = (FEEDS / "README.md").read_text(encoding="utf-8")
Kind = TypeVar("Kind")
GREEN = PartyId("green")


@cache
def messages(night: str) -> tuple[NativeMessage, ...]:
    return tuple(
        NATIVE.validate_json(line)
        for file in sorted((FEEDS / night).glob("*.jsonl"))
        for line in file.read_bytes().splitlines()
    )


def of_kind(night: str, kind: type[Kind]) -> list[Kind]:
    return [message for message in messages(night) if isinstance(message, kind)]


@cache
def results(night: str = "england-2019") -> Mapping[str, Result]:
    return {result.council: result for result in of_kind(night, Result)}


@cache
def rosters(night: str = "england-2019") -> Mapping[str, Roster]:
    return {roster.council: roster for roster in of_kind(night, Roster)}


def seats_won(night: str) -> Counter[str]:
    total: Counter[str] = Counter()
    for result in results(night).values():
        total.update(result.won or {})
    return total


def net(night: str, baseline: str) -> tuple[int, Counter[str]]:
    councils, total = 0, Counter[str]()
    for result in results(night).values():
        for change in result.changes:
            if change.baseline == baseline:
                councils += 1
                total.update(change.seats)
    return councils, total


def control(night: str, side: str) -> Counter[str | None]:
    return Counter(getattr(result, f"control_{side}") for result in results(night).values())


def bst(clock: str, day: int = 3) -> datetime:
    return datetime.fromisoformat(f"2019-05-{day:02d}T{clock}:00+01:00").astimezone(UTC)


@pytest.mark.parametrize("night", NIGHTS)
def test_every_night_has_an_election_and_one_roster_and_result_for_each_council(night: str) -> None:
    elections = of_kind(night, Election)
    assert len(elections) == 1
    named = elections[0].election
    assert named is not None
    assert named.name is not None
    kinds: tuple[type[Roster | Result], ...] = (Roster, Result)
    for kind in kinds:
        codes = [message.gss for message in of_kind(night, kind)]
        assert None not in codes
        assert len(codes) == len(set(codes)) == elections[0].councils_up
    assert {r.gss for r in of_kind(night, Roster)} == {r.gss for r in of_kind(night, Result)}
    assert all(m.election and m.election.date == named.date for m in messages(night))


@pytest.mark.parametrize("night", NIGHTS)
def test_every_message_has_a_time_on_the_minute_and_says_when_it_is_an_estimate(night: str) -> None:
    for message in messages(night):
        assert message.at is not None
        assert (message.at.second, message.at.microsecond) == (0, 0)
    in_file_order = [result.at for result in of_kind(night, Result) if result.at]
    assert in_file_order == sorted(in_file_order)
    estimated = Counter(r.at for r in of_kind(night, Result) if r.at_basis == "estimated")
    assert max(estimated.values()) == 1


@pytest.mark.parametrize("night", NIGHTS)
def test_files_are_compact_and_leave_defaults_out(night: str) -> None:
    for file in sorted((FEEDS / night).glob("*.jsonl")):
        assert file.read_bytes().endswith(b"\n")
        for line in file.read_text(encoding="utf-8").splitlines():
            value = json.loads(line)
            assert line == json.dumps(value, ensure_ascii=False, separators=(",", ":"))
            assert not [
                k for k, given in value.items() if given is None or given is False or given == []
            ]


@pytest.mark.parametrize("night", NIGHTS)
def test_the_council_after_less_the_change_is_what_the_roster_holds(night: str) -> None:
    for name, result in results(night).items():
        held = {line.party: line.held for line in rosters(night)[name].parties if line.held}
        for change in result.changes:
            if change.baseline == "eve_of_poll":
                parties = {*held, *result.after, *change.seats}
                before = {p: result.after.get(p, 0) - change.seats.get(p, 0) for p in parties}
                assert {p: seats for p, seats in before.items() if seats} == held, name


@pytest.mark.parametrize("night", NIGHTS)
def test_seats_won_fit_the_council_and_the_seats_that_were_up(night: str) -> None:
    for name, result in results(night).items():
        roster = rosters(night)[name]
        won = result.won or {}
        assert sum(won.values()) == roster.seats_up, name
        postponed = (roster.size or 0) - sum(result.after.values())
        assert postponed >= 0
        if postponed:
            assert "postponed" in (result.note or ""), name
            continue
        assert all(seats <= result.after.get(party, 0) for party, seats in won.items()), name
        if result.elects == "whole":
            assert won == result.after, name


def test_control_follows_from_the_seats_except_where_a_note_says_why() -> None:
    for night in NIGHTS:
        for name, result in results(night).items():
            total = sum(result.after.values())
            most = [party for party, seats in result.after.items() if 2 * seats > total]
            if result.control_after != (most[0] if most else "noc"):
                assert "groups" in (result.note or "") or "one group" in (result.note or ""), name


def test_2019_has_the_published_control_of_248_councils() -> None:
    assert len(results()) == 248
    assert control("england-2019", "after") == {
        "con": 93, "noc": 74, "lab": 60, "ld": 18, "ra": 2, "ind": 1
    }  # fmt: skip
    before = control("england-2019", "before")
    assert before == {"con": 137, "lab": 67, "noc": 35, "ld": 7, "ra": 1, None: 1}
    assert before["con"] - 93 == 44


def test_2019_has_the_seats_of_the_archive() -> None:
    won = seats_won("england-2019")
    assert {p: won[p] for p in ("con", "lab", "ld", "green", "ukip")} == {
        "con": 3565, "lab": 2019, "ld": 1357, "green": 265, "ukip": 31
    }  # fmt: skip
    assert won["ind"] + won["ra"] == 1187
    assert won.total() == 8424


def test_2019_answers_on_two_baselines_that_differ() -> None:
    eve_councils, eve = net("england-2019", "eve_of_poll")
    last_councils, last = net("england-2019", "last_fought")
    assert (eve_councils, last_councils) == (242, 241)
    assert (eve["con"], eve["ukip"]) == (-1267, -37)
    assert (last["con"], last["lab"], last["ld"], last["green"]) == (-1298, -80, 645, 175)
    assert last["ukip"] == -139


def test_five_councils_are_new_and_have_no_change() -> None:
    new = {name for name, result in results().items() if result.new_council}
    assert new == {
        "Bournemouth, Christchurch and Poole", "Dorset", "East Suffolk",
        "Somerset West and Taunton", "West Suffolk",
    }  # fmt: skip
    for name in new:
        assert results()[name].changes == ()
        assert rosters()[name].new_council
        assert rosters()[name].parties == ()
        assert "New council" in (results()[name].note or "")
    assert results()["Somerset West and Taunton"].control_before is None


def test_times_are_reported_for_62_councils_by_the_blog_and_two_by_others() -> None:
    reported = [r for r in results().values() if r.at_basis == "reported"]
    blog = [r for r in reported if "time: a live blog of the night" in (r.source or "")]
    assert (len(blog), len(reported)) == (62, 64)
    told = {r.council: r.at for r in reported}
    assert told["Wirral"] == bst("01:04")
    assert told["Peterborough"] == bst("02:00")
    assert told["South Oxfordshire"] == bst("08:46")
    assert told["Herefordshire"] == bst("12:11")
    assert told["Worthing"] == bst("12:16")
    assert told["Torbay"] == bst("06:44")


def test_the_first_to_declare_stand_in_their_published_order() -> None:
    first = [result.council for result in of_kind("england-2019", Result)][:20]
    assert first == [
        "Sunderland", "Chorley", "Halton", "South Tyneside", "Havant", "Wigan", "Broxbourne",
        "Sandwell", "Newcastle upon Tyne", "Liverpool", "Oldham", "St Helens", "Epping Forest",
        "Sefton", "Wolverhampton", "Exeter", "Tameside", "Hartlepool", "Barnsley", "Castle Point",
    ]  # fmt: skip


def test_no_estimate_contradicts_what_the_blog_had_counted() -> None:
    ordered = [r for r in of_kind("england-2019", Result) if not r.new_council]
    con_losses = [r.council for r in ordered if r.control_before == "con" != r.control_after]
    assert con_losses[5] == "Worcester"
    con_gains = [r.council for r in ordered if r.control_after == "con" != r.control_before]
    assert con_gains[:2] == ["Walsall", "North East Lincolnshire"]
    ld_councils = [r.council for r in ordered if r.control_after == "ld"]
    assert ld_councils[:2] == ["Eastleigh", "South Lakeland"]
    lab_losses = [r.council for r in ordered if r.control_before == "lab" != r.control_after]
    assert lab_losses[:2] == ["Hartlepool", "Wirral"]
    lab_gains = [r.council for r in ordered if r.control_after == "lab" != r.control_before]
    assert lab_gains[0] == "Trafford"


def test_2019_councils_that_reports_give_in_full() -> None:
    peterborough, walsall, worcester = (
        results()[name].after for name in ("Peterborough", "Walsall", "Worcester")
    )
    assert (peterborough[CON], peterborough[LAB], peterborough[LD]) == (28, 17, 9)
    assert sum(peterborough.values()) == 60
    assert (walsall[CON], walsall[LAB]) == (32, 26)
    assert worcester[CON] == sum(worcester.values()) // 2
    southend = {c.baseline: c.seats for c in results()["Southend-on-Sea"].changes}["last_fought"]
    assert (southend[CON], southend[LAB], southend[LD], southend[IND]) == (-8, 2, 3, 3)
    oxfordshire = {c.baseline: c.seats for c in results()["South Oxfordshire"].changes}
    assert oxfordshire["last_fought"][CON] == -23
    assert (results()["South Oxfordshire"].won or {})[GREEN] == 5


def test_residents_have_a_row_of_their_own_only_where_they_run_the_council() -> None:
    with_residents = {name for name, r in results().items() if "ra" in r.after}
    assert with_residents == {"Epsom and Ewell", "Uttlesford"}
    assert results()["Uttlesford"].after == {"con": 4, "ld": 7, "ind": 2, "ra": 26}
    assert results()["Ashfield"].control_after == "ind"


def test_fourteen_seats_in_eight_councils_were_postponed() -> None:
    missing = {
        name: (rosters()[name].size or 0) - sum(result.after.values())
        for name, result in results().items()
    }
    assert {name: seats for name, seats in missing.items() if seats} == {
        "Forest of Dean": 3, "Broxtowe": 2, "South Ribble": 2, "South Staffordshire": 2,
        "Tendring": 2, "Herefordshire": 1, "North Devon": 1, "North Kesteven": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("night", "name", "says"),
    [
        ("england-2019", "Herefordshire", "remains NOC"),
        ("england-2019", "North Kesteven", "Ind gain from Con"),
        ("england-2019", "Redditch", "2015"),
        ("england-2019", "Telford and Wrekin", "Sources differ"),
        ("england-2019", "Walsall", "24 Labour"),
        ("england-2019", "Basildon", "not of the declaration"),
        ("england-2019", "St Albans", "same day"),
        ("england-2018", "Three Rivers", "Reported as a Liberal Democrat gain"),
        ("england-2018", "Derby", "Reported as a Labour loss"),
        ("england-2024", "Norwich", "bare majority"),
        ("england-2024", "Oxford", "October 2023"),
    ],
)
def test_what_sources_dispute_is_noted_at_the_council(night: str, name: str, says: str) -> None:
    assert says in (results(night)[name].note or "")


def test_2019_has_33_expected_times_and_six_mayors() -> None:
    expected = {e.council: e.expected_at for e in of_kind("england-2019", Expected)}
    assert len(expected) == 33
    assert expected["Sunderland"] == bst("01:00")
    told = of_kind("england-2019", Contest)
    mayors = {c.area: c for c in told if c.stage == "result"}
    assert {c.area for c in told if c.stage == "nominations"} == set(mayors)
    assert {area: c.winner for area, c in mayors.items()} == {
        "Middlesbrough": "ind", "Copeland": "ind", "Leicester": "lab", "Bedford": "ld",
        "Mansfield": "lab", "North of Tyne Combined Authority": "lab",
    }  # fmt: skip
    reported = {area: c.at for area, c in mayors.items() if c.at_basis == "reported"}
    assert reported == {"Middlesbrough": bst("02:37"), "Copeland": bst("02:44")}


def test_running_totals_keep_their_words_about_and_more_than() -> None:
    news = {n.at: n for n in of_kind("england-2019", News)}
    rows = {row.party: row for row in news[bst("07:20")].totals}
    assert (rows[CON].seats_net, rows[CON].approximate) == (-400, True)
    assert (rows[LD].seats_net, rows[LD].councils) == (270, 8)
    three = {row.party: row for row in news[bst("03:01")].totals}
    assert (three[LAB].seats_won, three[LAB].seats_net) == (579, -54)
    assert all(n.baseline == "unknown" for n in news.values() if "live blog" in (n.source or ""))
    labour = [
        row.seats_net
        for clock in ("07:50", "08:15")
        for row in news[bst(clock)].totals
        if row.party == "lab"
    ]
    assert labour == [-80, -60]


def test_wards_add_up_to_every_council_and_come_before_it() -> None:
    wards = of_kind("england-2019-wards", WardResult)
    assert len(wards) == 5270
    by_council: dict[str, Counter[str]] = {name: Counter() for name in results()}
    counted: Counter[str] = Counter()
    for ward in wards:
        assert sum(ward.won.values()) == ward.seats
        by_council[ward.council].update(ward.won)
        counted[ward.council] += 1
        declared = results()[ward.council].at
        assert ward.at is not None
        assert declared is not None
        assert ward.at < declared
    assert {name: dict(won) for name, won in by_council.items()} == {
        name: dict(result.won or {}) for name, result in results().items()
    }
    assert all(ward.wards_total == counted[ward.council] for ward in wards)
    codes = [ward.ward_gss for ward in wards]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("name", ["election", "roster", "results"])
def test_the_ward_night_repeats_the_night_of_2019(name: str) -> None:
    one, other = (FEEDS / night / f"{name}.jsonl" for night in NIGHTS[1:3])
    assert one.read_bytes() == other.read_bytes()


def test_2018_has_150_councils_and_the_winners_of_the_archive() -> None:
    assert len(results("england-2018")) == 150
    assert seats_won("england-2018") == {
        "lab": 2355, "con": 1332, "ld": 539, "green": 39, "ukip": 3, "ind": 145
    }  # fmt: skip
    after = {name: r.control_after for name, r in results("england-2018").items()}
    assert after["Kingston upon Thames"] == after["South Cambridgeshire"] == "ld"
    assert after["Plymouth"] == "lab"
    assert after["Basildon"] == after["Peterborough"] == "con"
    assert after["Trafford"] == "noc"


def test_2024_has_the_published_control_and_seats_of_107_councils() -> None:
    assert control("england-2024", "after") == {"lab": 51, "noc": 37, "ld": 12, "con": 6, "ind": 1}
    won = seats_won("england-2024")
    assert (won["lab"], won["ld"], won["green"], won["con"]) == (1158, 522, 181, 516)
    assert results("england-2024")["Harlow"].after == {"con": 17, "lab": 16}
    tyneside = results("england-2024")["South Tyneside"]
    assert tyneside.after == {"lab": 28, "ind": 15, "green": 11}
    changes = tyneside.changes[0].seats
    assert (changes[LAB], changes[IND], changes[GREEN]) == (-10, 9, 2)


def test_2024_leaves_contests_without_a_source_open() -> None:
    contests = of_kind("england-2024", Contest)
    nominated = [c for c in contests if c.stage == "nominations"]
    assert Counter(c.contest for c in nominated) == {"pcc": 37, "mayor": 11, "by_election": 1}
    decided = {(c.contest, c.area) for c in contests if c.stage == "result"}
    still_open = [c for c in nominated if (c.contest, c.area) not in decided]
    assert Counter(c.contest for c in still_open) == {"pcc": 20, "mayor": 1}
    assert all(c.winner is c.before is c.winner_name is None for c in still_open)
    assert all(c.winner and c.source for c in contests if c.stage == "result")


def test_2024_has_the_by_election_of_the_day_and_every_party_before_that_is_known() -> None:
    result = {
        (c.contest, c.area): c for c in of_kind("england-2024", Contest) if c.stage == "result"
    }
    seat = result["by_election", "Blackpool South"]
    assert (seat.before, seat.winner, seat.winner_name) == ("con", "lab", "Chris Webb")
    assert [c.votes for c in seat.candidates] == [10_825, 3_218, 3_101]
    assert (seat.majority, seat.turnout) == (7_607, 32.5)
    assert seat.majority == 10_825 - 3_218
    foster = result["pcc", "West Midlands"]
    assert (foster.before, foster.winner, foster.winner_name) == ("lab", "lab", "Simon Foster")


@pytest.mark.parametrize("night", NIGHTS)
def test_no_roster_of_a_whole_poll_holds_the_very_seats_of_its_result(night: str) -> None:
    alike = [
        name
        for name, result in results(night).items()
        if result.elects == "whole"
        and {line.party: line.held for line in rosters(night)[name].parties if line.held}
        == dict(result.after)
    ]
    assert alike == []


@pytest.mark.parametrize("night", NIGHTS)
def test_what_published_figures_differ_in_is_said_in_the_feed_itself(night: str) -> None:
    (election,) = of_kind(night, Election)
    assert election.note


def test_claims_of_the_night_say_whether_they_are_net() -> None:
    news = {n.at: n for n in of_kind("england-2019", News)}
    (labour,) = news[bst("03:45")].totals
    assert (labour.councils_gained, labour.councils_lost, labour.councils_net) == (1, 2, None)
    (con,) = news[bst("06:05")].totals
    assert (con.councils_lost, con.councils_net) == (14, None)
    assert news[bst("01:17")].totals == ()
    assert "first seat" in news[bst("01:17")].text


def test_every_party_in_the_feeds_is_known() -> None:
    for night in NIGHTS:
        for result in results(night).values():
            assert {*result.after, *(result.won or {})} <= set(PARTIES)


@cache
def told_by_the_blog() -> tuple[Message, ...]:
    file = FEEDS / "live-blog-2019.txt"
    arrival = Arrival(file.name, file.read_bytes(), datetime(2026, 1, 1, tzinfo=UTC))
    *said, reading = (statement.message for statement in read_live_page(arrival))
    assert {type(message) for message in said} == {Rush, News}
    assert isinstance(reading, PageReading)
    assert (reading.read, reading.unread) == (62, ())
    return tuple(said)


def test_the_live_blog_is_read_as_the_62_councils_it_tells_at_their_times() -> None:
    found: dict[str, datetime] = {}
    for message in told_by_the_blog():
        if isinstance(message, Rush):
            known = built_in().find(message.council, message.gss).known
            assert known is not None, message.council
            assert message.at is not None
            found[known.name] = min(message.at, found.get(known.name, message.at))
    reported = [r for r in results().values() if "a live blog of the night" in (r.source or "")]
    assert found == {result.council: result.at for result in reported}


def test_the_live_blog_agrees_with_the_results_but_for_two_known_councils() -> None:
    differs: dict[str, tuple[str | None, str | None]] = {}
    for message in told_by_the_blog():
        if isinstance(message, Rush):
            known = built_in().find(message.council).known
            assert known is not None
            result = results()[known.name]
            before, after = message.control_before, message.control_after
            if {before, after} == {None}:
                differs[known.name] = (before, after)
            if before not in (None, result.control_before):
                differs[known.name] = (before, after)
            if after not in (None, result.control_after):
                differs[known.name] = (before, after)
    assert differs == {"Herefordshire": ("noc", "noc"), "North Kesteven": ("con", "ind")}


def test_every_line_of_the_live_blog_that_is_no_result_is_news_with_a_time() -> None:
    news = [message for message in told_by_the_blog() if isinstance(message, News)]
    lines = (FEEDS / "live-blog-2019.txt").read_text(encoding="utf-8")
    assert len(news) >= 30
    assert all(message.at is not None and message.text in lines for message in news)
    totals = {n.at: {t.party: t.seats_net for t in n.totals} for n in news if n.totals}
    assert totals[bst("08:15")] == {CON: -409, LAB: -60, LD: 283}


def section(kind: str) -> str:
    found = re.search(rf"^### `{kind}`$(.*?)(?=^###? )", README, re.DOTALL | re.MULTILINE)
    assert found, f"README.md has no section on {kind}"
    return found.group(1)


COMMON = README[README.index("### Every message") : README.index("### `election`")]


@pytest.mark.parametrize("model", get_args(NativeMessage), ids=lambda model: model.__name__)
def test_the_readme_shows_every_message_with_an_example_and_all_its_fields(
    model: type[NativeMessage],
) -> None:
    kind = model.kind
    text = section(kind)
    examples = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    assert examples
    for example in examples:
        assert isinstance(NATIVE.validate_json(example), model)
    told = set(re.findall(r"^\| `(\w+)` \|", COMMON + text, re.MULTILINE))
    assert set(fields_of(model)) <= told
    own = set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE))
    assert own <= set(fields_of(model))


def test_the_readme_names_every_party_id() -> None:
    line = README[README.index("the ids are") : README.index("for no overall control.")]
    assert set(re.findall(r"`(\w+)`", line)) == set(PARTIES)


def test_the_readme_tells_of_every_feed() -> None:
    for entry in FEEDS.iterdir():
        if not entry.name.startswith((".", "__")) and entry.suffix not in (".py", ".md"):
            assert entry.name in README
