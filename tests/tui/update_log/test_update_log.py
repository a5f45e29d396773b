"""The update log: it follows, holds the reader's place, and lays out only what is in sight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.model.entries import Declaration, Entry, EntryKind, Mark, PlaceId
from feed.model.parties import PartyId
from feed.model.terms import HOUSE_STYLES
from tests.tui.log_entries import (
    HOSTILE,
    START,
    Desk,
    a_gain,
    a_standing,
    an_entry,
    some_news,
    words,
)
from tui.colours.themes import CONTRAST, DARK, LIGHT
from tui.update_log import widget as log_canvas
from tui.update_log.badges import Judged, badge, counted_kinds
from tui.update_log.drawing import Page, lay_out, short_effect
from tui.update_log.rows import Keep, LogRows, Span, size_of
from tui.update_log.widget import UpdateLog
from tui.update_log.window import Heights


class LogDesk(Desk):
    """A desk with the log alone."""

    def __init__(self, max_rows: int = 100_000) -> None:
        self.log_pane = UpdateLog(max_rows=max_rows)
        super().__init__(self.log_pane)

    def on_update_log_entry_opened(self, message: UpdateLog.EntryOpened) -> None:
        self.posted.append(message.seq)

    def on_update_log_follow_changed(self, message: UpdateLog.FollowChanged) -> None:
        self.posted.append(message.follow)


def go_to(log: UpdateLog, seq: int) -> bool:
    """Select the entry of that number and show it; say whether it is among those shown."""
    if log.sight.rows.row_of(seq - 1) < 0 and not log.sight.rows.complete:
        log.begin(seq)
    row = log.sight.rows.row_of(seq - 1)
    if row >= 0:
        log._jump_to(row)
    return row >= 0


def drawn(log: UpdateLog) -> list[str]:
    return [log.render_line(y).text.rstrip() for y in range(log.window.height)]


def text_of(log: UpdateLog, y: int) -> str:
    return log.render_line(y).text.rstrip()


def page(entries: Sequence[Entry], width: int = 60, **fields: object) -> Page:
    standing = a_standing(entries, None, **fields)
    return Page(standing.log, standing.superseded, "bbc", DARK, width)


def lines_of(entry: Entry, width: int = 60, **fields: object) -> list[str]:
    """Return the lines of one entry that stands under another of the same day."""
    entries = [an_entry(1), replace(entry, seq=2)]
    return [words(line).rstrip() for line in lay_out(1, 0, page(entries, width, **fields)).lines]


async def test_the_newest_entry_is_at_the_bottom_and_stays_there() -> None:
    app, entries = LogDesk(), some_news(40)
    async with app.run_test(size=(50, 12)) as pilot:
        log = app.log_pane
        await pilot.pause()
        log.show(a_standing(entries, 30))
        assert log.follow
        assert text_of(log, 9).endswith("line 30")
        log.show(a_standing(entries, 40))
        assert text_of(log, 9).endswith("line 40")
        assert text_of(log, 0).endswith("line 31")
        assert log.unread == 0


async def test_a_reader_who_moves_up_keeps_the_place_while_lines_arrive() -> None:
    app, entries = LogDesk(), some_news(140)
    async with app.run_test(size=(50, 12)) as pilot:
        log = app.log_pane
        await pilot.pause()
        log.show(a_standing(entries, 100))
        await pilot.press("home")
        before = drawn(log)
        log.show(a_standing(entries, 105))
        assert drawn(log) == before
        assert (log.follow, log.unread) == (False, 5)
        assert "+5 new · G" in str(log.border_subtitle)
        await pilot.press("G")
        assert (log.follow, log.unread) == (True, 0)
        assert text_of(log, 9).endswith("line 105")
        await pilot.pause()
        assert app.posted == [False, True]


async def test_what_the_reader_has_scrolled_past_is_no_longer_unread() -> None:
    app, entries = LogDesk(), some_news(140)
    async with app.run_test(size=(50, 12)) as pilot:
        log = app.log_pane
        await pilot.pause()
        log.show(a_standing(entries, 100))
        log.scroll_lines(-3)
        log.show(a_standing(entries, 120))
        assert log.unread == 20
        log.scroll_lines(8)
        assert log.unread == 15
        log.scroll_lines(100)
        assert (log.follow, log.unread) == (True, 0)


async def test_dropping_old_rows_keeps_the_reader_where_they_were() -> None:
    app, entries = LogDesk(max_rows=100), some_news(200)
    async with app.run_test(size=(50, 12)) as pilot:
        log = app.log_pane
        await pilot.pause()
        log.show(a_standing(entries, 100))
        go_to(log, 60)
        before, selected = drawn(log), log.selected
        log.show(a_standing(entries, 110))
        assert drawn(log) == before
        assert log.selected is selected
        log.show(a_standing(entries, 200))
        assert log.row_count() == log.sight.rows.shown == 100
        assert text_of(log, 1).endswith("line 101")


async def test_the_top_entry_stays_on_top_across_a_resize() -> None:
    app = LogDesk()
    entries = [
        an_entry(n, text=f"line {n} " + "is long enough to be wrapped somewhere " * 3)
        for n in range(1, 200)
    ]
    async with app.run_test(size=(90, 20)) as pilot:
        log = app.log_pane
        await pilot.pause()
        log.show(a_standing(entries))
        go_to(log, 100)
        log.scroll_lines(-1)
        top = log.sight.sights[0].row
        for size in ((40, 20), (60, 9), (140, 30), (90, 20)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert log.sight.sights[0].row == top
            assert not log.follow


async def test_resizing_does_not_stop_following() -> None:
    app, entries = LogDesk(), some_news(100)
    async with app.run_test(size=(50, 12)) as pilot:
        log = app.log_pane
        await pilot.pause()
        log.show(a_standing(entries))
        for size in ((50, 40), (24, 8), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert log.follow
            assert text_of(log, size[1] - 3).endswith("line 100")


async def test_going_back_in_time_shows_the_log_as_it_was() -> None:
    app, entries = LogDesk(), some_news(100)
    async with app.run_test(size=(50, 12)) as pilot:
        log = app.log_pane
        await pilot.pause()
        log.show(a_standing(entries, 100))
        laid_out = log.sight.laid_out
        log.show(a_standing(entries, 50))
        assert text_of(log, 9).endswith("line 50")
        assert log.sight.laid_out - laid_out <= 12
        log.show(a_standing(entries, 0))
        assert text_of(log, 0) == "Nothing has come yet."
        log.show(a_standing(entries, 100))
        assert text_of(log, 9).endswith("line 100")


async def test_another_log_of_the_same_length_is_not_taken_for_the_old_one() -> None:
    app = LogDesk()
    async with app.run_test(size=(50, 12)) as pilot:
        log = app.log_pane
        await pilot.pause()
        log.show(a_standing(some_news(30)))
        log.show(a_standing([an_entry(n, text=f"other {n}") for n in range(1, 31)]))
        assert text_of(log, 9).endswith("other 30")
        assert text_of(log, 0).endswith("other 21")


async def test_a_hundred_thousand_entries_cost_no_more_than_a_window() -> None:
    app, entries = LogDesk(), some_news(100_001)
    async with app.run_test(size=(60, 30)) as pilot:
        log = app.log_pane
        await pilot.pause()
        log.show(a_standing(entries, 100_000))
        assert log.sight.laid_out <= 30
        log.show(a_standing(entries, 100_001))
        assert log.sight.laid_out <= 31
        await pilot.resize_terminal(80, 30)
        await pilot.pause()
        assert log.sight.laid_out <= 62
        go_to(log, 50_000)
        assert log.sight.laid_out <= 130
        assert log.selected is entries[49_999]
        assert text_of(log, 14).endswith(("line 49999", "line 50000", "line 50001"))


async def test_scrolling_by_wheel_and_scrollbar_moves_the_cursor_with_the_window() -> None:
    app, entries = LogDesk(), some_news(100)
    async with app.run_test(size=(50, 12)) as pilot:
        log = app.log_pane
        await pilot.pause()
        log.show(a_standing(entries))
        log.scroll_to(y=20)
        assert not log.follow
        first, last = log.sight.rows_in_sight() or (0, 0)
        assert first <= log.cursor <= last < 60
        log.scroll_to(y=10_000)
        assert log.follow
        assert log.cursor == 99


@pytest.mark.parametrize("width", [22, 34, 60, 120])
async def test_paging_up_and_down_comes_past_every_entry(width: int) -> None:
    app = LogDesk()
    entries = [an_entry(n, detail="figures " * (n % 9)) for n in range(1, 60)]
    async with app.run_test(size=(width, 12)) as pilot:
        log = app.log_pane
        await pilot.pause()
        log.show(a_standing(entries))
        seen: set[int] = set()
        for _ in range(80):
            seen |= {sight.row for sight in log.sight.sights}
            if log.cursor == 0:
                break
            log.action_cursor_page_up()
        assert seen == set(range(59))
        for _ in range(80):
            log.action_cursor_page_down()
            if log.follow:
                break
        assert log.follow


async def test_the_cursor_walks_and_enter_opens_its_entry() -> None:
    app, entries = LogDesk(), some_news(30)
    async with app.run_test(size=(50, 12)) as pilot:
        log = app.log_pane
        await pilot.pause()
        log.show(a_standing(entries))
        await pilot.press("up", "k", "enter")
        await pilot.press("j", "down")
        assert log.follow
        await pilot.press("g", "enter")
        await pilot.pause()
        assert app.posted == [False, 28, True, False, 1]
        assert "▌" in text_of(log, 1)


async def test_a_click_selects_and_a_second_one_opens() -> None:
    app, entries = LogDesk(), some_news(30)
    async with app.run_test(size=(50, 12)) as pilot:
        log = app.log_pane
        await pilot.pause()
        log.show(a_standing(entries))
        await pilot.pause()
        await pilot.click(log, offset=(10, 5))
        assert log.selected is entries[24]
        await pilot.click(log, offset=(10, 5))
        await pilot.pause()
        assert 25 in app.posted


async def test_a_click_on_the_badge_goes_to_the_newest() -> None:
    app, entries = LogDesk(), some_news(60)
    async with app.run_test(size=(50, 12)) as pilot:
        log = app.log_pane
        await pilot.pause()
        log.show(a_standing(entries, 50))
        await pilot.press("home")
        log.show(a_standing(entries, 60))
        await pilot.pause()
        await pilot.click(log, offset=(44, 11))
        assert (log.follow, log.unread) == (True, 0)


async def test_a_filter_shows_its_entries_and_keeps_the_selected_one() -> None:
    app, entries = LogDesk(), some_news(100)

    def is_tenth(entry: Entry) -> bool:
        return entry.seq % 10 == 0

    async with app.run_test(size=(50, 12)) as pilot:
        log = app.log_pane
        await pilot.pause()
        log.show(a_standing(entries))
        go_to(log, 50)
        log.show(a_standing(entries), keep=is_tenth)
        assert log.row_count() == 10
        assert log.selected is entries[49]
        assert "10 of 100 entries" in str(log.border_subtitle)
        assert not go_to(log, 51)
        log.show(a_standing(entries))
        assert log.row_count() == 100
        assert log.selected is entries[49]


async def test_the_next_problem_is_found_in_both_directions() -> None:
    app, entries = LogDesk(), some_news(60)
    for seq in (10, 40):
        entries[seq - 1] = an_entry(seq, EntryKind.PROBLEM)

    async with app.run_test(size=(50, 12)) as pilot:
        log = app.log_pane
        await pilot.pause()
        log.show(a_standing(entries))
        assert log.next_trouble(-1)
        assert log.selected is entries[39]
        assert log.next_trouble(-1)
        assert log.selected is entries[9]
        assert not log.next_trouble(-1)
        assert log.next_trouble(1)
        assert log.selected is entries[39]


async def test_paging_about_while_entries_pour_in_does_not_crash() -> None:
    app, entries = LogDesk(max_rows=200), some_news(600)
    async with app.run_test(size=(40, 10)) as pilot:
        log = app.log_pane
        await pilot.pause()
        for n in range(18):
            log.show(a_standing(entries, n * 34 + 10))
            await pilot.press(("pageup", "pagedown", "home", "end", "up", "down")[n % 6])
        await pilot.press("end")
        assert log.follow
        assert text_of(log, 7).endswith("line 588")


async def test_a_theme_and_a_house_style_are_taken_over_at_once() -> None:
    app = LogDesk()
    standing = a_standing([a_gain(1, "Trafford")])
    async with app.run_test(size=(70, 12)) as pilot:
        log = app.log_pane
        await pilot.pause()
        log.show(standing)
        assert text_of(log, 1).endswith("Trafford: Lab gain from NOC")
        log.show(standing, "pa")
        assert text_of(log, 1).endswith("Lab gain Trafford from no overall control")
        for look in (LIGHT, CONTRAST):
            app.theme = look.name
            await pilot.pause()
            style = list(log.render_line(0))[-1].style
            assert style is not None
            assert style.bgcolor is not None
            assert style.bgcolor.name == look.background.lower()


def test_a_gain_is_badge_name_in_bold_sentence_and_figures() -> None:
    block = lay_out(
        1, 0, page([an_entry(1), a_gain(2, "Trafford", detail="36 of 63 seats · Lab +6")])
    )
    assert [words(line).rstrip() for line in block.lines] == [
        "  01:02  GAIN  Trafford: Lab gain from NOC",
        "               36 of 63 seats · Lab +6",
    ]
    bold = {part.text for part in block.lines[0] if part.style and part.style.bold}
    assert bold == {" GAIN ", "Trafford"}


@pytest.mark.parametrize("kind", EntryKind)
@pytest.mark.parametrize("width", [6, 4])
def test_every_kind_has_a_word_of_its_own_and_needs_no_colour(kind: EntryKind, width: int) -> None:
    told = {badge(an_entry(kind=other), DARK, width)[0] for other in EntryKind}
    assert len(told) == len(EntryKind)
    assert len(badge(an_entry(kind=kind), DARK, width)[0]) == width


def test_a_rush_says_that_it_is_unconfirmed() -> None:
    told = Declaration("Alderton", PartyId("noc"), PartyId("lab"), "gain")
    entry = an_entry(2, EntryKind.RUSH, declaration=told)
    assert lines_of(entry) == ["  01:02 [rush] Alderton: Lab gain from NOC  unconfirmed"]


def test_an_estimated_time_is_marked() -> None:
    assert lines_of(an_entry(2, clock="estimated"))[0].startswith(" ~01:02 ")


def test_a_superseded_entry_is_struck_through_and_names_what_corrects_it() -> None:
    entries = [
        an_entry(1),
        a_gain(2, "Alderton", detail="figures that no longer stand"),
        an_entry(3, EntryKind.CORRECTION, text="Correction", revision=2, corrects=2),
    ]
    sheet = page(entries, superseded={2: 3})
    old, new = lay_out(1, 0, sheet), lay_out(2, 1, sheet)
    assert words(old.lines[0]).endswith("Alderton: Lab gain from NOC  →\xa0r2\xa001:03")
    struck = "".join(part.text for part in old.lines[0] if part.style and part.style.strike)
    assert struck == "Alderton: Lab gain from NOC"
    assert len(old.lines) == 1
    assert words(new.lines[1]).strip() == "↳\xa0corrects\xa001:02"


def test_a_withdrawn_result_says_so() -> None:
    entries = [an_entry(1), a_gain(2, "Alderton"), an_entry(3, EntryKind.WITHDRAWN, corrects=2)]
    line = words(lay_out(1, 0, page(entries, 80, superseded={2: 3})).lines[0])
    assert line.endswith("→\xa0withdrawn\xa001:03")


def test_a_remark_of_the_checks_is_said_in_words_and_test_data_on_no_line() -> None:
    assert lines_of(an_entry(2, mark=Mark.REMARK))[0].endswith("line 2  !\xa0check")
    assert "TEST" not in lines_of(an_entry(2, test=True))[0]


def test_a_problem_says_what_to_do() -> None:
    entry = an_entry(2, EntryKind.PROBLEM, text="a.xml:3: seats is −3", fix="send it again")
    assert lines_of(entry) == ["  01:02 ! prob a.xml:3: seats is −3", " " * 15 + "send it again"]
    assert lines_of(replace(entry, detail="send it again")) == lines_of(entry)


def test_the_day_is_written_where_it_changes_in_london() -> None:
    late = an_entry(1, at=datetime(2019, 5, 2, 22, 59, tzinfo=UTC))
    early = an_entry(2, at=datetime(2019, 5, 2, 23, 0, tzinfo=UTC))
    sheet = page([late, early])
    assert words(lay_out(0, None, sheet).lines[0]).startswith(" ── Thursday 2 May 2019 ──")
    block = lay_out(1, 0, sheet)
    assert words(block.lines[0]).startswith(" ── Friday 3 May 2019 ──")
    assert words(block.lines[1]).startswith("  00:00 ")
    assert block.day_lines == 1


def test_a_long_sentence_hangs_under_itself_and_never_under_the_time() -> None:
    entry = an_entry(2, text="Conservative losses pass two hundred councillors in all " * 2)
    for width, indent in ((60, 15), (40, 14), (22, 2)):
        lines = lines_of(entry, width)
        assert len(lines) > 2
        assert all(len(line) < width for line in lines)
        hanging = lines[1:]
        assert all(line[:indent].isspace() and line[indent] != " " for line in hanging)


def test_a_line_of_figures_leaves_out_whole_figures_never_half_of_one() -> None:
    entry = a_gain(2, "Alderton", detail="Lab 35 of 70 · one seat short · Con −8 · Ind +3")
    assert lines_of(entry, 44)[-1].strip() == "Lab 35 of 70 · one seat short"


def test_an_endless_text_is_bounded() -> None:
    lines = lines_of(an_entry(2, text="word " * 400))
    assert len(lines) == 6
    assert lines[-1].endswith("…")


def test_a_run_of_preparation_is_one_row() -> None:
    entries = [an_entry(n, EntryKind.ROSTER) for n in range(1, 249)]
    entries += [an_entry(n, EntryKind.EXPECTED) for n in range(249, 252)]
    entries += [an_entry(252), an_entry(253, EntryKind.ROSTER)]
    rows = LogRows(1000)
    rows.update(a_standing(entries).log, None)
    assert list(rows) == [Span(0, 250, 248, 3), 251, 252]
    line = words(lay_out(rows[0], None, page(entries, 80)).lines[1])
    assert line.endswith("248 councils up · expected times of 3 councils")


def test_what_names_the_election_is_not_counted_as_a_roster() -> None:
    entries = [an_entry(1, EntryKind.ROSTER, subject=None), an_entry(2, EntryKind.ROSTER)]
    rows = LogRows(1000)
    rows.update(a_standing(entries).log, None)
    assert list(rows) == [0, 1]


kinds = st.sampled_from([EntryKind.NEWS, EntryKind.ROSTER, EntryKind.EXPECTED])


@settings(deadline=None, max_examples=80)
@given(st.lists(kinds, max_size=30), st.lists(st.integers(0, 30), max_size=8))
def test_rows_are_the_same_by_whatever_steps_a_log_was_reached(
    told: list[EntryKind], stops: list[int]
) -> None:
    entries = [an_entry(n, kind) for n, kind in enumerate(told, 1)]
    stepwise = LogRows(1000)
    for stop in [*stops, len(entries)]:
        stepwise.update(a_standing(entries, min(stop, len(entries))).log, None)
    at_once = LogRows(1000)
    at_once.update(a_standing(entries).log, None)
    assert list(stepwise) == list(at_once)
    assert stepwise.shown == stepwise.count_from(0) == len(entries)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9)), max_size=40))
def test_heights_find_the_row_of_every_line(measures: list[tuple[int, int]]) -> None:
    heights, plain = Heights(), [2] * 51
    for row, lines in measures:
        heights[row] = lines
        plain[row] = lines
    owners = [row for row, lines in enumerate(plain) for _ in range(lines)]
    assert [heights.at(line) for line in range(len(owners))] == owners
    assert [heights.before(row) for row in range(51)] == [sum(plain[:row]) for row in range(51)]
    heights.forget_from(20)
    assert heights.before(51) == sum(plain[:20]) + 2 * 31


@pytest.mark.parametrize("kind", EntryKind)
@pytest.mark.parametrize("style", HOUSE_STYLES)
def test_hostile_text_in_any_field_is_drawn_harmlessly(kind: EntryKind, style: str) -> None:
    told = Declaration(HOSTILE, PartyId("x"), PartyId("y"), "gain", None, HOSTILE, HOSTILE, HOSTILE)
    entries = [
        an_entry(1, kind, text=HOSTILE, detail=HOSTILE, fix=HOSTILE, note=HOSTILE),
        an_entry(2, kind, declaration=told, subject=PlaceId(HOSTILE), source=HOSTILE),
    ]
    standing = a_standing(entries)
    sheet = Page(standing.log, {}, style, DARK, 40)  # type: ignore[arg-type]
    for row in (0, 1):
        for line in lay_out(row, None, sheet).lines:
            text = words(line)
            assert text.isprintable() or text.replace("\xa0", " ").isprintable()
            assert not set(text) & {"\x1b", "\x07", "\x9b", "\u202e", "\u200b"}


async def test_hostile_text_on_a_whole_screen_does_no_harm() -> None:
    app = LogDesk()
    entries = [a_gain(n, HOSTILE, detail=HOSTILE) for n in range(1, 30)]
    async with app.run_test(size=(60, 14)) as pilot:
        log = app.log_pane
        await pilot.pause()
        log.set_title(HOSTILE, HOSTILE)
        log.show(a_standing(entries))
        await pilot.press("up", "enter")
        screen = "\n".join(
            "".join(part.text for part in strip) for strip in app.screen._compositor.render_strips()
        )
        assert "[@click=app.quit]x" in screen.replace("\n", "")
        assert not set(screen) & {"\x1b", "\x07", "\x9b", "\u202e", "\u200b"}


def test_times_are_as_of_london_also_in_winter() -> None:
    entry = an_entry(2, at=datetime(2024, 12, 5, 3, 0, tzinfo=UTC) + timedelta(minutes=7))
    assert START.tzinfo is UTC
    assert "  03:07 " in lines_of(entry)[1]


@settings(deadline=None, max_examples=80)
@given(
    st.lists(kinds, max_size=40),
    st.integers(0, 40),
    st.integers(1, 7),
    st.sampled_from([None, lambda entry: entry.seq % 3 != 0]),
    st.sampled_from([5, 1000]),
)
def test_rows_are_the_same_from_wherever_and_in_whatever_parts_they_are_looked_for(
    told: list[EntryKind], around: int, part: int, keep: Keep | None, most: int
) -> None:
    entries = [an_entry(n, kind) for n, kind in enumerate(told, 1)]
    log = a_standing(entries).log
    in_parts, at_once = LogRows(most), LogRows(1000)
    at_once.update(log, keep)
    in_parts.turn_to(log, keep, around)
    in_parts.begin(around)
    while not in_parts.complete:
        known = dict(enumerate(in_parts, in_parts.number))
        in_parts.grow(part)
        now = dict(enumerate(in_parts, in_parts.number))
        kept = [number for number in known if number in now]
        assert all(size_of(now[number]) >= size_of(known[number]) for number in kept)
        assert len(kept) == len(known) or len(in_parts) == most
    if most > len(told):
        assert list(in_parts) == list(at_once)
    else:  # the topmost may be the end of a span
        assert list(in_parts)[1:] == list(at_once)[-most:][1:]
    assert in_parts.shown == sum(size_of(row) for row in in_parts)
    assert sum(in_parts.kinds.values()) == in_parts.shown
    if most > len(told):
        assert in_parts.kinds == at_once.kinds


async def test_a_filter_over_a_long_log_keeps_the_readers_entry_while_it_looks_around_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(log_canvas, "_SLICE", 0.0)
    app, entries = LogDesk(), some_news(20_000)

    def is_hundredth(entry: Entry) -> bool:
        return entry.seq % 100 == 0

    async with app.run_test(size=(50, 12)) as pilot:
        log = app.log_pane
        await pilot.pause()
        log.show(a_standing(entries))
        go_to(log, 7_050)
        log.show(a_standing(entries), keep=is_hundredth)
        assert log.selected is entries[6_999]
        assert not log.counted
        assert not log.follow
        monkeypatch.setattr(log_canvas, "_SLICE", 60.0)
        log._look_on()
        assert log.counted
        assert log.selected is entries[6_999]
        assert log.shown == 200
        assert log.row_count() == 200


async def test_first_and_last_are_reached_while_a_long_log_is_looked_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(log_canvas, "_SLICE", 0.0)
    app, entries = LogDesk(), some_news(20_000)
    async with app.run_test(size=(50, 12)) as pilot:
        log = app.log_pane
        await pilot.pause()
        log.show(a_standing(entries))
        assert not log.counted
        await pilot.press("g")
        assert log.selected is entries[0]
        assert not log.follow
        await pilot.press("pagedown", "G")
        assert log.selected is entries[-1]
        assert log.follow
        assert go_to(log, 9_000)
        assert log.selected is entries[8_999]


async def test_the_next_problem_is_found_in_a_filtered_log_too() -> None:
    app, entries = LogDesk(), some_news(60)
    for seq in (10, 39, 40):
        entries[seq - 1] = an_entry(seq, EntryKind.PROBLEM)

    def is_even(entry: Entry) -> bool:
        return entry.seq % 2 == 0

    async with app.run_test(size=(50, 12)) as pilot:
        log = app.log_pane
        await pilot.pause()
        log.show(a_standing(entries), keep=is_even)
        assert log.next_trouble(-1)
        assert log.selected is entries[39]
        assert log.next_trouble(-1)
        assert log.selected is entries[9]
        assert not log.next_trouble(-1)
        assert log.next_trouble(1)
        assert log.selected is entries[39]
        assert not log.next_trouble(1)


async def test_a_log_without_lines_says_why() -> None:
    log = UpdateLog()
    async with Desk(log).run_test(size=(60, 12)) as pilot:
        log.show(a_standing([]))
        await pilot.pause()
        assert log.render_line(0).text.rstrip() == "Nothing has come yet."
        log.show(a_standing(some_news(3)), keep=lambda _: False)
        await pilot.pause()
        assert log.render_line(0).text.rstrip() == "Nothing matches."
        assert not log.render_line(1).text.strip()
        log.show(a_standing(some_news(3)))
        await pilot.pause()
        assert "Nothing" not in log.render_line(0).text


def test_a_line_of_figures_never_leaves_out_the_majority() -> None:
    entry = a_gain(2, "Alderton", detail="31 of 60 seats · majority of 2 · Lab +5 · Con −8")
    said = " ".join(line.strip() for line in lines_of(entry, 38)[-2:])
    assert said == "31 of 60 seats · majority of 2"


def test_a_correction_says_each_figure_of_the_board_once() -> None:
    long = "scoreboard: Con councils +1; Con councils net +1; Con seats +1; Con seats net +2"
    assert short_effect(long) == "scoreboard: Con councils +1; Con seats +1; Con seats net +2"
    assert short_effect("31 of 60 seats; x net y") == "31 of 60 seats; x net y"


def test_a_correction_that_turns_control_has_a_badge_of_its_own() -> None:
    plain, turned = (
        badge(an_entry(kind=EntryKind.CORRECTION, flips=flips), DARK, 6)[0]
        for flips in (False, True)
    )
    assert (plain.strip(), turned.strip()) == ("CORR", "CORR▲")


def test_the_border_counts_no_line_that_turned_out_otherwise() -> None:
    entries = [
        a_gain(1, "Alder"),
        a_gain(2, "Birch"),
        a_gain(3, "Cobham"),
        an_entry(4, EntryKind.CORRECTION, flips=True, corrects=1),
        an_entry(5, EntryKind.CORRECTION, corrects=2),
        an_entry(6, EntryKind.WITHDRAWN, corrects=3),
    ]
    shown = Counter(entry.kind for entry in entries)
    night = a_standing(entries, superseded={1: 4, 2: 5, 3: 6})
    counted = counted_kinds(shown, night, None)
    assert counted[EntryKind.GAIN] == 1
    assert counted[EntryKind.CORRECTION] == 2
    assert counted_kinds(shown, night, lambda entry: entry.seq > 1)[EntryKind.GAIN] == 2


def test_a_correction_is_judged_once_however_many_views_come_after_it() -> None:
    entries = [a_gain(1, "Alder"), a_gain(2, "Birch")]
    entries += [an_entry(3 + at, EntryKind.CORRECTION, flips=True, corrects=1) for at in range(2)]
    shown, judged, read = Counter({EntryKind.GAIN: 2}), Judged(), list[int]()

    def keep(entry: Entry) -> bool:
        read.append(entry.seq)
        return True

    def gains(**superseded: int) -> int:
        by = {int(seq.removeprefix("n")): newer for seq, newer in superseded.items()}
        return counted_kinds(shown, a_standing(entries, superseded=by), keep, judged)[
            EntryKind.GAIN
        ]

    assert [gains(n1=3), gains(n1=3), gains(n1=4), gains(n1=4), gains()] == [1, 1, 1, 1, 2]
    assert read == [1, 1]


async def test_nothing_is_followed_while_nothing_moves() -> None:
    log = UpdateLog()
    async with Desk(log).run_test(size=(60, 12)) as pilot:
        log.show(a_standing(some_news(3)), "bbc")
        await pilot.pause()
        assert "following" in str(log.border_subtitle)
        log.moves = False
        assert "at the newest" in str(log.border_subtitle)
