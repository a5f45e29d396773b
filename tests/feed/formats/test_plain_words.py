"""Plain words: what is a declaration of control, and what is only news."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.formats.live_blog.page import read_live_page, running_totals
from feed.formats.live_blog.results import declarations
from feed.model.arrival import Arrival
from feed.model.messages import News, PageReading, Rejection, Rush, Statement

FILES = Path(__file__).parent / "files" / "plain_words"
NOON = datetime(2019, 5, 3, 11, 30, tzinfo=UTC)
Control = tuple[str, str | None, str | None]


def said(arrival: Arrival) -> tuple[Statement, ...]:
    """Return what a page says, without what it says of how much was read."""
    return tuple(s for s in read_live_page(arrival) if not isinstance(s.message, PageReading))


def a_page(*lines: str, modified_at: datetime | None = NOON) -> Arrival:
    return Arrival("live.txt", "\n".join(lines).encode(), NOON, modified_at)


def a_file(name: str) -> Arrival:
    return Arrival(name, (FILES / name).read_bytes(), NOON, NOON)


def told(arrival: Arrival) -> list[Control]:
    messages = [each.message for each in said(arrival)]
    return [
        (each.council, each.control_before, each.control_after)
        for each in messages
        if isinstance(each, Rush)
    ]


def times(arrival: Arrival) -> list[str]:
    """Return each message's time in London that night, in the order given."""
    messages = [each.message for each in said(arrival)]
    moments = [getattr(each, "at", None) for each in messages]
    return [f"{at:%d} {(at.hour + 1) % 24:02}:{at:%M}" for at in moments if at]


PHRASES: list[tuple[str, list[Control]]] = [
    ("West Oxfordshire - Con hold", [("West Oxfordshire", "con", "con")]),
    ("Amber Valley - Lab gain from Con", [("Amber Valley", "con", "lab")]),
    ("South Oxfordshire - NOC gain from Con", [("South Oxfordshire", "con", "noc")]),
    ("Herefordshire remains NOC", [("Herefordshire", "noc", "noc")]),
    ("Tories hold Maldon", [("Maldon", "con", "con")]),
    (
        "Tory LOSE Cotswold and Folkstone & Hythe",
        [("Cotswold", "con", None), ("Folkstone & Hythe", "con", None)],
    ),
    ("C lose Worcester to no overall control", [("Worcester", "con", "noc")]),
    ("Lib Dems GAIN Hinckley and Bosworth", [("Hinckley and Bosworth", None, "ld")]),
    ("Labour lose to NOC in", []),
    ("Worcester: C lose to NOC", [("Worcester", "con", "noc")]),
    ("Labour retain control of Leeds City Council", [("Leeds City Council", "lab", "lab")]),
    ("Labour have held Hull.", [("Hull", "lab", "lab")]),
    ("The Conservatives keep Windsor and Maidenhead", [("Windsor and Maidenhead", "con", "con")]),
    ("BREAKING: Labour take Trafford from NOC!", [("Trafford", "noc", "lab")]),
    ("Lib Dems win North Norfolk", [("North Norfolk", None, "ld")]),
    ("Leeds is a Labour hold", [("Leeds", "lab", "lab")]),
    ("Leeds has been held by Labour", [("Leeds", "lab", "lab")]),
    ("Winchester gained by the Lib Dems from the Tories", [("Winchester", "con", "ld")]),
    ("Broxtowe lost by the Conservatives to NOC", [("Broxtowe", "con", "noc")]),
    ("Derby remains in no overall control", [("Derby", "noc", "noc")]),
    ("Labour hold Southamptom", [("Southamptom", "lab", "lab")]),
    ("Derby and Thurrock both remain NOC", [("Derby", "noc", "noc"), ("Thurrock", "noc", "noc")]),
    ("Worcester: & Derby: NOC", [("Worcester", None, "noc"), ("Derby", None, "noc")]),
    ("Leeds stays Labour", [("Leeds", "lab", "lab")]),
    ("Hart: no change, NOC", [("Hart", "noc", "noc")]),
    ("NOC no change: Derby, Colchester", [("Derby", "noc", "noc"), ("Colchester", "noc", "noc")]),
    ("No overall control in Portsmouth", [("Portsmouth", None, "noc")]),
    ("Portsmouth: no overall control", [("Portsmouth", None, "noc")]),
    ("Basildon goes from Con to NOC", [("Basildon", "con", "noc")]),
    ("Tendring slips into no overall control", [("Tendring", None, "noc")]),
    ("NOC gain Worcester from Con", [("Worcester", "con", "noc")]),
    ("Con lose Worcester, one seat short of control", [("Worcester", "con", None)]),
    ("Labour hold Halton with an increased majority", [("Halton", "lab", "lab")]),
    ("Labour lose Bolsover after 40 years", [("Bolsover", "lab", None)]),
    ("Conservatives lose Swale to Labour", [("Swale", "con", "lab")]),
    (
        "Labour hold Leeds, Tories hold Swindon and the Lib Dems hold Eastleigh",
        [("Leeds", "lab", "lab"), ("Swindon", "con", "con"), ("Eastleigh", "ld", "ld")],
    ),
    (
        "Labour hold Bournemouth, Christchurch and Poole, Brighton and Hove and York",
        [
            ("Bournemouth, Christchurch and Poole", "lab", "lab"),
            ("Brighton and Hove", "lab", "lab"),
            ("York", "lab", "lab"),
        ],
    ),
    (
        (
            "West Oxfordshire - Con hold Amber Valley - Lab gain from Con Blackburn with Darwen - "
            "Lab hold Gateshead - Lab hold South Oxfordshire - NOC gain from Con"
        ),
        [
            ("West Oxfordshire", "con", "con"),
            ("Amber Valley", "con", "lab"),
            ("Blackburn with Darwen", "lab", "lab"),
            ("Gateshead", "lab", "lab"),
            ("South Oxfordshire", "con", "noc"),
        ],
    ),
]


