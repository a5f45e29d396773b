"""`nightdesk export`: a night as one page for a browser, or as a recording of a terminal."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from feed.errors import UsageProblem
from tui.cli.flags import PathArgument, with_options
from tui.settings.config import Config


@with_options
def export(
    config: Config,
    *,
    path: PathArgument,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="One page, without any network.")
    ] = None,
    cast: Annotated[
        Path | None, typer.Option("--cast", metavar="FILE", help="An asciicast of the desk.")
    ] = None,
) -> None:
    """Write a night as a page with a time slider, or as a cast.

    Examples:
    nightdesk export sample_feeds/england-2019 --html night.html

    nightdesk export sample_feeds/england-2019 --cast night.cast
    """
    if html is None and cast is None:
        raise UsageProblem("nothing to write", "give --html FILE or --cast FILE")
    from feed.sources.saved import load_night  # noqa: PLC0415
    from tui.settings.new_file import write_new_file  # noqa: PLC0415

    steps = load_night(path)
    options = config.options
    if html is not None:
        from tui.export.night_page import night_page  # noqa: PLC0415

        write_new_file(html, [night_page(steps, options.style)])
    if cast is not None:
        os.environ["TEXTUAL_ANIMATIONS"] = "none"
        import asyncio  # noqa: PLC0415

        from tui.export.night_cast import Casting, night_cast  # noqa: PLC0415
        from tui.settings.options import Options  # noqa: PLC0415

        async def lines() -> list[str]:
            looks = Options(style=options.style, theme=options.theme)
            return [line async for line in night_cast(steps, looks, Casting())]

        write_new_file(cast, asyncio.run(lines()))
