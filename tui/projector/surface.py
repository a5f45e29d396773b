"""What the wall draws on, and the boxes that open over it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from feed.english import counted
from feed.model.standing import Standing
from tui.colours.themes import Look, look_of
from tui.projector.canvas import Canvas, Line
from tui.projector.scene import Declaration, as_owner, has_changed, headline_title, kind_words
from tui.projector.wall_commands import WallCommand
from tui.text.terminal_text import width as cells_of


class WallSurface(Widget):
    """Draws the rows that it is given."""

    DEFAULT_CSS = """
    WallSurface { width: 1fr; height: 1fr; background: $background; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._rows: Sequence[Line] = ()

    def show(self, rows: Sequence[Line]) -> None:
        """Take the rows over, and draw again what differs."""
        before, self._rows = self._rows, rows
        if len(before) != len(rows):
            self.refresh()
            return
        regions = []
        for y, (old, new) in enumerate(zip(before, rows, strict=True)):
            span = changed_cells(old, new)
            if span is not None:
                regions.append(Region(span[0], y, span[1] - span[0], 1))
        if regions:
            self.refresh(*regions)

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        base, width = look_of(self.app).base, self.size.width
        if y >= len(self._rows):
            return Strip.blank(width, base)
        return Strip(self._rows[y]).crop_extend(0, width, base)


def changed_cells(old: Sequence[Segment], new: Sequence[Segment]) -> tuple[int, int] | None:
    """Return the first cell that differs between two rows and the one behind the last."""
    if old is new or list(old) == list(new):
        return None
    before, after = _cells(old), _cells(new)
    if len(before) != len(after):
        return 0, max(len(before), len(after))
    different = [at for at in range(len(after)) if before[at] != after[at]]
    return (different[0], different[-1] + 1) if different else None


def _cells(row: Sequence[Segment]) -> list[tuple[str, object]]:
    cells: list[tuple[str, object]] = []
    for segment in row:
        if segment.cell_length == len(segment.text):
            cells += [(char, segment.style) for char in segment.text]
        else:
            strip = Strip([segment])
            cells += [
                (piece.text, piece.style)
                for at in range(segment.cell_length)
                for piece in strip.crop(at, at + 1)
            ]
    return cells


def draw_keys(commands: Sequence[WallCommand], width: int, height: int, look: Look) -> list[Line]:
    """Return the page of the wall's keys."""
    rows = [(command.key_label, command.help) for command in commands]
    return _listed("The wall's keys", rows, "any key closes", (width, height), look)


def draw_queue(
    standing: Standing, waiting: Sequence[Declaration], width: int, height: int, look: Look
) -> list[Line]:
    """Return the list of declarations that wait for the presenter, the next first."""
    names = standing.party_names
    rows = []
    for at, one in enumerate(waiting, start=1):
        changed = f" from {as_owner(one.before, names)}" if has_changed(one) else ""
        rows.append((str(at), f"{headline_title(one)}: {kind_words(one, names)}{changed}"))
    title = f"{counted(len(waiting), 'declaration waits', 'declarations wait')} to be revealed"
    return _listed(title, rows, "space reveals the next, A all; R closes", (width, height), look)


def _listed(
    title: str,
    rows: Sequence[tuple[str, str]],
    foot: str,
    size: tuple[int, int],
    look: Look,
) -> list[Line]:
    width, height = size
    canvas = Canvas(width, height, look)
    strong, text = look.style(look.strong, bold=True), look.style(look.text)
    canvas.fill(0, 0, width, 1, look.style(look.strong, look.bar))
    canvas.words(2, 0, title, look.style(look.strong, look.bar, bold=True))
    room = max(1, height - 4)
    across = 1 if len(rows) <= room or width < 120 else 2
    head = max((cells_of(key) for key, _ in rows), default=0) + 2
    wide = (width - 2) // across
    for at, (key, said) in enumerate(rows[: room * across]):
        column, down = divmod(at, room)
        x = 2 + column * wide
        canvas.words(x, 2 + down, key, strong)
        canvas.words(x + head, 2 + down, said, text, wide - head - 2)
    left = len(rows) - room * across
    more = f"and {left} more · " if left > 0 else ""
    canvas.words(2, height - 1, f"{more}{foot}", look.style(look.dim))
    return canvas.lines()
