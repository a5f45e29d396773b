"""Random views of a night, each compared with a screen that is written as a whole.

`python -m tests.tui.running.terminal.random_views 10000 [SEED]` looks at so many.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
from collections.abc import Iterable
from contextlib import chdir
from tempfile import TemporaryDirectory
from typing import Final

os.environ["TEXTUAL_ANIMATIONS"] = "none"

from rich.color import ColorSystem
from rich.console import RenderableType
from textual._compositor import CompositorUpdate, LayoutUpdate
from textual.screen import Screen
from textual.strip import Strip

from feed.session.session import Post, Session
from tests.tui.desk_app import DeskUnderTest, an_arrival, night_of, running, steps_of_night
from tests.tui.running.terminal.glass import Glass, Look, differences
from tui.colours.depth import is_bar, reduced
from tui.running.static import still_replay
from tui.running.terminal.cells import Cells
from tui.running.terminal.driver import paint
from tui.settings.options import Options

SIZES: Final = ((80, 24), (120, 36), (61, 17), (160, 48), (40, 10), (100, 30))
KEYS: Final = (
    *"123zvsSoDdfWmeEnNhwlib,.[]<>gGkj'",
    *("tab", "shift+tab", "down", "down", "up", "pagedown", "pageup", "right", "left", "enter"),
    *("escape", "escape", "question_mark", "slash", "ctrl+g", "t", "c", "home", "end", "space"),
    *("shift+left", "shift+right", "left_square_bracket", "right_square_bracket", "0", "3", "p"),
)
THEMES: Final = ("nightdesk-dark", "nightdesk-light", "nightdesk-contrast", "ansi-dark", "nord")
WIDE: Final = (
    "開票速報 Hull ＮＯＣ",
    "zero\u200b width e\u0301 é",
    "👩\u200d🚀 flag 🇬🇧 ☀️ sun",
    "한국어 wide",
)
PIECES: Final = (64, 500, 2_048, 100_000)


class Seen(DeskUnderTest):
    """A desk whose updates are drawn on two terminals: by difference, and as a whole."""

    colours: ColorSystem
    chance: random.Random

    def begin(self, colours: ColorSystem, chance: random.Random, size: tuple[int, int]) -> None:
        """Stand before a terminal of a size, with so many colours."""
        self.colours, self.chance = colours, chance
        self.cells, self.glass = Cells(), Glass(*size)

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        if isinstance(renderable, CompositorUpdate) and not self._batch_count:
            paint(self.cells, renderable, self.colours, dark=self.current_theme.dark)
            # A slow line: most often nothing, or only a part, is taken before the next frame.
            for _ in range(self.chance.randrange(3)):
                self.glass.feed(self.cells.difference(self.chance.choice(PIECES)))
        super()._display(screen, renderable)

    def resized(self, size: tuple[int, int]) -> None:
        """Have the terminal take another size, and what is on it no longer be known."""
        self.glass.resize(*size)
        self.cells.forget()

    def compare(self) -> list[str]:
        """Bring the terminal to the end, and give what is other than on one drawn anew."""
        while piece := self.cells.difference(self.chance.choice(PIECES)):
            self.glass.feed(piece)
        whole = self.screen._compositor.render_update(
            full=True, screen_stack=self._background_screens
        )
        assert isinstance(whole, LayoutUpdate)
        width, height = whole.region.size
        lines = [Strip.join(line) for line in whole.strips]
        dark = self.current_theme.dark
        anew = written_whole(lines, (width, height), self.colours, dark=dark)
        return differences(self.glass.look, anew)


def written_whole(
    lines: Iterable[Strip], size: tuple[int, int], colours: ColorSystem, *, dark: bool
) -> Look:
    """Return the look of a terminal to which every line is written from its beginning to its end.

    Args:
        lines: what is on the screen.
        size: columns and rows.
        colours: what the terminal has.
        dark: whether its own background is.

    """
    glass = Glass(*size)
    for y, line in enumerate(lines):
        glass.feed(f"\x1b[{y + 1};1H")
        for text, style, _ in line:
            sent = style and reduced(style, colours, dark=dark, bar=is_bar(text))
            codes = Strip.render_ansi(sent, colours) if sent else ""
            glass.feed(f"\x1b[{codes}m{text}\x1b[0m")
    return glass.look


async def look_at(views: int, seed: int, colours: ColorSystem, theme: str) -> int:
    """Go through so many random views; raise at the first that is not the same in every cell."""
    chance = random.Random(seed)
    size = chance.choice(SIZES)

    def make(post: Post) -> Session:
        app.still = still_replay(
            post, steps_of_night("england-2019"), "03:00", night=night_of("england-2019")
        )
        return app.still

    app = Seen(make, Options(theme=theme))
    app.begin(colours, chance, size)
    done: list[str] = []
    async with running(app, size) as pilot:
        for number in range(views):
            if chance.random() < 0.03:
                size = chance.choice(SIZES)
                done.append(f"{size}")
                app.resized(size)
                await pilot.resize_terminal(*size)
            elif chance.random() < 0.05:
                done.append("news")
                app.still.arrive(
                    an_arrival(f"{number}.json", kind="news", text=chance.choice(WIDE))
                )
            else:
                done.append(chance.choice(KEYS))
                await pilot.press(done[-1])
            await pilot.pause()
            if other := app.compare():
                raise AssertionError(
                    f"{colours.name} {theme} seed {seed}: {done[-6:]}: {other[:5]}"
                )
    return app.glass.read


def main() -> None:
    """Look at as many views as are asked for, with every number of colours and every theme."""
    with TemporaryDirectory() as place, chdir(place):  # a key may save what is on the screen
        _look_at_all(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)


def _look_at_all(views: int, first: int) -> None:
    each, sent = 250, 0
    for number in range(-(-views // each)):
        colours = tuple(ColorSystem)[number % 3]
        theme = THEMES[number % len(THEMES)]
        sent += asyncio.run(look_at(each, first + number, colours, theme))
        print(
            f"{(number + 1) * each:,} views are the same in every cell; {sent:,} characters sent",
            flush=True,
        )


if __name__ == "__main__":
    main()
