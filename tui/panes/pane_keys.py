"""The keys that belong to a pane, not to the desk: each has an id that it is remapped by."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PANE_KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "pane.up": ("up", "k"),
        "pane.down": ("down", "j"),
        "pane.page-up": ("pageup",),
        "pane.page-down": ("pagedown",),
        "pane.first": ("g", "home"),
        "pane.last": ("G", "end"),
        "pane.open": ("enter",),
        "log.follow": ("f",),
        "board.left": ("left",),
        "board.right": ("right",),
        "grid.left": ("left",),
        "grid.right": ("right",),
    }
)
"""Id -> keys that a pane binds itself, here and nowhere else."""
