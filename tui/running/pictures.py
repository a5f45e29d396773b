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
from tui.settings.options import Options, ViewName
from tui.settings.wall_pages import WallPage

FOLDER = Path(".github/pictures")


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: the night at a time, in a size and theme, after some keys."""

    size: tuple[int, int] = (160, 48)
    keys: tuple[str, ...] = ()
    theme: str = "nightdesk-dark"
    at: str | None = "04:31"
    """None for the end."""
    feed: str = "england-2019"
    page: WallPage | None = None
    """A page of the projector."""


PICTURES: Mapping[str, Picture] = MappingProxyType(
    {
        "desk": Picture(),
        "desk-light": Picture(theme="nightdesk-light"),
        "wide": Picture((200, 60), at="12:00"),
        "narrow": Picture((80, 24)),
        "council": Picture((120, 36), keys=("3", "slash", *"trafford", "enter", "enter")),
        "filter": Picture((120, 36), keys=("slash", *"changed north", "enter")),
        "table": Picture((160, 48), at="12:00", page="table"),
        "map": Picture((160, 48), at="12:00", page="map"),
        "grid-map": Picture((120, 36), keys=("3", "z", "M"), at="12:00"),
        "just-in": Picture((120, 36), at="07:52", page="just-in"),
    }
)


async def take(picture: Picture) -> str:
    """Give a picture as SVG."""
    steps = load(sample_feed(picture.feed))
    view: ViewName = "desk" if picture.page is None else "projector"
    return await draw(steps, picture, Options(theme=picture.theme, view=view))


async def draw(steps: Sequence[Step], picture: Picture, options: Options) -> str:
    """Give the screen of a saved night as SVG."""
    from tui.projector.screen import ProjectorScreen  # noqa: PLC0415
    from tui.running.app import Desk  # noqa: PLC0415

    def make(post: Post) -> StillSession:
        return still_replay(post, steps, picture.at)

    app = Desk(make, options)
    async with app.run_test(size=picture.size) as pilot:
        await pilot.pause()
        await pilot.press(*(_key(key) for key in picture.keys))
        await pilot.pause()
        if picture.page is not None and isinstance(app.screen, ProjectorScreen):
            app.screen.open_at(picture.page)
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
