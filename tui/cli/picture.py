"""`nightdesk picture`: the screen at a moment, as SVG on stdout."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from typing import Annotated

import typer

from feed.errors import UsageProblem
from tui.cli.flags import PathArgument, with_options
from tui.running.output import print_xml
from tui.settings.config import Config

_SIZE = re.compile(r"(\d{2,3})x(\d{2,3})")


@with_options
def picture(  # noqa: PLR0913  # each is a flag of the command
    config: Config,
    *,
    path: PathArgument,
    at: Annotated[
        str | None,
        typer.Option("--at", help="As known then: 01:30; else at the end.", metavar="TIME"),
    ] = None,
    size: Annotated[
        str, typer.Option("--size", help="Columns and rows.", metavar="SIZE")
    ] = "160x48",
    projector: Annotated[bool, typer.Option("--projector", help="The projector view.")] = False,
    page: Annotated[
        str | None, typer.Option("--page", metavar="NAME", help="A page of the projector: map.")
    ] = None,
) -> None:
    """Print the screen of a saved night as an SVG picture.

    Examples:
    nightdesk picture sample_feeds/england-2019 --at 04:31

    nightdesk picture sample_feeds/england-2019 --at 12:00 --page map --size 120x36
    """
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    import asyncio  # noqa: PLC0415

    from feed.sources.saved import load_night  # noqa: PLC0415
    from tui.running.pictures import Picture, draw  # noqa: PLC0415
    from tui.settings.options import Options  # noqa: PLC0415
    from tui.settings.wall_pages import WALL_PAGES  # noqa: PLC0415

    fits = _SIZE.fullmatch(size)
    if fits is None:
        raise UsageProblem(f"{size!r} is no size", "write columns and rows, as in 160x48")
    options = config.options
    options = Options(style=options.style, theme=options.theme)
    wall = (
        projector
        or page is not None
        or (config.is_flag("view") and config.options.view == "projector")
    )
    if page is not None and page not in WALL_PAGES:
        raise UsageProblem(f"{page!r} is no page", f"give one of {', '.join(WALL_PAGES)}")
    options = replace(options, view="projector" if wall else "desk")
    chosen = next((each for each in WALL_PAGES if each == page), None)
    cells = int(fits[1]), int(fits[2])
    print_xml(asyncio.run(draw(load_night(path), Picture(cells, at=at, page=chosen), options)))
