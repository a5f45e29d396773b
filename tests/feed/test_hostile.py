"""A folder full of harm: every file is accounted for, nothing is believed that should not be."""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from time import process_time

import pytest

from feed.check.verdicts import verdicts, verdicts_as_text
from feed.clock import utc_now
from feed.file_names import escaped, is_ignored
from feed.formats import read
from feed.ledger.night import Night
from feed.model.arrival import Arrival
from feed.model.messages import Rejection
from feed.model.standing import Standing
from feed.reports.standing_text import standing_as_csv, standing_as_markdown, standing_as_text
from feed.reports.summary import standing_summary
from feed.sources.saved import load
from tests.feed.hostile_folder import (
    NAMES,
    PAYLOADS,
    bombs,
    fields,
    put_bombs,
    put_names,
    put_texts,
    put_things,
    regular_files,
    texts,
)
from tests.feed.steering import STEERING, steering

BOMBS = dict(bombs())


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a folder with everything hostile in it."""
    root = tmp_path_factory.mktemp("hostile") / "feed"
    root.mkdir()
    put_texts(root)
    put_names(root)
    put_bombs(root)
    sockets = put_things(root)
    yield root
    for each in sockets:
        each.close()


@pytest.fixture(scope="module")
def put(hostile: Path) -> Sequence[Path]:
    """Return every path in and beside the folder before anything is read."""
    return sorted(hostile.parent.rglob("*"))


@pytest.fixture(scope="module")
def standing(hostile: Path, put: Sequence[Path]) -> Standing:
    """Return what stands after all of it was read."""
    night = Night()
    night.extend(load(hostile))
    return night.edge()


def test_every_hostile_file_is_in_the_log_or_among_the_problems(
    hostile: Path, standing: Standing
) -> None:
    told = {entry.origin.path for entry in standing.log.since(0)}
    expected = {escaped(path) for path in regular_files(hostile) if not is_ignored(path)}

    assert expected <= told
    assert len(expected) > 4 * len(PAYLOADS) + len(NAMES)
    refused = {"pipe.json", "socket.json", "zero.json", "secret.json", "circle.json", "up",
               "dangling.json", "sparse.json", "sparse.jsonl"}  # fmt: skip
    assert refused <= {problem.file for problem in standing.problems}
    assert "root:x:0" not in str(list(standing.log.since(0)))


def test_nothing_that_a_reader_says_can_steer_a_terminal(standing: Standing) -> None:
    assert not steering(standing)
    assert not steering(list(standing.log.since(0)))
    assert not steering(standing_summary(standing))


def test_nothing_that_a_report_prints_can_steer_a_terminal(
    hostile: Path, standing: Standing
) -> None:
    for report in (
        standing_as_text(standing, "bbc"), standing_as_csv(standing, "bbc"), standing_as_markdown(standing, "bbc"),
        verdicts_as_text(verdicts(hostile)),
    ):  # fmt: skip
        lines = report.replace("\r\n", "\n").split("\n")
        assert not [line for line in lines if STEERING.search(line)]


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_read_soon_and_says_what_is_wrong_or_something_harmless(name: str) -> None:
    began = process_time()
    statements = read(Arrival(name, BOMBS[name], utc_now()))

    assert process_time() - began < 2.0
    assert statements
    for statement in statements:
        if isinstance(statement.message, Rejection):
            assert "fault in nightdesk" not in statement.message.fix, statement.message.what


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_no_reader_has_a_fault_that_a_payload_finds(payload: str) -> None:
    for number, message in enumerate(fields(payload)):
        data = json.dumps(message).encode()
        _is_no_fault(read(Arrival(f"{number}.json", data, utc_now())))
    for suffix, data in texts(payload):
        _is_no_fault(read(Arrival(f"a{suffix}", data, utc_now())))


def _is_no_fault(statements: tuple[object, ...]) -> None:
    assert statements
    assert "fault in nightdesk" not in str(statements)


def test_every_character_below_u3000_comes_out_harmless() -> None:
    for start in range(0, 0x3000, 0x100):
        text = "".join(chr(code) for code in range(start, start + 0x100))
        data = json.dumps({"kind": "news", "text": text}).encode()
        assert not steering(read(Arrival("all.json", data, utc_now())))


@pytest.mark.usefixtures("standing")
def test_an_identity_that_looks_like_a_path_forms_no_path(
    hostile: Path, put: Sequence[Path]
) -> None:
    assert sorted(hostile.parent.rglob("*")) == put


ALLOWED: dict[str, set[str]] = {
    "feed/hub/connection.py": {"urllib.parse"},
    "feed/sources/folder/change_signal.py": {"ctypes"},
    "tui/broadcast/door.py": {"socket"},
    "tui/cli/hub.py": {"subprocess"},
    "tui/running/alert_sending.py": {
        "subprocess",
        "urllib.error",
        "urllib.parse",
        "urllib.request",
    },
}
"""A hub's address is taken apart, and its server is started by a list of words, never a shell.

The system is asked to tell of changes in folders, which Python itself has no word for.
A broadcast says the machine's own name, which asks nobody. Alerts go where their owner has them sent.
"""


def test_no_module_of_ours_evaluates_unpickles_shells_out_or_calls_the_network() -> None:
    forbidden = {"pickle", "marshal", "shelve", "yaml", "subprocess", "socket", "urllib", "http",
                 "requests", "httpx", "ftplib", "ctypes"}  # fmt: skip
    for module, text in _sources():
        nodes = list(ast.walk(ast.parse(text)))
        imported = set(_imports(nodes))
        found = {name for name in imported if name.split(".")[0] in forbidden}
        found -= ALLOWED.get(module, set())
        assert module.startswith("feed/hub/") or "nats" not in imported, module
        assert not found, f"{module} imports {found}"
        assert not {"eval", "exec", "compile", "__import__"} & set(_calls(nodes)), module


def _sources() -> Iterator[tuple[str, str]]:
    root = Path(__file__).parents[2]
    for room in ("feed", "tui"):
        for path in sorted((root / room).rglob("*.py")):
            yield str(path.relative_to(root)), path.read_text(encoding="utf-8")


def _imports(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def _calls(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id


def test_brackets_without_end_leave_the_recursion_limit_alone() -> None:
    before = sys.getrecursionlimit()
    read(Arrival("deep.json", BOMBS["deep.json"], utc_now()))

    assert sys.getrecursionlimit() == before