@pytest.mark.parametrize(("line", "expected"), PHRASES)
def test_a_clear_declaration_is_a_rush(line: str, expected: list[Control]) -> None:
    assert told(a_page(line)) == expected


THE_NIGHT_OF_2019: list[tuple[str, list[Control]]] = [
    ("1.04am - Wirral: Labour lose control to NOC", [("Wirral", "lab", "noc")]),
    ("1.07am: Conservatives lose Tandridge to no overall control", [("Tandridge", "con", "noc")]),
    ("1.10am: Hart - NOC, no change", [("Hart", "noc", "noc")]),
    (
        "1.19am: Labour hold Salford, Coventy and North Tyneside",
        [("Salford", "lab", "lab"), ("Coventy", "lab", "lab"), ("North Tyneside", "lab", "lab")],
    ),
    ("1.20am: Tories lose Basildon", [("Basildon", "con", None)]),
    ("1.20am: Swindon stays Conservative", [("Swindon", "con", "con")]),
    ("1.35am: Con hold Rushmoor", [("Rushmoor", "con", "con")]),
    ("1.38am: Walsall: Con gain from NOC", [("Walsall", "noc", "con")]),
    (
        "2am update: Tories lose control of St. Albans and Peteborough",
        [("St. Albans", "con", None), ("Peteborough", "con", None)],
    ),
    (
        "2am update: Portsmouth, Stockport and Thurrock remain NOC",
        [("Portsmouth", "noc", "noc"), ("Stockport", "noc", "noc"), ("Thurrock", "noc", "noc")],
    ),
    ("2.02am: Lib Dems hold Eastleigh", [("Eastleigh", "ld", "ld")]),
    ("2.03am: Southend - Con lose", [("Southend", "con", None)]),
    (
        ("2.34am: Derby - NOC no change Colchester - NOC no change Reading - Lab hold Wakefeild - "
        "Lab hold Ipswich - Lab hold Rugby - Con hold"),
        [
            ("Derby", "noc", "noc"),
            ("Colchester", "noc", "noc"),
            ("Reading", "lab", "lab"),
            ("Wakefeild", "lab", "lab"),
            ("Ipswich", "lab", "lab"),
            ("Rugby", "con", "con"),
        ],
    ),
    ("2.44am: Conservatives have lost Worcester", [("Worcester", "con", None)]),
    (
        "2.48am: Lab hold Southampon, Cambridge, and Harlow",
        [("Southampon", "lab", "lab"), ("Cambridge", "lab", "lab"), ("Harlow", "lab", "lab")],
    ),
    (
        ("3.09am: Plymouth Lab hold Hull Lab hold Boston Con hold North Warwickshire Con hold "
        "South Lakeland LD hold"),
        [
            ("Plymouth", "lab", "lab"),
            ("Hull", "lab", "lab"),
            ("Boston", "con", "con"),
            ("North Warwickshire", "con", "con"),
            ("South Lakeland", "ld", "ld"),
        ],
    ),
    ("3.15am: Con gain NE Lincs", [("NE Lincs", None, "con")]),
    ("3.45am: Trafford - Lab gain", [("Trafford", None, "lab")]),
    (
        "4.05am: Dudley - NOC, no change; Leeds, Luton and Slough - Lab hold",
        [
            ("Dudley", "noc", "noc"),
            ("Leeds", "lab", "lab"),
            ("Luton", "lab", "lab"),
            ("Slough", "lab", "lab"),
        ],
    ),
    ("4.10am: Liberal Democrats take Winchester from the Tories", [("Winchester", "con", "ld")]),
    ("4.13am: Eastleigh: LD hold", [("Eastleigh", "ld", "ld")]),
    ("4.31am: Lib Dems WIN North Norfolk from NOC", [("North Norfolk", "noc", "ld")]),
    ("5am: LibDem gain Cotswold from Con", [("Cotswold", "con", "ld")]),
    ("5am: Folkstone and Hythe falls to NOC", [("Folkstone and Hythe", None, "noc")]),
    ("5.18am: Ashfield - Ind gain from NOC", [("Ashfield", "noc", "ind")]),
    ("5.18am: Labour lose Bolsover", [("Bolsover", "lab", None)]),
    (
        "5.18am: Tories hold West Lindsey & Dartford",
        [("West Lindsey", "con", "con"), ("Dartford", "con", "con")],
    ),
    ("5.53am: Lib Dems GAIN Hinkley and Bosworth from Con", [("Hinkley and Bosworth", "con", "ld")]),
    ("6.05am: Con lose Broxtowe", [("Broxtowe", "con", None)]),
    ("6.05am: North Devon: Lib Dem gain", [("North Devon", None, "ld")]),
    ("6.05am: Independents gain North Kestevan from Con", [("North Kestevan", "con", "ind")]),
    ("6.05am: Windsor & Maidenhead - Con hold", [("Windsor & Maidenhead", "con", "con")]),
    ("6.17am: Chelmsford - LD gain from Con", [("Chelmsford", "con", "ld")]),
    ("7.45am: Lib Dems gain Vale of the White Horse from the Conservatives",
     [("Vale of the White Horse", "con", "ld")]),
    ("8am: Stoke on Trent remains NOC, no change", [("Stoke on Trent", "noc", "noc")]),
    ("8.46am: Conservatives lose South Oxfordshire to NOC", [("South Oxfordshire", "con", "noc")]),
    ("9.44am: Peterborough: Con lose to NOC", [("Peterborough", "con", "noc")]),
    (
        ("11.55am: West Oxfordshire - Con hold, Amber Valley - Lab gain from Con, Blackburn with "
        "Darwen - Lab hold, Gateshead - Lab hold, South Oxfordshire - NOC gain from Con"),
        [
            ("West Oxfordshire", "con", "con"),
            ("Amber Valley", "con", "lab"),
            ("Blackburn with Darwen", "lab", "lab"),
            ("Gateshead", "lab", "lab"),
            ("South Oxfordshire", "con", "noc"),
        ],
    ),
    ("12pm: Tories hold Maldon", [("Maldon", "con", "con")]),
    ("12.05pm: Conservatives retain Tunbridge Wells", [("Tunbridge Wells", "con", "con")]),
    ("12.11pm: Herefordshire - NOC no change", [("Herefordshire", "noc", "noc")]),
]  # fmt: skip


