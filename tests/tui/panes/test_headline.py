"""The headline and the key bar: what matters most is there at every width."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from feed.clock import ago
from feed.model.standing import CouncilStanding, Problem
from feed.model.view import Mode, SourceHealth, TransportView, View
from feed.reports.silence import Silence
from tests.tui.log_entries import HOSTILE, Desk, a_standing, words
from tests.tui.standings import a_council
from tui.colours.themes import DARK
from tui.panes.bar import KeyBar
from tui.panes.headline import Headline, headline_lines
from tui.panes.headline_parts import speed_text

NOW = datetime(2019, 5, 3, 3, 31, 7, tzinfo=UTC)
NIGHT = a_standing([], None, title="English local elections 2019", councils_up=248, declared=112)
HEALTHY = SourceHealth("ok", last_arrival_at=NOW - timedelta(seconds=12), heartbeat_at=NOW)
LIVE = View(NIGHT, "live", HEALTHY, clock=NOW)
REPLAY = TransportView(True, 60.0, NOW, NOW - timedelta(hours=6), NOW + timedelta(hours=2))


def said(view: View, cells: int = 160) -> list[str]:
    return [words(line) for line in headline_lines(view, NOW, cells, DARK)]


def with_trouble(view: View) -> View:
    problems = (Problem("a.xml", 3, "seats is −3", "send it again", 1),) * 2
    return replace(view, standing=replace(view.standing, problems=problems, test=True))


def test_the_headline_answers_without_a_key() -> None:
    (line,) = said(LIVE)
    for part in (
        " ● LIVE ",
        "English local elections 2019",
        "112 of 248 declared ━",
        "─ 45%",
        "last file 12 s ago",
        "Fri 3 May  04:31:07 BST",
    ):
        assert part in line


def test_an_age_says_at_every_width_what_is_so_old() -> None:
    silent = replace(HEALTHY, heartbeat_at=NOW - timedelta(hours=1))
    view = replace(with_trouble(LIVE), source=silent)
    lines = [said(view, cells)[0] for cells in range(40, 200)]
    assert any("file 12 s ago" in line for line in lines)
    assert all("file 12 s ago" in line for line in lines if "ago" in line)


@pytest.mark.parametrize(
    ("figures", "says"),
    [
        ({"declared": 3}, "2019  3 declared "),
        ({"declared": 3, "rushed": 1}, "2019  3 declared, 1 rush "),
        ({"rushed": 62}, "2019  none declared, 62 rushes "),
        ({}, "2019 "),
    ],
)
def test_where_nobody_said_how_many_are_up_there_is_no_of_and_no_share(
    figures: dict[str, int], says: str
) -> None:
    standing = replace(NIGHT, **{"councils_up": 0, "declared": 0, **figures})  # type: ignore[arg-type]
    (line,) = said(replace(LIVE, standing=standing))
    assert says in line
    assert "%" not in line
    assert " of " not in line


def test_the_feed_clock_stands_at_the_right_and_in_winter_says_gmt() -> None:
    for cells in (160, 120, 80):
        assert said(LIVE, cells)[0].endswith("04:31:07 BST")
        assert cell_len(said(LIVE, cells)[0]) == cells - 1
    winter = replace(LIVE, clock=datetime(2024, 12, 5, 23, 59, 1, tzinfo=UTC))
    assert said(winter)[0].endswith("Thu 5 Dec  23:59:01 GMT")


@pytest.mark.parametrize(
    ("mode", "badge"),
    [
        ("live", "● LIVE"),
        ("paused", "‖ PAUSED"),
        ("review", "◀ REVIEW 04:31"),
        ("replay", "▶ REPLAY 60×"),
    ],
)
@pytest.mark.parametrize("cells", [40, 60, 160])
def test_the_mode_is_said_at_every_width(mode: Mode, badge: str, cells: int) -> None:
    view = replace(LIVE, mode=mode, transport=None if mode == "live" else REPLAY)
    assert badge in said(view, cells)[0]


@pytest.mark.parametrize(
    ("mode", "cells", "badge"),
    [
        ("review", 160, "◀ REVIEW 04:31 × LOST"),
        ("review", 34, "◀ 04:31 ×"),
        ("paused", 40, "‖ PAUSED × LOST"),
        ("live", 40, "× SOURCE LOST"),
        ("replay", 160, "▶ REPLAY 60×"),
    ],
)
def test_a_lost_source_hides_no_look_back(mode: Mode, cells: int, badge: str) -> None:
    transport = None if mode == "live" else REPLAY
    view = replace(LIVE, mode=mode, transport=transport, source=SourceHealth("lost", "gone"))
    assert badge in said(view, cells)[0]


def test_a_replay_that_stands_still_says_so() -> None:
    view = replace(LIVE, mode="replay", transport=replace(REPLAY, playing=False, speed=0.25))
    assert "‖ REPLAY 0.25×" in said(view)[0]


def test_a_lost_source_outshines_live_and_explains_itself() -> None:
    lost = SourceHealth("lost", "Feed directory missing since 02:14", unsaved=31)
    first, second = said(replace(LIVE, source=lost), 80)
    assert "× SOURCE LOST" in first
    assert "LIVE" not in first
    assert "! 31 unsaved" in first
    assert second == " Feed directory missing since 02:14"
    assert len(said(replace(LIVE, source=lost), 200)) == 1


@pytest.mark.parametrize(
    ("cells", "says"),
    [(160, "! night.csv no longer read"), (80, "! night.csv no longer read"), (60, "! night.csv no longer read"),
     (50, "! 1 file unread"), (36, "!1r")],
)  # fmt: skip
def test_a_file_whose_older_figures_stand_is_named_at_every_width(cells: int, says: str) -> None:
    unread = replace(HEALTHY, no_longer_read=("night.csv",))
    assert says in said(replace(LIVE, source=unread), cells)[0]
    two = replace(unread, no_longer_read=("night.csv", "x.csv"))
    assert "! 2 files unread" in said(replace(LIVE, source=two), 160)[0]


def test_silence_is_measured_by_the_heartbeat() -> None:
    silent = replace(HEALTHY, heartbeat_at=NOW - timedelta(minutes=4, seconds=20))
    assert "no heartbeat for 4 min" in said(replace(LIVE, source=silent))[0]
    assert "heartbeat" not in said(LIVE)[0]
    assert "heartbeat" not in said(replace(LIVE, mode="replay", source=silent))[0]


@pytest.mark.parametrize(
    ("cells", "says"),
    [(200, "no heartbeat for 4 min"), (80, "no heartbeat for 4 min"), (40, "no beat 4 min")],
)
def test_what_silence_means_is_said_at_every_width(cells: int, says: str) -> None:
    silent = replace(HEALTHY, heartbeat_at=NOW - timedelta(minutes=4, seconds=20))
    (line,) = said(replace(LIVE, source=silent), cells)
    assert says in line
    assert cell_len(line) <= cells


def due(name: str, minutes: float) -> CouncilStanding:
    at = NOW + timedelta(minutes=minutes)
    return a_council(name, status="expected", expected_at=at)


@pytest.mark.parametrize(
    ("cells", "minutes", "says"),
    [
        (200, (45, 90), "quiet as expected · next ~05:16 Guildford"),
        (80, (45, 90), "quiet as expected · next ~05:16 Guildford"),
        (60, (45, 90), "quiet · next ~05:16 Guildford"),
        (40, (45, 90), "quiet"),
        (80, (-49, -40), "2 late · longest Guildford 49 min"),
        (60, (-49, -40), "2 late · longest Guildford 49 min"),
        (54, (-49, -40), "2 late · Guildford 49 min"),
        (40, (-49, -40), "2 late"),
    ],
)
def test_live_the_judgement_of_silence_is_told_before_the_name_of_the_night(
    cells: int, minutes: tuple[float, float], says: str
) -> None:
    councils = due("Guildford", minutes[0]), due("York", minutes[1])
    quiet = replace(HEALTHY, last_arrival_at=NOW - timedelta(minutes=34))
    view = replace(LIVE, standing=replace(NIGHT, councils=councils), source=quiet)
    (line,) = said(view, cells)
    assert f"  {says} " in line
    assert "112" in line
    assert cell_len(line) <= cells


def test_what_stands_below_the_headline_is_not_told_twice() -> None:
    lost = replace(LIVE, source=SourceHealth("lost", "Feed directory missing since 02:14"))
    assert len(said(lost, 80)) == 2
    assert len(said(replace(lost, pinned=frozenset({"lost"})), 80)) == 1
    late = replace(LIVE, standing=replace(NIGHT, councils=(due("Guildford", -49),)))
    assert "1 late · Guildford" in said(late, 200)[0]
    assert "1 late  " in said(replace(late, pinned=frozenset({"late"})), 200)[0]


def test_a_complete_night_says_so_and_a_lost_source_is_said_once() -> None:
    done = replace(LIVE, standing=replace(NIGHT, declared=248))
    assert "complete" in said(done, 80)[0]
    lost = replace(done, source=SourceHealth("lost", "hub away since 02:14"))
    assert " ".join(said(lost, 80)).count("LOST") == 1


@settings(deadline=None, max_examples=120)
@given(
    st.integers(40, 220),
    st.sampled_from(["live", "paused", "review", "replay"]),
    st.sampled_from(["ok", "lost", "polling", "loading", "ended"]),
    st.integers(0, 99_999),
)
def test_the_test_ribbon_comes_first_and_nothing_is_cut(
    cells: int, mode: Mode, state: str, count: int
) -> None:
    source = SourceHealth(state, "says what is wrong here", unsaved=count)  # type: ignore[arg-type]
    view = with_trouble(replace(LIVE, mode=mode, source=source, new=count, transport=REPLAY))
    lines = headline_lines(view, NOW, cells, DARK)
    assert words(lines[0]).startswith((" TEST DATA ", " TEST "))
    assert all(cell_len(words(line)) <= cells for line in lines)
    title = ["English", "local", "elections", "2019"]
    known = {
        *title, "TEST", "DATA", "●", "LIVE", "‖", "PAUSED", "◀", "REVIEW", "04:31", "▶", "REPLAY",
        "60×", "×", "SOURCE", "LOST", "…", "READING", f"+{count:,}", "new", "112", "of", "248",
        "declared", "112/248", "!", "2", "problems", "!2", f"{count:,}", "unsaved", f"!{count:,}u",
        "Fri", "3", "May", "04:31:07", "BST", "45%",
    } | set(source.says.split())  # fmt: skip
    told = [word for line in lines for word in words(line).split() if not set(word) <= {"━", "─"}]
    assert set(told) <= known


def test_problems_outlive_the_title_when_it_gets_narrow() -> None:
    view = with_trouble(LIVE)
    assert "! 2 problems" in said(view, 80)[0]
    assert "English" not in said(view, 60)[0]
    assert "!2" in said(view, 40)[0]
    assert "112/248" in said(view, 40)[0]


def test_paused_says_how_much_came_in_since() -> None:
    assert "+37 new" in said(replace(LIVE, mode="paused", new=37))[0]


def test_ages_and_speeds_are_said_as_a_person_would() -> None:
    assert [ago(timedelta(seconds=s)) for s in (0, 59, 60, 3599, 7200, 400_000)] == [
        "0 s",
        "59 s",
        "1 min",
        "59 min",
        "2 h",
        "4 days",
    ]
    speeds = (1.0, 0.25, 3600.0, float("inf"))
    assert [speed_text(speed) for speed in speeds] == ["1×", "0.25×", "3,600×", "max"]


@given(
    st.sampled_from(["live", "paused", "replay"]),
    st.integers(0, 9_000),
    st.lists(st.floats(0.1, 90), max_size=6),
    st.sampled_from([160, 100, 60, 40]),
)
def test_time_goes_on_in_the_headline_as_if_it_were_drawn_anew(
    mode: Mode, age: int, seconds: list[float], cells: int
) -> None:
    source = replace(HEALTHY, last_arrival_at=NOW - timedelta(seconds=age))
    view, now = replace(LIVE, mode=mode, source=source), NOW
    bar = Headline()
    bar.show(view, now, Silence())
    bar.bar_lines(cells, DARK)
    for step in seconds:
        now += timedelta(seconds=step)
        bar.tick(now)
        anew = headline_lines(view.at(now), now, cells, DARK, Silence())
        assert bar.bar_lines(cells, DARK) == anew


def test_a_moment_of_the_night_stands_still_while_time_goes_on() -> None:
    bar = Headline()
    bar.show(replace(LIVE, mode="replay", transport=REPLAY), NOW, Silence())
    before = bar.bar_lines(160, DARK)
    bar.tick(NOW + timedelta(seconds=1))
    assert bar.bar_lines(160, DARK) == before


async def test_the_bar_grows_to_two_lines_only_while_it_needs_them() -> None:
    bar = Headline()
    app = Desk(bar)
    async with app.run_test(size=(80, 10)) as pilot:
        bar.show(LIVE, NOW, Silence())
        await pilot.pause()
        assert bar.size.height == 1
        lost = SourceHealth("lost", "Feed directory missing since 02:14")
        bar.show(replace(LIVE, source=lost), NOW, Silence())
        await pilot.pause()
        assert bar.size.height == 2
        assert "missing since" in bar.render_line(1).text
        bar.show(LIVE, NOW, Silence())
        await pilot.pause()
        assert bar.size.height == 1
        await pilot.resize_terminal(44, 10)
        await pilot.pause()
        assert "112/248" in bar.render_line(0).text


async def test_a_hostile_title_is_drawn_harmlessly() -> None:
    bar = Headline()
    app = Desk(bar)
    async with app.run_test(size=(160, 10)) as pilot:
        source = SourceHealth("lost", HOSTILE)
        bar.show(
            replace(LIVE, standing=replace(NIGHT, title=HOSTILE), source=source), NOW, Silence()
        )
        await pilot.pause()
        text = bar.render_line(0).text + bar.render_line(1).text
        assert "[@click=app.quit]x" in text
        assert not set(text) & {"\x1b", "\x07", "\x9b", "\u202e", "\u200b"}


KEYS = (
    ("/", "filter", "filter"),
    ("space", "pause", "pause"),
    ("m", "what did I miss", "missed"),
    ("?", "help", "help"),
    ("q", "quit"),
)


class KeyDesk(Desk):
    """A desk with the key bar alone."""

    def __init__(self) -> None:
        self.keys = KeyBar()
        super().__init__(self.keys)

    def on_bar_pressed(self, message: KeyBar.Pressed) -> None:
        self.posted.append(message.id)


async def test_keys_are_left_out_whole_and_the_last_two_stay() -> None:
    app = KeyDesk()
    async with app.run_test(size=(80, 5)) as pilot:
        app.keys.show(KEYS)
        assert app.keys.render_line(0).text.split() == [
            "/",
            "filter",
            "space",
            "pause",
            "m",
            "what",
            "did",
            "I",
            "miss",
            "?",
            "help",
            "q",
            "quit",
        ]
        await pilot.resize_terminal(40, 5)
        await pilot.pause()
        assert app.keys.render_line(0).text.rstrip() == " / filter   ? help   q quit"
        assert len(app.keys.children) == 0


async def test_at_most_seven_keys_are_shown() -> None:
    app = KeyDesk()
    async with app.run_test(size=(200, 5)):
        app.keys.show((str(n), "key") for n in range(12))
        assert app.keys.render_line(0).text.split() == [
            word for n in range(7) for word in (str(n), "key")
        ]


async def test_a_click_presses_the_key_under_the_mouse() -> None:
    app = KeyDesk()
    async with app.run_test(size=(80, 5)) as pilot:
        app.keys.show(KEYS)
        text = app.keys.render_line(0).text
        for word in ("filter", "miss", "quit"):
            await pilot.click(app.keys, offset=(text.index(word), 0))
        await pilot.click(app.keys, offset=(79, 0))
        await pilot.pause()
        assert app.posted == ["filter", "missed", "q"]
