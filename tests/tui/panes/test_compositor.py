"""What is dirty is drawn as the whole screen would show it, and nothing else is asked for."""

from __future__ import annotations

import random

from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets import Static

from tui.panes.compositor import SpanCompositor


class Asked(Static):
    """Notes which of its lines are asked for."""

    def on_mount(self) -> None:
        self.crops: list[Region] = []

    def render_lines(self, crop: Region) -> list[Strip]:
        self.crops.append(crop)
        return super().render_lines(crop)


class Overlapping(Screen[None]):
    """A page, a box over it that is cut off at the right, and words over both."""

    CSS = """
    Overlapping { layers: page box words; }
    #page { layer: page; width: 100%; height: 100%; border: round red; }
    #box { layer: box; width: 30; height: 6; offset: 20 4; background: blue; }
    #words { layer: words; width: 9; height: 1; offset: 17 5; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._compositor = SpanCompositor()

    def compose(self) -> ComposeResult:
        yield Asked(
            "\n".join(f"line {number:4} of the 開票 page" for number in range(20)), id="page"
        )
        yield Asked("\n".join("a box of words that are wrapped" * 3 for _ in range(6)), id="box")
        yield Asked("nine cell", id="words")


async def test_any_regions_are_drawn_as_the_whole_screen_shows_them() -> None:
    async with App[None]().run_test(size=(40, 12)) as pilot:
        await pilot.app.push_screen(screen := Overlapping())
        compositor, chance = screen._compositor, random.Random(3)
        whole = compositor.render_strips()
        for _ in range(200):
            regions = set[Region]()
            for _ in range(chance.randint(1, 4)):
                x, y = chance.randrange(40), chance.randrange(12)
                size = chance.randint(1, 40 - x), chance.randint(1, 12 - y)
                regions.add(Region(x, y, *size))
            compositor._dirty_regions = regions
            update = compositor.render_partial_update()
            assert update is not None
            for y, begin, end in update.spans:
                pieces = {
                    x: strip for x, strip in update.chops[y].items() if begin <= x < end and strip
                }
                drawn = Strip.join(pieces[x] for x in sorted(pieces))
                assert drawn.simplify() == whole[y].crop(begin, end).simplify()


async def test_nothing_is_dirty_nothing_is_drawn() -> None:
    async with App[None]().run_test(size=(40, 12)) as pilot:
        await pilot.app.push_screen(screen := Overlapping())
        screen._compositor._dirty_regions = set()

        assert screen._compositor.render_partial_update() is None


async def test_only_what_is_seen_of_the_dirty_lines_is_asked_for() -> None:
    async with App[None]().run_test(size=(40, 12)) as pilot:
        await pilot.app.push_screen(screen := Overlapping())
        await pilot.pause()
        compositor = screen._compositor

        def asked_for(*dirty: Region) -> dict[str | None, list[Region]]:
            for each in screen.query(Asked):
                each.crops.clear()
            compositor._dirty_regions = set(dirty)
            compositor.render_partial_update()
            return {each.id: list(each.crops) for each in screen.query(Asked) if each.crops}

        assert asked_for(Region(17, 5, 9, 1)) == {"words": [Region(0, 0, 9, 1)]}
        assert asked_for(Region(1, 2, 9, 1), Region(1, 9, 9, 2)) == {
            "page": [Region(0, 2, 40, 1), Region(0, 9, 40, 2)]
        }
