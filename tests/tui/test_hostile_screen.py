"""The screen under a hostile folder: all that reaches the terminal is what Textual writes."""

from __future__ import annotations

import ast
import json
import os
from collections import Counter
from pathlib import Path

import pytest

from feed.file_names import escaped, holds_lines, is_ignored
from feed.recording.reader import BadLine, read_recording
from tests.feed.hostile_folder import (
    PAYLOADS,
    put_bombs,
    put_names,
    put_texts,
    put_things,
    regular_files,
)
from tests.feed.steering import STEERING
from tests.tui.grammar import UngrammaticalError, tokens
from tests.tui.terminal import Terminal

COLUMNS, ROWS = 160, 48


def spoken(terminal: Terminal) -> Counter[str]:
    """Count the kinds of what was written; fails where it is not of the language."""
    written = bytes(terminal.output)
    return Counter(token.kind for token in tokens(written, columns=COLUMNS, rows=ROWS))


_STEPS = (
    ("g", "place held"), ("\r", "  Entry 1  "), ("\x1b", ""), ("p", "  Problems ("), ("\x1b", ""),
    ("2", "Enter results"), ("\r", "councils controlled"), ("\x1b", ""), ("3", "Enter council"),
    ("\r", "REVISIONS"), ("\x1b", ""), ("1", "Enter detail"), ("/", "/ party, council"), ("news", "/ news"),
    ("\r", "n N hit"), ("n", "▌"), ("\x1b", "Enter detail"), ("E", "▌"), ("\r", "  Entry "), ("\x1b", ""),
    ("m", "  What did I miss  "), ("\x1b", ""), ("[", "REVIEW"), ("L", "LIVE"), ("G", "following"),
)  # fmt: skip
"""Keys, and what is on the screen once they are done; nothing: what was there before is gone."""


def test_a_hostile_folder_changes_nothing_but_the_text_on_the_screen(tmp_path: Path) -> None:
    feed, recording = tmp_path / "feed", tmp_path / "night.jsonl"
    feed.mkdir()
    put_texts(feed)
    put_names(feed)
    put_bombs(feed)
    sockets = put_things(feed)
    options = ("--recording", str(recording), "--settle", "0.1")
    with Terminal("watch", str(feed), *options, columns=COLUMNS, rows=ROWS) as terminal:
        terminal.wait_for("LIVE")
        last = json.dumps({"kind": "news", "text": "The last line of all"})
        (feed / "zz.json").write_text(last, encoding="utf-8")
        terminal.wait_for("The last line of all", 40.0)
        shown = ""
        for keys, seen in _STEPS:
            terminal.send(keys)
            if seen:
                terminal.wait_for(seen)
            else:
                terminal.wait_while(shown)
            shown = seen
        terminal.wait_for("The last line of all")
        terminal.send("\x11")
        assert terminal.wait() == 0
        assert terminal.is_clean()
        kinds = spoken(terminal)
        assert kinds["copy"] == 0
        assert kinds["look"] > 1_000
        _has_kept_its_modes(bytes(terminal.output))
    for each in sockets:
        each.close()
    _is_whole(feed, recording)


def _has_kept_its_modes(output: bytes) -> None:
    """A mode that a payload asks for too was set once and taken back once, at the end."""
    for mode in (b"1049", b"25"):
        assert output.count(b"\x1b[?%bh" % mode) == 1
        assert output.count(b"\x1b[?%bl" % mode) == 1


def _is_whole(feed: Path, recording: Path) -> None:
    """Hold the recording against the folder: every regular file of a fair size is in it."""
    items = list(read_recording(recording))
    assert not [item for item in items if isinstance(item, BadLine)]
    recorded = {item.path for item in items if not isinstance(item, BadLine)}
    expected = {
        escaped(path)
        for path in regular_files(feed)
        if not is_ignored(path)
        and not path.startswith(b"sparse")
        and b"empty" not in path
        and not (feed / os.fsdecode(path)).read_bytes().endswith(bytes(4))  # waits to be filled
    }
    assert expected <= recorded
    assert sum(holds_lines(path.encode()) for path in expected) == len(PAYLOADS)


@pytest.mark.parametrize(
    "payload",
    [payload for payload in PAYLOADS if STEERING.search(payload) and "?" not in payload],
    ids=ascii,
)
def test_the_grammar_knows_each_payload_from_what_textual_writes(payload: str) -> None:
    output = b"\x1b[1;1H\x1b[38;2;1;2;3mtext\x1b[0m" + payload.encode("utf-8", "surrogatepass")

    with pytest.raises(UngrammaticalError):
        list(tokens(output, columns=COLUMNS, rows=ROWS))


def test_nobody_hands_text_to_a_widget_that_would_read_markup_in_it() -> None:
    """A text from a feed in `notify`, `Static` or `Label` could be a clickable action."""
    wrong = []
    for path in sorted((Path(__file__).parents[2] / "tui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(getattr(node, "func", None), "attr", "") or getattr(
                getattr(node, "func", None), "id", ""
            )
            if name in {"notify", "Static", "Label"} and isinstance(node, ast.Call):
                said = {word.arg: getattr(word.value, "value", None) for word in node.keywords}
                if said.get("markup") is not False:
                    wrong.append(f"{path.name}:{node.lineno}")
            if name in {"from_markup", "render_markup"}:
                wrong.append(f"{path.name}:{node.lineno}")  # type: ignore[attr-defined]
    assert not wrong


def test_the_grammar_takes_what_was_copied_and_nothing_else() -> None:
    output = b"\x1b]52;c;ZXZpbA==\x07"

    assert [
        t.kind for t in tokens(output, columns=9, rows=9, may_copy=frozenset({"ZXZpbA=="}))
    ] == ["copy"]
    with pytest.raises(UngrammaticalError):
        list(tokens(output, columns=9, rows=9))
