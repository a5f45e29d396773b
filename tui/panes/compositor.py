"""What has changed on a screen, drawn without what lies beside and beneath it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

Span = tuple[int, int]
"""The first column and the one behind the last."""


def draw_at_once(widget: Widget, *regions: Region) -> None:
    """Draw regions of a widget now, where its screen is the one in sight.

    By `refresh` it takes three wakes of the processor: the widget's, the screen's and a timer's.
    What waits for that timer is drawn too: Textual forgets it with whatever is drawn.
    """
    screen = widget.screen
    waits = screen._layout_required or screen._scroll_required or screen._repaint_required  # noqa: SLF001
    if waits or not screen.is_current or widget.app._batch_count:  # noqa: SLF001
        widget.refresh(*regions)
        return
    widget._set_dirty(*regions)  # noqa: SLF001  # what `refresh` does, but for the message
    screen._dirty_widgets.add(widget)  # noqa: SLF001
    screen._compositor.update_widgets(screen._dirty_widgets)  # noqa: SLF001  # and what comes of it
    screen._compositor_refresh()  # noqa: SLF001


class SpanCompositor(Compositor):
    """Asks a widget for the lines that are dirty, and no widget for what is covered there.

    Textual's own asks every widget in the rectangle around all that is dirty for all of its lines,
    the screen beneath them too: of a clock's tick that is nine tenths.
    """

    def render_partial_update(self) -> ChopsUpdate | None:
        """Return what is dirty, drawn anew; nothing where nothing is."""
        dirty = self._dirty_regions.copy()
        self._dirty_regions.clear()
        spans = list(self._regions_to_spans(dirty))
        if not spans:
            return None
        open_spans = {
            y: [(begin, end) for _, begin, end in line]
            for y, line in groupby(spans, key=lambda span: span[0])
        }
        pieces: list[dict[int, Strip | None]] = [{} for _ in range(self.size.height)]
        ends: list[list[int]] = [[] for _ in pieces]
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            lines = [
                y
                for y, line in open_spans.items()
                if seen.y <= y < seen.bottom
                and any(begin < seen.right and end > seen.x for begin, end in line)
            ]
            if not lines:
                continue
            for y, strip in _drawn(widget, lines, seen, region):
                left: list[Span] = []
                for begin, end in open_spans[y]:
                    first, behind = max(begin, seen.x), min(end, seen.right)
                    if first >= behind:
                        left.append((begin, end))
                        continue
                    pieces[y][first] = strip.crop(first - seen.x, behind - seen.x)
                    ends[y].append(behind)
                    left += [it for it in ((begin, first), (behind, end)) if it[0] < it[1]]
                if left:
                    open_spans[y] = left
                else:
                    del open_spans[y]
            if not open_spans:
                break
        return ChopsUpdate(pieces, spans, ends)


def _drawn(
    widget: Widget, lines: Sequence[int], seen: Region, region: Region
) -> Iterator[tuple[int, Strip]]:
    """Yield lines of the screen as a widget draws them, from its first visible column on.

    Args:
        widget: what is there.
        lines: ascending.
        seen: the part of the widget that is not cut off.
        region: the whole of it.

    """
    for _, run in groupby(enumerate(lines), key=lambda it: it[1] - it[0]):
        ys = [y for _, y in run]
        crop = Region(seen.x - region.x, ys[0] - region.y, seen.width, len(ys))
        yield from zip(ys, widget.render_lines(crop), strict=True)
