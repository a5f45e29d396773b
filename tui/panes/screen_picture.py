"""The screen as it stands, as a picture of our own: without seams or a window round it."""

from __future__ import annotations

from typing import Any

from textual._compositor import LayoutUpdate
from textual.app import App

from tui.colours.themes import look_of
from tui.text.svg_picture import Paper, svg_picture


def screen_as_svg(app: App[Any]) -> str:
    """Return what is on the screen, pages over pages, as SVG."""
    update = app.screen._compositor.render_update(  # noqa: SLF001  # no public way
        full=True,
        screen_stack=app._background_screens,  # noqa: SLF001
    )
    lines = update.strips if isinstance(update, LayoutUpdate) else []
    rows = [[piece for strip in line for piece in strip] for line in lines]
    look = look_of(app)
    return svg_picture(rows, app.size.width, Paper(look.text, look.background))