@pytest.mark.parametrize(("line", "expected"), THE_NIGHT_OF_2019)
def test_the_declarations_of_a_night_are_read(line: str, expected: list[Control]) -> None:
    assert told(a_page(line)) == expected


def test_every_council_result_of_the_night_is_in_the_table() -> None:
    assert sum(len(expected) for _, expected in THE_NIGHT_OF_2019) == 65


PROSE = [
    "Labour needs to hold Trafford to keep its hopes alive",
    "Tories fear losing control of Swindon",
    "We hold these truths to be self-evident",
    "The Conservatives lost three seats in Harlow but hold the council",
    "Labour could lose Bolsover",
    "Labour may lose Hartlepool tonight",
    "Could the Tories lose Worcester?",
    "Will Labour hold Leeds?",
    "Labour hold Leeds?",
    "If Labour hold Leeds, the leader is safe",
    "Labour expected to hold Wigan",
    "Amber Valley is set to fall from the Tories to Labour",
    "Labour set to gain Trafford",
    "Lib Dems hope to win Cotswold",
    "The Conservatives are in the driving seat in Stoke-on-Trent",
    "Labour on course to hold Gateshead",
    "Sources say Labour hold Leeds",
    "Labour hold Leeds, says a party source",
    "Labour hold Leeds - exit poll",
    "Prediction: Labour hold Leeds",
    "Our forecast - Con hold Swindon",
    "Labour hold the balance of power in Worcester",
    "Labour have held talks with the Lib Dems in Leeds",
    "Labour hold Leeds Central",
    "Labour hold Derby North",
    "Tories lose Basildon and Billericay",
    "Labour hold Peterborough in by-election",
    "Labour gain Hyde Park ward in Leeds",
    "Leeds, Hyde Park ward: Green gain from Labour",
    "Ashton upon Mersey - Lab gain from Con",
    "Timperley: LD gain from Con",
    "For Britain gain first seat in Hartlepool",
    "Andy Preston (Ind) elected mayor of Middlesbrough",
    "Mansfield mayor - Lab gain from Ind",
    "Independent Mike Starkie holds Copeland mayoralty",
    "Labour hold Southampton Itchen MP's seat",
    "Labour lose Corbyn",
    "Con hold Stamford",
    "Con hold Hartford",
    "Labour hold Lewis",
    "Labour gain Milton from Con",
    "Labour hold Hogwarts",
    "Swindon the Labour hold",
    "Leeds in Labour hold",
    "Neverland - Con hold",
    "Labour have lost two councils: Hartlepool and Wirral",
    "Con have lost 14 councils",
    "The Tories have lost control of their party",
    "Labour won Leeds in 2015",
    "Four years ago Labour held Leeds",
    "Labour held Leeds four years ago",
    "Labour last held Swindon in 2003",
    "Labour did not hold Bolsover",
    "Labour haven't lost Leeds",
    "Not true that the Conservatives lose Worcester",
    "The Tories would lose Swindon on these figures",
    "Labour hold Leeds from the Conservatives",
    "Labour gain Leeds from Labour",
    "NOC lose Worcester",
    "Labour lose Leeds from Con",
    "Labour gain",
    "Con hold",
    "Lab gain from Con",
    "Labour hold",
    "NOC",
    "No change",
    "Leeds",
    "Leeds no change",
    "Leeds: Labour",
    "Leeds - Lab 60 Con 20",
    "Trafford Tory leader: my party has lost control",
    "Labour leader Graham Baxter lost his seat in North East Derbyshire",
    "Outgoing Conservative leader Tim Warren lost his seat in Bath",
    "Jeremy Corbyn is in Trafford, which was NOC",
    "About 150 votes are missing in Telford and Wrekin",
    "Counting is over in Leeds; Labour are happy",
    "Labour hold a rally in Leeds",
    "Lib Dems take heart from Winchester",
    "Conservatives take a beating in Chelmsford",
    "Tories win one seat and lose nine in Bath",
    "Leeds Labour hold their breath",
    "Leeds Labour hold their breath in Wakefield",
    "Green gains across Reading and Bristol",
    "Labour gain from Con Leeds",
    "Labour hold reading week",
    "Labour: hold Leeds and win Trafford!",
    "Labour to hold Leeds",
    "Labour holding Leeds so far",
    "Vote Labour, hold Leeds",
    "“Labour hold Leeds,” tweets an excited member",
    "Falcon hold Leeds",
    "I take Reading as an example",
    "Labour retain Leeds according to early results",
    "Labour 1 Con 0 in Leeds",
    "labour hold leeds market open",
    "C lose",
    "c lose Worcester",
    "Lib Dems predicted to gain Vale of White Horse",
    "Labour nearly lose Wigan",
    "Looks like Labour hold Ipswich",
    "Labour hold Leeds seat by seat",
    "Labour hold Leeds, Hogwarts",
]


