"""The ways in which people say a council's result, and those in which they say something else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from feed.formats.live_blog.page import read_live_page
from feed.model.arrival import Arrival
from feed.model.messages import News, PageReading, Rush

AFTERNOON = datetime(2019, 5, 4, 14, 0, tzinfo=UTC)
Control = tuple[str, str | None, str | None]


def a_page(*lines: str) -> Arrival:
    return Arrival("live.txt", "\n".join(lines).encode(), AFTERNOON, AFTERNOON)


def results(*lines: str) -> list[Control]:
    """Return what a page declares, each council as it stands at the end."""
    rushes = [each.message for each in read_live_page(a_page(*lines))]
    last = {each.council: each for each in rushes if isinstance(each, Rush)}
    return [(name, each.control_before, each.control_after) for name, each in last.items()]


def reading(*lines: str) -> PageReading:
    (page,) = (
        each.message
        for each in read_live_page(a_page(*lines))
        if isinstance(each.message, PageReading)
    )
    return page


WAYS: list[tuple[str, list[Control]]] = [
    ("Westminster: Labour gain from Con", [("Westminster", "con", "lab")]),
    ("Gosport: Liberal Democrat – Hold", [("Gosport", "ld", "ld")]),
    ("Exeter: Labour - no change", [("Exeter", "lab", "lab")]),
    ("Hart: No overall majority – no change", [("Hart", "noc", "noc")]),
    ("Crewe and Nantwich", []),
    ("Medway: Con to Lab", [("Medway", "con", "lab")]),
    ("Brentwood Conservative to NOC", [("Brentwood", "con", "noc")]),
    ("Thurrock Con → Lab", [("Thurrock", "con", "lab")]),
    ("Eastbourne: NOC – Lib Dem gain", [("Eastbourne", "noc", "ld")]),
    (
        "Luton Lab hold Hull Lab to LD Rugby Con hold",
        [("Luton", "lab", "lab"), ("Hull", "lab", "ld"), ("Rugby", "con", "con")],
    ),
    ("Carlisle and Pendle are still under no overall control.",
     [("Carlisle", "noc", "noc"), ("Pendle", "noc", "noc")]),
    ("Fareham is still in the hands of the Tories", [("Fareham", "con", "con")]),
    ("Bury, Bolton and Wigan remain under Labour's control",
     [("Bury", "lab", "lab"), ("Bolton", "lab", "lab"), ("Wigan", "lab", "lab")]),
    ("Cheltenham remains in Lib Dem hands", [("Cheltenham", "ld", "ld")]),
    ("Harrogate stays Conservative", [("Harrogate", "con", "con")]),
    ("The Conservatives have just lost control of Swale", [("Swale", "con", None)]),
    ("Labour have also lost overall control of Burnley", [("Burnley", "lab", None)]),
    ("Guildford and Mole Valley both fall from the hands of the Conservatives",
     [("Guildford", "con", None), ("Mole Valley", "con", None)]),
    ("Calderdale fell to no overall control", [("Calderdale", None, "noc")]),
    ("Hertsmere is now under no overall control", [("Hertsmere", None, "noc")]),
    ("Labour take Broxtowe from the Conservatives", [("Broxtowe", "con", "lab")]),
    ("Reform UK seize control of Durham", [("Durham", None, "reform")]),
    ("Reform have seized control of Kent from the Tories", [("Kent", "con", "reform")]),
    ("The Lib Dems win control of Shropshire", [("Shropshire", None, "ld")]),
    ("Holds for Labour in Leeds, Luton and Slough",
     [("Leeds", "lab", "lab"), ("Luton", "lab", "lab"), ("Slough", "lab", "lab")]),
    ("Labour hold Leeds, the Tories Swindon and the Lib Dems Eastleigh",
     [("Leeds", "lab", "lab"), ("Swindon", "con", "con"), ("Eastleigh", "ld", "ld")]),
    ("Labour have held Leeds, gained Trafford from NOC and lost Wirral to NOC",
     [("Leeds", "lab", "lab"), ("Trafford", "noc", "lab"), ("Wirral", "lab", "noc")]),
    ("The Lib Dems have taken North Norfolk, which was previously under no overall control",
     [("North Norfolk", "noc", "ld")]),
    ("Conservatives lose Tandridge, now under no overall control", [("Tandridge", "con", "noc")]),
    ("Tory-held Maidstone falls to NOC", [("Maidstone", "con", "noc")]),
    ("Lib Dems take Conservative-controlled Cotswold", [("Cotswold", "con", "ld")]),
    ("Conservatives have held Broxbourne in Hertfordshire", [("Broxbourne", "con", "con")]),
    ("Labour has retained control of Halton Borough Council in north-west England",
     [("Halton Borough Council", "lab", "lab")]),
    ("Local elections: Wyre Forrest - Conservative hold", [("Wyre Forrest", "con", "con")]),
    ("RESULT: Labour hold Ipswich", [("Ipswich", "lab", "lab")]),
    ("NEW: Reading - Labour hold", [("Reading", "lab", "lab")]),
    ("New Forest: Conservative hold", [("New Forest", "con", "con")]),
    ("🔴 LAB GAIN Redditch from Con", [("Redditch", "con", "lab")]),
    ("🔵 CON HOLD Bexley #LE2022", [("Bexley", "con", "con")]),
    ("Tower Hamlets - Aspire hold", [("Tower Hamlets", "aspire", "aspire")]),
    ("Labour and Co-operative hold Stevenage", [("Stevenage", "lab", "lab")]),
    ("Residents for Uttlesford gain Uttlesford from the Conservatives",
     [("Uttlesford", "con", "residents-for-uttlesford")]),
    ("Plaid Cymru gain Ynys Môn from NOC", [("Ynys Môn", "noc", "pc")]),
    ("Winchester: Lib Dems gain from Con, turnout 41%", [("Winchester", "con", "ld")]),
    ("Lab hold Hull: Lab 30, LD 26", [("Hull", "lab", "lab")]),
    ("Worcester is hung, no longer Conservative", []),
    ("The Conservatives have lost Worcester. No party now has a majority there.",
     [("Worcester", "con", "noc")]),
    ("The Lib Dems gain Cambridgeshire from NOC and Shropshire from Con",
     [("Cambridgeshire", "noc", "ld"), ("Shropshire", "con", "ld")]),
    ("Conservatives lose control of Devon, Gloucestershire and Kent, all to no overall control",
     [("Devon", "con", "noc"), ("Gloucestershire", "con", "noc"), ("Kent", "con", "noc")]),
    ("In Essex, the Conservatives hold Maldon", [("Maldon", "con", "con")]),
    ("Labour remain in control of Leeds City Council", [("Leeds City Council", "lab", "lab")]),
    ("The Tories are no longer in control of Fareham", [("Fareham", "con", None)]),
    ("Chelmsford has fallen to the Lib Dems, who took it from the Tories",
     [("Chelmsford", "con", "ld")]),
    ("Swale is now under no overall control after the Tories lost their majority there",
     [("Swale", "con", "noc")]),
    ("No change in Bolton, which is still under no overall control", [("Bolton", "noc", "noc")]),
    ("The Lib Dems are jubilant. They have taken Horsham from the Tories",
     [("Horsham", "con", "ld")]),
    ("Con to LD: Woking, Guildford", [("Woking", "con", "ld"), ("Guildford", "con", "ld")]),
    ("It's another hold for Labour in Wigan", [("Wigan", "lab", "lab")]),
    ("Manchester: Lab hold, 93 of 96 seats", [("Manchester", "lab", "lab")]),
    ("The Conservatives managed to hold Harlow", [("Harlow", "con", "con")]),
    ("Conservatives still run Harlow", [("Harlow", "con", "con")]),
    ("Tories lose West Oxfordshire - David Cameron's old backyard",
     [("West Oxfordshire", "con", None)]),
    ("Bolsover also fell from Labour's hands", [("Bolsover", "lab", None)]),
    ("Tandridge, in Surrey, fell from the Conservatives to no overall control",
     [("Tandridge", "con", "noc")]),
    ("Winchester, previously held by the Conservatives, has been taken by the Lib Dems",
     [("Winchester", "con", "ld")]),
    ("Former Tory council Horsham is now Lib Dem", [("Horsham", "con", "ld")]),
    ("The Lib Dems have won the Tory stronghold of Guildford", [("Guildford", "con", "ld")]),
    ("Wycombe is no longer under Conservative control", [("Wycombe", "con", None)]),
    ("Hertsmere has been lost by the Conservatives and is now under no overall control",
     [("Hertsmere", "con", "noc")]),
    ("The Conservatives have lost Swale, leaving it under no overall control",
     [("Swale", "con", "noc")]),
    ("Stoke-on-Trent | Labour gain from Con", [("Stoke-on-Trent", "con", "lab")]),
]  # fmt: skip


@pytest.mark.parametrize(("line", "expected"), WAYS)
def test_a_way_of_saying_a_result_is_read(line: str, expected: list[Control]) -> None:
    assert results(line) == expected


TRAPS = [
    "Conservatives gain Hartlepool with a majority of 6,940",
    "Labour gain Hartlepool with a swing of 12%",
    "Reform win Kent with 32.6% of the vote",
    "Labour gain Blackpool South in a by-election",
    "Labour hold Leeds, an early projection says",
    "Labour failed to hold Bolsover",
    "Labour no longer hold Bolsover",
    "Labour hold Leeds and Bradford West",
    "Labour win Newcastle in Staffordshire",
    "Labour gains in Leeds and Bury",
    "In 2015 Labour held Leeds",
    "Leeds - Lab hold (2015)",
    "Labour had held Leeds",
    "Had Labour held Leeds, all would be well",
    "Australia's Labor hold Perth",
    "Conservatives hold Durham in Ontario",
    "Labour on course to take Swindon from the Conservatives",
    "Labour hold Leeds, Derby and Thurrock remain NOC",
    "Lib Dems take Winchester and Labour Bolsover",
    "“Labour hold Leeds” was the cry",
    "Labour lose Wirral, but hold it after a recount",
    "Green gain from Labour in Leeds: Hyde Park",
    "Hartlepool: Con gain from Lab, majority 6,940",
    "Has Labour lost Leeds",
    "Labour gain Cambridgeshire and Peterborough from the Conservatives",
    "The Conservatives, who have held Kent since 1997, are worried",
    "Swindon: Labour gain (predicted)",
    "Labour all but certain to take Trafford",
    "Labour take the lead in Dudley",
    "Conservatives hold off Reform in Kent",
    "Labour hold Westminster to account",
    "Medway: Con to Lab swing of 4%",
    "Boston, Massachusetts: Labour hold",
    "Derby is under no overall control",
    "Leeds is Labour",
    "Labour has run Leeds since 2011",
    "How Labour lost Leeds",
    "Labour's hold on Leeds is slipping",
    "Labour and the Greens hold Bristol",
    "Hull City hold Reading",
    "Labour hold Leeds, Tory sources say",
    "Labour hold Leeds, Hyde Park's seat",
    "Labour were unable to hold Leeds",
    "Labour hold in Leeds",
    "No Labour gain in Swindon",
]


@pytest.mark.parametrize("line", TRAPS)
def test_what_is_no_council_s_result_is_news(line: str) -> None:
    assert results(line) == []


def test_a_result_split_over_two_sentences_is_one() -> None:
    split = "The Conservatives lose Folkestone and Hythe. It is now under no overall control."
    assert results(split) == [("Folkestone and Hythe", "con", "noc")]
    later = ["4am: Tories LOSE Winchester", "", "The Lib Dems have won control of Winchester."]
    assert results(*later) == [("Winchester", "con", "ld")]
    assert results("Labour win Stevenage. They have also held Harlow.") == [
        ("Stevenage", None, "lab"),
        ("Harlow", "lab", "lab"),
    ]


def test_what_it_means_must_be_known() -> None:
    assert results("Labour hold Leeds and Bury. It is now under no overall control.") == [
        ("Leeds", "lab", "lab"),
        ("Bury", "lab", "lab"),
    ]


def test_a_following_sentence_of_one_person_s_contest_takes_the_result_back() -> None:
    assert results("Conservatives gain Hartlepool. The by-election was called in March.") == []


def test_headings_say_what_became_of_the_councils_below_them() -> None:
    page = (
        "LABOUR GAIN FROM CON", "Crawley: Lab 20 (+5); Con 13 (-4)", "LABOUR HOLDS",
        "Halton: Lab 50 (+6); LD 4 (-2)", "CON LOSS TO NOC", "Worcester: Con 17 (-1); Lab 15 (+3)",
    )  # fmt: skip
    assert results(*page) == [
        ("Crawley", "con", "lab"),
        ("Halton", "lab", "lab"),
        ("Worcester", "con", "noc"),
    ]
    assert results("LABOUR HOLDS", "Halton: Lab 4; LD 50") == []


def test_a_verdict_below_a_council_s_name_is_its() -> None:
    assert results("Leeds City Council", "", "Labour hold", "Lab 57, Con 22") == [
        ("Leeds City Council", "lab", "lab")
    ]


def test_figures_below_a_council_are_its_own_and_a_dash_is_no_minus() -> None:
    page = a_page(
        "7.11pm: Conservatives have held on to Basingstoke & Deane.", "", "The results were:", "",
        "Conservatives - 29", "", "Labour -10", "Liberal Democrats (+2)",
    )  # fmt: skip
    news = [each.message for each in read_live_page(page) if isinstance(each.message, News)]
    assert [each.totals for each in news] == [()] * len(news)


def test_a_heading_of_mayors_covers_what_stands_below_it_over_blank_lines() -> None:
    page = ("Mayors:", "", "Mansfield - Lab hold", "", "Councils:", "", "Leeds - Lab hold")
    assert results(*page) == [("Leeds", "lab", "lab")]
    assert results("How they voted in 2015:", "", "Leeds - Lab hold") == []


def test_a_page_says_how_much_of_it_was_read() -> None:
    page = reading(
        "1am: Labour hold Leeds",
        "2am: In a shock the Tories of Swindon lose their grip on it, Labour gleeful",
        "3am: Labour could lose Bolsover",
    )
    assert (page.councils, page.read) == (3, 1)
    assert [each.line for each in page.unread] == [2]


@pytest.mark.parametrize(
    "head", ["Live: Friday 3 May 2019", "Local elections, 2 May 2019", "Results - Fri, 3 May 2019",
     "Friday, May 3, 2019", "Tories hammered at the polls\nBy our desk\n\nFriday, 3 May 2019"],
)  # fmt: skip
def test_friday_s_page_is_of_thursday_s_night(head: str) -> None:
    said = [each.message for each in read_live_page(a_page(head, "01:04 Labour hold Leeds"))]
    (rush,) = (each for each in said if isinstance(each, Rush))
    assert f"{rush.at:%d %H:%M}" == "03 00:04"


def test_saturday_s_page_keeps_its_day_and_is_of_thursday_s_poll() -> None:
    head = "Local election results, Saturday 4 May 2019"
    rush = read_live_page(a_page(head, "10.05am: Labour hold Leeds"))[0].message
    assert isinstance(rush, Rush)
    assert f"{rush.at:%d %H:%M}" == "04 09:05"
    assert rush.election
    assert f"{rush.election.date}" == "2019-05-02"
