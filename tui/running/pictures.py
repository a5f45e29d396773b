"""The README's pictures, taken from the program: `python -m tui.running.pictures [FOLDER]`."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from feed.clock import EPOCH
from feed.ledger.ledger import Step
from feed.ledger.night import Night
from feed.model.view import SourceHealth, TransportView, View
from feed.session.session import Post
from feed.sources.saved import load
from feed.typed_times import parse_moment
from tui.colours.themes import DARK
from tui.panes.screen_picture import screen_as_svg
from tui.projector.canvas import Line
from tui.projector.frame import Frame, draw_frame
from tui.projector.scene import JustIn, Scene
from tui.running.samples import sample_feed
from tui.running.static import StillSession, still_replay
from tui.settings.options import Options, ViewName
from tui.settings.wall_pages import WallPage
from tui.text.svg_picture import Paper, svg_film

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
    """Return a picture as SVG."""
    steps = load(sample_feed(picture.feed))
    view: ViewName = "desk" if picture.page is None else "projector"
    return await draw(steps, picture, Options(theme=picture.theme, view=view))


async def draw(steps: Sequence[Step], picture: Picture, options: Options) -> str:
    """Return the screen of a saved night as SVG."""
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
        return screen_as_svg(app)


def film(
    steps: Sequence[Step],
    size: tuple[int, int] = (100, 30),
    hour: tuple[str, str] = ("04:00", "05:00"),
) -> str:
    """Return an hour of the night on the wall as a moving picture: the map, and what came in."""
    night = Night()
    night.extend(steps)
    start, end = (parse_moment(text, night.opening or EPOCH) for text in hour)
    frames: list[tuple[float, list[Line]]] = []

    def show(seconds: float, page: WallPage, position: int, news: JustIn | None) -> None:
        standing, at = night.at(position), night.time_at(position)
        transport = TransportView(True, 60, at or start, start, end)
        view = View(standing, "replay", SourceHealth("ok"), transport=transport, clock=at)
        scene = Scene(standing, at, news=news)
        frames.append((seconds, draw_frame(Frame(view, scene, page), *size, end, DARK)))

    last = night.position_at(end)
    before = night.at(night.position_at(start))
    show(1.5, "map", night.position_at(start), None)
    for position in range(night.position_at(start) + 1, last + 1):
        standing = night.at(position)
        new = [it for it in standing.councils if it.declared_order and it not in before.councils]
        before = standing
        if new:
            news = JustIn(new[0].id, night.time_at(position), new[0].changed_hands)
            if new[0].changed_hands:
                show(2.5, "just-in", position, news)
            show(0.8, "map", position, None)
    show(1.5, "table", last, None)
    return svg_film(frames, size[0], Paper(DARK.text, DARK.background))


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
    file = folder / "night.svg"
    file.write_text(film(load(sample_feed("england-2019"))), encoding="utf-8")
    sys.stdout.write(f"{file}\n")


if __name__ == "__main__":
    main()