@pytest.mark.parametrize("line", PROSE)
def test_prose_is_news_and_never_a_rush(line: str) -> None:
    statements = said(a_page(line))
    assert [each.message.kind for each in statements] in (["news"], ["aside"])


def test_the_prose_is_plenty_and_each_line_is_another() -> None:
    assert len(set(PROSE)) == len(PROSE) >= 60


def test_gain_hold_and_loss_are_told_as_the_outcome() -> None:
    page = a_page("Con hold Maldon", "Hart - NOC no change", "Lab gain Trafford", "Con lose Swale")
    outcomes = [getattr(each.message, "outcome", None) for each in said(page)]
    assert outcomes == ["hold", "no_change", "gain", "lose"]


def test_the_whole_sentence_is_kept_as_the_text() -> None:
    (statement,) = said(a_page("Con lose Worcester, one seat short of control"))
    assert getattr(statement.message, "text", "") == "Con lose Worcester, one seat short of control"


def test_a_page_with_the_newest_first_is_read_from_the_bottom() -> None:
    statements = said(a_file("good_newest_first.txt"))
    councils = [each.message.council for each in statements if isinstance(each.message, Rush)]
    assert councils[:3] == ["Wirral", "Eastleigh", "Cotswold"]
    assert councils[-1] == "Herefordshire"
    lines = [each.line for each in statements if each.line]
    assert lines[0] == 25
    assert lines[-1] == 3


