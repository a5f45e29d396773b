"""Where in a TOML file something is said."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TABLE = re.compile(r"\s*\[{1,2}([^\[\]]+)\]{1,2}\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")


def line_of(text: str, path: Sequence[str]) -> int | None:
    """Give the line (from 1) that says most of `path`, its table first and its key last."""
    best, found = 0, None
    table: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        heading = _TABLE.match(line)
        key = None if heading else _KEY.match(line)
        if heading is not None:
            table = here = _parts(heading[1])
        elif key is not None:
            here = [*table, *_parts(key[1])]
        else:
            continue
        if len(here) > best and list(path[: len(here)]) == here:
            best, found = len(here), number
    return found


def _parts(text: str) -> list[str]:
    return [part.strip("\"'") for part in _PART.findall(text)]
