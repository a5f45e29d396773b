"""What is laid over the wall when somebody asks: its keys, and what waits to be revealed."""

from __future__ import annotations

from collections.abc import Sequence

from feed.model.standing import CouncilStanding, Standing
from tui.colours.themes import Look
from tui.projector.canvas import Canvas, Line
from tui.projector.scene import as_owner, kind_words
from tui.projector.wall_commands import WallCommand
from tui.text.terminal_text import counted
from tui.text.terminal_text import width as cells_of


def draw_keys(commands: Sequence[WallCommand], width: int, height: int, look: Look) -> list[Line]:
    """Return the page of the wall's keys."""
    rows = [(command.key_label, command.help) for command in commands]
    return _listed("The wall's keys", rows, "any key closes", (width, height), look)


def draw_queue(
    standing: Standing, waiting: Sequence[CouncilStanding], width: int, height: int, look: Look
) -> list[Line]:
    """Return the list of declarations that wait for the presenter, the next first."""
    names = standing.party_names
    rows = []
    for at, council in enumerate(waiting, start=1):
        changed = f" from {as_owner(council.before, names)}" if council.changed_hands else ""
        rows.append((str(at), f"{council.name}: {kind_words(council, names)}{changed}"))
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
