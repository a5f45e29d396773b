"""A night as one page: its figures are the fold's, and it needs no network."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
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
from tui.export.night_page import night_data, night_page

SAMPLES = Path(__file__).parents[3] / "sample_feeds"
CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)


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


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_in_a_browser_the_figures_at_three_are_those_of_the_summary(tmp_path: Path) -> None:
    page = tmp_path / "night.html"
    page.write_text(night_page(steps("england-2019"), "bbc"))
    done = subprocess.run(
        [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
         "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=2000",
         "--dump-dom", f"{page.as_uri()}#03:01"],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    folded = night("england-2019")
    at = datetime(2019, 5, 3, 2, 1, 59, tzinfo=UTC)
    standing = folded.at(folded.position_at(at))
    assert f"{standing.declared} of 248 declared" in done.stdout
    rows = re.findall(r'<tr><th scope="row"><span class="chip".*?</tr>', done.stdout)
    shown = {
        re.sub(r"<[^>]+>", " ", row).split()[1]: re.findall(r"<td>(.*?)</td>", row)
        for row in rows[:9]
    }
    for row in standing.scoreboard.rows:
        if any((row.councils, row.gained, row.lost, row.seats_won, row.seats_net)):
            assert shown[row.label][0] == str(row.councils), row
    assert shown["Con"][4].replace(",", "") == str(
        next(it.seats_won for it in standing.scoreboard.rows if it.party == "con")
    )


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