def test_times_belong_to_the_night_of_the_poll() -> None:
    page = a_file("good_newest_first.txt")
    assert times(page)[:3] == ["02 23:30", "03 01:04", "03 02:02"]
    assert times(page)[-3:] == ["03 12:00", "03 12:05", "03 12:11"]


def test_twelve_eleven_am_above_five_past_noon_is_read_as_the_afternoon() -> None:
    last = said(a_file("good_newest_first.txt"))[-1].message
    assert isinstance(last, Rush)
    assert last.note == "read as 12:11: the page says otherwise"


def test_the_poll_day_of_the_header_is_the_election() -> None:
    for name in ("good_newest_first.txt", "good_oldest_first.txt"):
        elections = {getattr(each.message, "election", None) for each in said(a_file(name))}
        assert {f"{each.date}" for each in elections if each} == {"2019-05-02"}
        assert len(elections) == 1


def test_without_a_header_the_file_s_own_time_gives_the_day() -> None:
    lines = ("11.30pm: Polls closed", "1.04am: Con hold Swindon")
    early = datetime(2019, 5, 3, 0, 10, tzinfo=UTC)
    assert times(a_page(*lines, modified_at=early)) == ["02 23:30", "03 01:04"]
    next_day = datetime(2019, 5, 3, 22, 0, tzinfo=UTC)
    assert times(a_page(*lines, modified_at=next_day)) == ["02 23:30", "03 01:04"]
    assert times(a_page(*lines, modified_at=None)) == ["02 23:30", "03 01:04"]


