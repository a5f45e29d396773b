"""What the screen draws again: lines of a widget, and a whole redraw to compare with."""

from __future__ import annotations

import pytest
from textual.geometry import Region
from textual.widget import Widget

from tui.panes.bar import Bar
from tui.panes.drawn_lines import DrawnLines
from tui.panes.line_pane import LinePane
from tui.scoreboard.widget import Scoreboard


def refreshed_lines(widget: Widget, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that each line of a widget's content is written into when it is to be drawn."""
    lines: list[int] = []
    set_dirty = widget._set_dirty

    def noted(*regions: Region) -> None:
        inside = widget.content_size.region
        for region in regions or (inside,):
            if region.overlaps(inside):
                lines.extend(region.intersection(inside).line_range)
        set_dirty(*regions)

    monkeypatch.setattr(widget, "_set_dirty", noted)
    return lines


def draw_all_again(widget: Widget) -> None:
    """Forget what a widget has drawn, and draw all of it."""
    if isinstance(widget, LinePane | Bar):
        widget._drawn = DrawnLines()
    if isinstance(widget, Scoreboard):
        widget._board_drawn = None
    for kept in ("_kept", "_brush"):
        if hasattr(widget, kept):
            setattr(widget, kept, {} if kept == "_kept" else None)
    if isinstance(widget, LinePane | Bar):
        widget.redraw()
    widget.refresh()
