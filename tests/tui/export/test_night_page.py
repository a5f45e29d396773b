"""A night as one page: its figures are the fold's, and it needs no network."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.ledger.night import Night
from feed.ledger.step import Step
from feed.model.standing import Standing
from feed.sources.saved import load
from feed.wording.progress import on_stage
from tests.chromium import PROGRAM, browser, page_of
from tui.export.night_page import night_data, night_page

SAMPLES = Path(__file__).parents[3] / "sample_feeds"


@cache
def steps(feed: str) -> tuple[Step, ...]:
    return tuple(load(SAMPLES / feed))


@cache
def night(feed: str) -> Night:
    folded = Night()
    folded.extend(steps(feed))
    return folded


@cache
def data(feed: str) -> dict[str, Any]:
    return night_data(steps(feed), "bbc")


def figures(frames: Iterable[dict[str, Any]]) -> tuple[Any, ...]:
    """Fold frames as the page does."""
    board: dict[str, list[int]] = {}
    councils: dict[int, list[Any]] = {}
    declared = [0, 0]
    for frame in frames:
        for party, *row in frame.get("b", ()):
            board.pop(party, None)
            if row:
                board[party] = row
        councils |= {it[0]: it[1:4] for it in frame.get("c", ())}
        declared = frame["d"]
    return board, councils, tuple(declared)


def expected(standing: Standing, names: list[str]) -> tuple[Any, ...]:
    shown = on_stage(standing)
    board = {
        it.party: [it.councils, it.gained, it.lost, it.seats_won, it.seats_net]
        for it in shown.scoreboard.rows
    }
    councils = {
        names.index(it.name): [it.status, it.before, it.after] for it in standing.all_councils
    }
    return board, councils, shown.progress


@pytest.mark.parametrize("feed", ["england-2019", "england-2024", "northern-ireland-2019"])
@settings(max_examples=40, deadline=None)
@given(share=st.floats(0, 1))
def test_the_figures_at_any_moment_are_those_of_the_standing_then(feed: str, share: float) -> None:
    frames = data(feed)["frames"]
    moment = frames[0]["t"] + share * (frames[-1]["t"] - frames[0]["t"])
    folded = night(feed)
    standing = folded.at(folded.position_at(datetime.fromtimestamp(moment, UTC)))
    names = [council[0] for council in data(feed)["councils"]]
    shown = [frame for frame in frames if frame["t"] <= moment]
    assert figures(shown) == expected(standing, names)


def test_a_correction_strikes_the_old_line_through() -> None:
    found = data("rehearsal")
    struck = {seq for frame in found["frames"] for seq in frame.get("s", ())}
    assert struck == set(night("rehearsal").edge().superseded)
    assert struck


def test_the_page_of_2019_is_under_half_a_megabyte_and_asks_for_nothing() -> None:
    page = night_page(steps("england-2019"), "bbc")
    assert len(page.encode()) < 500_000
    assert not re.search(
        r"""(?:src|href)=|url\(|@import|https?://(?!www\.w3\.org/2000/svg)""", page
    )
    assert "default-src 'none'" in page


def test_no_text_of_a_feed_is_markup_or_ends_the_script(tmp_path: Path) -> None:
    hostile = "</script><script>alert(1)</script><b>\u2028"
    (tmp_path / "a.json").write_text(json.dumps({"kind": "news", "text": hostile}))
    page = night_page(load(tmp_path), "bbc")
    assert "</script><script>alert" not in page
    assert page.count("</script>") == 2
    held = json.loads(page.split('type="application/json">', 1)[1].split("</script>", 1)[0])
    assert "alert(1)" in json.dumps(held)


def test_an_empty_night_is_a_page_too(tmp_path: Path) -> None:
    assert "</html>" in night_page(load(tmp_path), "bbc")


BOARD = """[...document.querySelectorAll('#board tr')].map(
  row => [row.querySelector('th').lastChild.textContent, ...[...row.querySelectorAll('td')].map(it => it.textContent)]
)"""


def move(frame: int) -> str:
    """Return what moves the slider to a frame as a hand does."""
    return f"slider.value = {frame}; slider.dispatchEvent(new Event('input', {{ bubbles: true }}))"


def said_of(standing: Standing) -> dict[str, tuple[str, str]]:
    """Return the councils and the seats of each party with any, as the page writes them."""
    rows = standing.scoreboard.rows
    return {
        row.label: (f"{row.councils:,}", "" if row.party == "noc" else f"{row.seats_won:,}")
        for row in rows
        if any((row.councils, row.gained, row.lost, row.seats_won, row.seats_net))
    }


@pytest.mark.skipif(PROGRAM is None, reason="no Chromium on this machine")
async def test_in_a_browser_the_slider_and_the_keys_move_to_the_figures_of_the_summary(
    tmp_path: Path,
) -> None:
    path = tmp_path / "night.html"
    path.write_text(night_page(steps("england-2019"), "bbc"))
    folded = night("england-2019")
    async with browser() as session, page_of(session) as page:
        await page.open(f"{path.as_uri()}#03:01")
        await page.until("document.getElementById('clock')?.textContent.includes('0')")

        async def is_as_at(moment: datetime) -> None:
            standing = folded.at(folded.position_at(moment))
            shown = {row[0]: (row[1], row[5]) for row in await page.value(BOARD)}
            assert shown == said_of(standing)
            told = await page.value("document.getElementById('progress').textContent")
            assert told == f"{standing.declared} of 248 declared"

        await is_as_at(datetime(2019, 5, 3, 2, 1, 59, tzinfo=UTC))
        frames = data("england-2019")["frames"]
        for frame in (40, len(frames) - 1):
            await page.value(
                f"{{ const slider = document.getElementById('slider'); {move(frame)} }}"
            )
            await is_as_at(datetime.fromtimestamp(frames[frame]["t"], UTC))
        await page.value(
            "document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Home', bubbles: true }))"
        )
        await is_as_at(datetime.fromtimestamp(frames[0]["t"], UTC))
        assert page.complaints == []


@pytest.mark.parametrize("feed", ["england-2019", "england-2024", "rehearsal"])
def test_every_council_has_a_tile_of_its_own_and_others_make_the_shape(feed: str) -> None:
    found = data(feed)
    tiles = [tuple(council[2:]) for council in found["councils"]]
    outline = [tuple(other[1:]) for other in found["outline"]]
    assert all(len(tile) == 2 for tile in tiles)
    assert len({*tiles, *outline}) == len(tiles) + len(outline)
    names = {council[0]: council[3] for council in found["councils"]}
    if feed == "england-2019":
        assert names["Carlisle"] < names["Leeds"] < names["Plymouth"]
        assert "Birmingham" in {other[0] for other in found["outline"]}