def test_a_line_without_a_time_has_the_time_of_the_one_before() -> None:
    page = a_page("2am update:", "Con hold Rugby", "Lab hold Leeds", "2.05am:", "LD hold Eastleigh")
    assert times(page) == ["03 02:00", "03 02:00", "03 02:05"]


@pytest.mark.parametrize(
    "label",
    ["1.04am:", "1:04am -", "01:04", "01.04 –", "[01:04]", "1.04 a.m.:", "1.04am update:",
     "1.04am udapte:", "• 1.04am —", "01:04 BST", "2019-05-03 01:04", "2019-05-03T00:04:00Z"],
)  # fmt: skip
def test_a_time_is_read_in_the_forms_that_pages_use(label: str) -> None:
    page = a_page(f"{label} Labour hold Leeds")
    assert told(page) == [("Leeds", "lab", "lab")]
    assert times(page) == ["03 01:04"]


@pytest.mark.parametrize(
    "line", ["5am is when Leeds declares", "25:10 Labour", "10 councils of Labour are in"]
)
def test_what_is_no_time_is_left_in_the_sentence(line: str) -> None:
    (statement,) = said(a_page(line))
    assert isinstance(statement.message, News)
    assert (statement.message.text, statement.message.at) == (line, None)


def test_a_result_told_twice_is_one_with_the_time_of_the_first() -> None:
    page = a_page("2.02am: Eastleigh - LD hold", "4.13am: Lib Dems hold Eastleigh")
    assert told(page) == [("Eastleigh", "ld", "ld")]
    assert times(page) == ["03 02:02"]


def test_a_telling_that_adds_or_differs_is_the_next_revision() -> None:
    page = a_page(
        "2am: Con lose Peterborough",
        "9.44am: Peterborough - Con lose to NOC",
        "9.50am: Conservatives lose Peterborough",
        "10am: Correction: Peterborough - Con hold",
    )
    rushes = [each.message for each in said(page) if isinstance(each.message, Rush)]
    assert [(each.revision, each.control_after) for each in rushes] == [
        (1, None),
        (2, "noc"),
        (3, "con"),
    ]


def test_a_growing_page_repeats_its_first_tellings_word_for_word() -> None:
    first = ["1.04am: Labour lose Wirral to NOC", "1.10am: Hart - NOC no change"]
    before = said(a_page(*first))
    later = datetime(2019, 5, 3, 14, 0, tzinfo=UTC)
    after = said(a_page(*first, "1.20am: Con hold Swindon", modified_at=later))
    assert [each.message for each in after][:2] == [each.message for each in before]


def test_a_line_may_hold_a_result_and_news() -> None:
    first, second = said(a_page("Hull - Labour hold. Turnout was 24 per cent."))
    assert isinstance(first.message, Rush)
    assert isinstance(second.message, News)
    assert second.message.text == "Turnout was 24 per cent."


def test_a_heading_of_wards_or_mayors_or_hopes_covers_the_lines_below_it() -> None:
    page = a_file("good_no_times.txt")
    assert told(page) == [("Swindon", "con", "con"), ("Trafford", None, "lab")]
    assert told(a_page("Expected results:", "Con hold Rugby", "", "Lab hold Leeds")) == [
        ("Leeds", "lab", "lab")
    ]


