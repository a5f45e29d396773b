"""The pages for newcomers name files and functions that are there."""

from __future__ import annotations

import ast
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [
    path
    for path in (ROOT / "feed" / "README.md", ROOT / "tui" / "README.md", ROOT / "CONTRIBUTING.md")
    if path.exists()
]
_FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef
_FILE = re.compile(r"`([\w./-]+\.(?:py|md|toml|yml|csv)|[\w./-]+/)`")
_NAME = re.compile(r"`([A-Za-z_]\w*(?:\.\w+)?)`")
_RULE = re.compile(r"\(rules? (\d+)(?: (?:and|to) (\d+))?\)")


def place_of(page: Path, name: str) -> Path | None:
    """Return the file or folder that a page means, below its own folder or the project's."""
    return next((base / name for base in (page.parent, ROOT) if (base / name).exists()), None)


@cache
def names_in(path: Path) -> frozenset[str]:
    """Return what a module defines, methods as `Class.method` too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef | _FUNCTIONS):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            inner = (each for each in node.body if isinstance(each, _FUNCTIONS))
            found |= {f"{node.name}.{each.name}" for each in inner}
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return frozenset(found)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = [name for name in _FILE.findall(text) if not name.startswith("~")]
    assert named
    assert [name for name in named if place_of(page, name) is None] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_every_function_in_a_row_with_one_file_is_in_that_file(page: Path) -> None:
    for row in page.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in row.strip().strip("|").split("|")]
        for cell, after in pairwise(cells):
            alone = _FILE.fullmatch(cell)
            place = place_of(page, alone[1]) if alone else None
            if place is not None and place.suffix == ".py":
                missing = [name for name in _NAME.findall(after) if name not in names_in(place)]
                assert not missing, (alone and alone[1], missing)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_every_function_that_is_said_to_be_in_a_file_is_in_it(page: Path) -> None:
    said = re.findall(r"`([A-Za-z_][\w.]*)` in\s+`([\w./]+\.py)`", page.read_text(encoding="utf-8"))
    for name, file in said:
        place = place_of(page, file)
        assert place is not None, file
        assert name in names_in(place), (file, name)


def test_every_rule_that_a_docstring_names_is_on_the_page_of_the_feed() -> None:
    page = (ROOT / "feed" / "README.md").read_text(encoding="utf-8")
    rules = {int(number) for number in re.findall(r"^(\d+)\. \*\*", page, re.MULTILINE)}
    table = {int(number) for number in re.findall(r"^\| (\d+) \| `", page, re.MULTILINE)}
    assert rules == set(range(1, len(rules) + 1))
    assert {number for number in rules if f"\n| {number} | `" in page} == rules <= table
    for room in ("feed", "tui"):
        for path in (ROOT / room).rglob("*.py"):
            for found in _RULE.finditer(path.read_text(encoding="utf-8")):
                assert {int(found[1]), int(found[2] or found[1])} <= rules, path
