"""The README's pictures, taken from the program: `python -m tui.running.pictures [FOLDER]`."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from feed.ledger.ledger import Step
from feed.session.session import Post
from feed.sources.saved import load
from tui.running.samples import sample_feed
from tui.running.static import StillSession, still_replay
from tui.settings.options import Options

FOLDER = Path(".github/pictures")


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: the night at a time, in a size and theme, after some keys."""

    size: tuple[int, int] = (160, 48)
    keys: tuple[str, ...] = ()
    theme: str = "nightdesk-dark"
    at: str = "04:31"
    feed: str = "england-2019"


PICTURES: Mapping[str, Picture] = MappingProxyType(
    {
        "desk": Picture(),
        "desk-light": Picture(theme="nightdesk-light"),
        "wide": Picture((200, 60), at="12:00"),
        "narrow": Picture((80, 24)),
        "council": Picture((120, 36), keys=("3", "slash", *"trafford", "enter", "enter")),
        "filter": Picture((120, 36), keys=("slash", *"changed north", "enter")),
        "projector": Picture((160, 48), keys=("v",), at="12:00"),
    }
)


async def take(picture: Picture) -> str:
    """Give a picture as SVG."""
    steps = load(sample_feed(picture.feed))
    options = Options(theme=picture.theme)
    return await draw(steps, picture.at, picture.size, options, picture.keys)


async def draw(
    steps: Sequence[Step],
    at: str | None,
    size: tuple[int, int],
    options: Options,
    keys: Sequence[str] = (),
) -> str:
    """Give the screen of a saved night at a time, in columns and rows, as SVG."""
    from tui.running.app import Desk  # noqa: PLC0415

    def make(post: Post) -> StillSession:
        return still_replay(post, steps, at)

    app = Desk(make, options)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press(*(_key(key) for key in keys))
        await pilot.pause()
        return app.export_screenshot(title="nightdesk")


def _key(key: str) -> str:
    return "space" if key == " " else key


def main() -> None:
    """Write every picture into the folder."""
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, picture in PICTURES.items():
        file = folder / f"{name}.svg"
        file.write_text(asyncio.run(take(picture)), encoding="utf-8")
        sys.stdout.write(f"{file}\n")


if __name__ == "__main__":
    main()
