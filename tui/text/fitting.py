"""Parts of a line that give way in a fixed order until the line fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.style import Style

from tui.text.terminal_text import width


@dataclass(frozen=True, slots=True)
class Part:
    """Something to say, in forms from the longest to the shortest; an empty form drops it."""

    forms: tuple[str, ...]
    style: Style


def fitted(
    parts: Mapping[str, Part],
    order: Sequence[str],
    cells: int,
    gap: int = 2,
    again: Sequence[str] = (),
) -> dict[str, str]:
    """Return the longest forms that fit.

    Args:
        parts: what is to be said.
        order: the part that gives way next, once for every step it takes.
        cells: the room.
        gap: cells between two parts.
        again: what takes a longer form again where a part that gave way later left room for it.

    """
    chosen = dict.fromkeys(parts, 0)
    for name in order:
        if _used(parts, chosen, gap) <= cells:
            break
        if name in parts and chosen[name] < len(parts[name].forms) - 1:
            chosen[name] += 1
    for name in again:
        while (
            chosen.get(name)
            and _used(parts, longer := {**chosen, name: chosen[name] - 1}, gap) <= cells
        ):
            chosen = longer
    return {name: parts[name].forms[form] for name, form in chosen.items()}


def _used(parts: Mapping[str, Part], chosen: Mapping[str, int], gap: int) -> int:
    sizes = [width(parts[name].forms[form]) for name, form in chosen.items()]
    shown = [size for size in sizes if size]
    return sum(shown) + gap * max(0, len(shown) - 1)
