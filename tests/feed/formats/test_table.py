"""Tables of returns: wide and long, as spreadsheets save them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.formats.table import rows as table_rows
from feed.formats.table.reader import is_table, read_table
from feed.model.arrival import Arrival
from feed.model.messages import Rejection, Remark, Result, Rush, Statement

FILES = Path(__file__).parent / "files" / "table"
SEEN = datetime(2019, 5, 3, 1, 0, tzinfo=UTC)


def an_arrival(text: str | bytes, path: str = "returns.csv") -> Arrival:
    return Arrival(path, text if isinstance(text, bytes) else text.encode(), SEEN)


def statements(name: str) -> tuple[Statement, ...]:
    return read_table(an_arrival((FILES / name).read_bytes(), name))


def results(name: str) -> list[Result]:
    return [each.message for each in statements(name) if isinstance(each.message, Result)]


def rejections(name: str) -> list[tuple[int | None, str]]:
    found = [each for each in statements(name) if isinstance(each.message, Rejection)]
    return [(each.line, getattr(each.message, "what", "")) for each in found]


def test_a_wide_table_gives_a_result_a_council() -> None:
    swindon, worcester = results("good_wide.csv")
    assert (swindon.council, swindon.gss) == ("Swindon", "E06000030")
    assert dict(swindon.after) == {"con": 30, "lab": 25, "ld": 2}
    assert swindon.won is not None
    assert dict(swindon.won) == {"con": 11, "lab": 7, "ld": 1}
    assert (swindon.control_before, swindon.control_after) == ("con", "con")
    (change,) = worcester.changes
    assert (change.baseline, dict(change.seats)) == ("unknown", {"con": -1, "lab": 1, "ld": 0})
    assert worcester.won is None
    assert worcester.control_after == "noc"


def test_a_long_table_gives_a_result_a_council_too() -> None:
    walsall, hart = results("good_long.csv")
    assert dict(walsall.after) == {"con": 32, "lab": 26, "ind": 2}
    assert dict(walsall.changes[0].seats) == {"con": 2, "lab": 0, "ind": -2}
    assert walsall.control_before == "noc"
    assert hart.changes == ()
    assert hart.party_names == {"community-campaign": "Community Campaign"}
    assert dict(hart.after) == {"con": 10, "ld": 11, "community-campaign": 12}
    assert [each.line for each in statements("good_long.csv")] == [2, 5]


def test_a_table_of_control_alone_gives_rushes() -> None:
    messages = [each.message for each in statements("good_control_only.csv")]
    assert all(isinstance(each, Rush) for each in messages)
    told = [
        (getattr(each, "control_before", 0), getattr(each, "control_after", 0)) for each in messages
    ]
    assert told == [("lab", "lab"), ("con", "ld"), ("noc", "noc")]


def test_a_council_that_has_not_declared_says_nothing_until_its_row_is_filled() -> None:
    first, second = read_table(
        an_arrival(
            "council,control before,control,Con,Lab\n"
            "Leeds,Lab,Lab,23,57\nHull,Lab,,,\nDerby,NOC,Lab,,\nBury,Lab,,-,n/a\n"
        )
    )
    assert isinstance(first.message, Result)
    assert isinstance(second.message, Rush)
    assert (second.message.council, second.message.control_after) == ("Derby", "lab")


def test_what_excel_saves_is_read() -> None:
    (result,) = results("odd_excel.csv")
    assert result.council == "Bournemouth, Christchurch and Poole"
    assert (result.revision, dict(result.after)) == (2, {"con": 36, "lab": 3})
    assert result.election is not None
    assert result.election.date == date(2019, 5, 2)
    assert result.at == datetime(2019, 5, 3, 14, 0, tzinfo=UTC)
    assert [each.line for each in statements("odd_excel.csv")] == [3]


@pytest.mark.parametrize(
    ("name", "after"),
    [
        ("odd_tabs.tsv", {"con": 23, "lab": 57}),
        ("odd_windows_1252.csv", {"con": 23, "lab": 57}),
        ("odd_thousands.csv", {"con": 1024, "lab": 900}),
        ("odd_formula.csv", {"con": 1, "lab": 2}),
        ("odd_quoted_newline.csv", {"con": 23, "lab": 57}),
    ],
)
def test_odd_tables_are_read(name: str, after: dict[str, int]) -> None:
    assert dict(results(name)[0].after) == after


def test_a_figure_in_brackets_is_a_loss() -> None:
    assert dict(results("odd_thousands.csv")[0].changes[0].seats) == {"con": -3}


def test_control_in_words_is_read() -> None:
    (leeds,) = results("odd_tabs.tsv")
    assert (leeds.control_before, leeds.control_after, leeds.outcome) == ("lab", "lab", "hold")


def test_lines_are_counted_through_cells_with_line_ends() -> None:
    assert [each.line for each in statements("odd_quoted_newline.csv")] == [2, 4]


def test_an_unknown_party_keeps_its_name_and_an_unknown_column_is_remarked() -> None:
    (result,) = results("odd_unknown_party.csv")
    assert dict(result.after) == {"con": 1, "lab": 19, "aspire": 24}
    assert result.party_names == {"aspire": "Aspire"}
    assert rejections("odd_unknown_party.csv") == []
    (remark,) = [
        it.message for it in statements("odd_unknown_party.csv") if isinstance(it.message, Remark)
    ]
    assert remark.what.startswith("the column “Mystery” is not known and was left out")


def test_a_row_that_is_wrong_is_told_and_the_others_are_taken() -> None:
    assert [each.council for each in results("odd_one_bad_row.csv")] == ["Leeds", "Bury", "Rugby"]
    assert rejections("odd_one_bad_row.csv") == [
        (3, "Lab is “thirty”; expected a whole number"),
        (4, "Con is “-3”; expected 0 or more"),
        (6, "the row has 4 cells; the header has 3"),
    ]


def test_in_a_long_table_a_wrong_row_leaves_its_council_out() -> None:
    assert [each.council for each in results("odd_long_bad_row.csv")] == ["Derby"]
    assert rejections("odd_long_bad_row.csv") == [
        (3, "seats is “2x”; expected a whole number"),
        (5, "the party “Lab” stands twice for this council"),
        (6, "there is no party in this row; expected one party a row"),
    ]


def test_a_quote_that_is_never_closed_does_not_swallow_what_stands_before_it() -> None:
    assert [each.council for each in results("odd_open_quote.csv")] == ["Leeds"]
    ((line, what),) = rejections("odd_open_quote.csv")
    assert line == 3
    assert "never closed" in what


BROKEN = {
    "columns": (1, "the columns are “candidate”, “votes”, “share”; expected a council", "council, party, seats"),
    "no_seats": (1, "expected a council and its seats by party, or its control", "Con change"),
    "header_only": (1, "no council in this table has seats or control yet", "If none has"),
    "utf16": (None, "the file is in UTF-16", "CSV UTF-8"),
    "stray_quote": (2, "this row is no CSV", "write two quotes"),
    "control": (2, "control is “purple”; expected a party, NOC or “Lab gain from Con”", "Correct the cell"),
    "date": (2, "date is “2 May”; expected a date such as 2019-05-02", "Correct the cell"),
    "time": (2, "declared is “1.04am”; expected a time such as 2019-05-03T01:04", "Correct the cell"),
    "code": (2, "gss is “leeds”; expected a code of a capital letter", "Correct the cell"),
    "baseline": (2, "baseline is “2015”; expected eve_of_poll", "Correct the cell"),
    "too_many_seats": (2, "after.lab is 5000; expected 2,000 or less", "Correct the cell"),
    "decimal": (2, "Con is “1.5”; expected a whole number", "Correct the cell"),
    "huge": (2, "expected 9 digits at most", "Correct the cell"),
    "no_council": (2, "there is no council in this row", "Correct the cell"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_table_gives_one_sentence_to_act_on(name: str) -> None:
    line, what, fix = BROKEN[name]
    (statement,) = statements(f"broken_{name}.csv")
    assert isinstance(statement.message, Rejection)
    assert what in statement.message.what
    assert fix in statement.message.fix
    assert statement.line == line


def test_every_broken_file_is_accounted_for() -> None:
    assert {path.stem.removeprefix("broken_") for path in FILES.glob("broken_*")} == set(BROKEN)


@pytest.mark.parametrize("name", sorted(path.name for path in FILES.glob("[go]*")))
def test_a_table_is_known_as_one_whatever_it_is_called(name: str) -> None:
    assert is_table(an_arrival((FILES / name).read_bytes(), "feed/unnamed"))


@pytest.mark.parametrize(
    "text",
    [
        "Labour hold Leeds, Hull and York\nTories hold Swindon, Rugby and Harlow\n",
        "1.04am: Labour hold Leeds\n1.10am: Con hold Rugby",
        "Results, as they come in, from the councils of England and their counts\nLeeds\n",
        "",
        "Leeds",
    ],
)
def test_prose_is_not_taken_for_a_table(text: str) -> None:
    assert not is_table(an_arrival(text, "live.txt"))


def test_a_table_without_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_rows, "MOST_ROWS", 3)
    *first, last = read_table(an_arrival("council,Con,Lab\n" + "Leeds,1,2\n" * 9))
    assert len(first) == 3
    assert isinstance(last.message, Rejection)
    assert last.message.what == "the table has more than 3 rows; what follows was left out"


def test_a_cell_without_end_is_refused() -> None:
    (statement,) = read_table(an_arrival("council,Con,Lab\n" + "x" * 200_000 + ",1,2\n"))
    assert isinstance(statement.message, Rejection)
    assert "131,072 characters" in statement.message.what


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.text(max_size=80))
def test_any_text_below_a_header_is_read(text: str) -> None:
    assert read_table(an_arrival(f"council,party,seats\nLeeds,Lab,57\n{text}"))
    assert read_table(an_arrival(text))


SEATS = st.dictionaries(
    st.sampled_from(["Con", "Lab", "LD", "Green", "Aspire"]), st.integers(0, 99)
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.dictionaries(st.sampled_from(["Leeds", "Hull", "King's Lynn, and more"]), SEATS, min_size=1)
)
def test_a_table_says_the_same_long_and_wide(councils: dict[str, dict[str, int]]) -> None:
    parties = sorted({party for seats in councils.values() for party in seats}) or ["Con"]
    wide = "council," + ",".join(f"{party} seats" for party in parties) + "\n"
    long = "council,party,seats\n"
    for council, seats in councils.items():
        cells = ",".join(str(seats.get(party, "")) for party in parties)
        wide += f'"{council}",{cells}\n'
        for party in seats:
            long += f'"{council}",{party},{seats[party]}\n'
    told = [
        {
            each.message.council: dict(each.message.after)
            for each in read_table(an_arrival(text))
            if isinstance(each.message, Result) and each.message.after
        }
        for text in (wide, long)
    ]
    assert told[0] == told[1]