TOTALS = [
    ("Con 656 (-203)", [("con", 656, -203, None)]),
    ("Lib Dems +236; Con −347; Lab –76", [("ld", None, 236, None), ("con", None, -347, None), ("lab", None, -76, None)]),
    ("Lab 579 (-54), Con 1,478 (-105), Green 19", [("lab", 579, -54, None), ("con", 1478, -105, None), ("green", 19, None, None)]),
    ("Con -400 seats, -14 councils; Ind +200", [("con", None, -400, -14), ("ind", None, 200, None)]),
    ("Con: -16 councils, -409 seats. LD: +9 councils, +283 seats", [("con", None, -409, -16), ("ld", None, 283, 9)]),
    ("Con 28 (-7), Lab 28 (0), LD 19 (+3) in the projected share", []),
    ("Con 28% (-7), Lab 28% (+1)", []),
    ("Con -44; NOC +37", [("con", None, -44, None), ("noc", None, None, 37)]),
    ("Con CBP-9545", []),
    ("Greens +42", [("green", None, 42, None)]),
    ("Con -23, LD +11 in South Oxfordshire", []),
    ("Leeds: Con -2, Lab +1", []),
    ("Labour are down 3.5% on 2015", []),
    ("Con +3 points", []),
    ("Green 19", []),
    ("Turnout 34 (-2)", []),
    ("The Tories have 99 problems", []),
]  # fmt: skip


@pytest.mark.parametrize(("line", "expected"), TOTALS)
def test_running_totals_are_read_from_lines_that_give_them(
    line: str, expected: list[tuple[str, int | None, int | None, int | None]]
) -> None:
    rows = running_totals(line)
    assert [(row.party, row.seats_won, row.seats_net, row.councils_net) for row in rows] == expected


def test_a_running_total_is_news_against_an_unknown_baseline() -> None:
    (statement,) = said(a_page("4.21am: Con about -203; LD more than +76"))
    news = statement.message
    assert isinstance(news, News)
    assert news.baseline == "unknown"
    assert [row.approximate for row in news.totals] == [True, True]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("odd_windows_1252.txt", [("Hart", "noc", "noc")]),
        ("odd_byte_order_mark.txt", [("Leeds", "lab", "lab")]),
        ("odd_old_mac_line_ends.txt", [("Leeds", "lab", "lab"), ("Swindon", "con", "con")]),
    ],
)
def test_odd_files_are_read(name: str, expected: list[Control]) -> None:
    assert told(a_file(name)) == expected


@pytest.mark.parametrize(
    ("name", "what", "fix"),
    [
        ("broken_no_words.txt", "there are no words in this file", "Send text such as"),
        ("broken_utf16.txt", "the file is in UTF-16", "Save the file as UTF-8"),
        ("broken_nul.txt", "there is a NUL byte", "Copy the file again"),
    ],
)
def test_a_broken_file_gives_one_sentence_to_act_on(name: str, what: str, fix: str) -> None:
    (statement,) = said(a_file(name))
    assert isinstance(statement.message, Rejection)
    assert what in statement.message.what
    assert fix in statement.message.fix


def test_a_page_without_end_is_refused() -> None:
    (statement,) = said(a_page(*["news"] * 200_001))
    assert isinstance(statement.message, Rejection)
    assert "200,001 lines" in statement.message.what


def test_a_line_without_end_is_cut_and_read() -> None:
    (statement,) = said(a_page("Labour hold " * 20_000))
    assert isinstance(statement.message, News)
    assert len(statement.message.text) < 2000


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.text(max_size=120))
def test_any_text_at_all_is_read(text: str) -> None:
    assert said(a_page(text))


WORDS = ["Labour", "Tories", "hold", "gain", "lose", "Leeds", "Hull", "from", "to", "NOC", "and",
         ",", "-", "Con", "remains", "Swindon", "the", "by", "1.04am", "not", "no change"]  # fmt: skip


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(WORDS), max_size=9))
def test_words_in_any_order_name_only_councils_that_stand_there(words: list[str]) -> None:
    for each in declarations(" ".join(words)):
        assert each.council in {"Leeds", "Hull", "Swindon"}
        assert each.before is not None or each.after is not None
        assert "not" not in words
