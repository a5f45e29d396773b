"""Every command's help: examples that run as they stand, and no words but ours."""

from __future__ import annotations

import io
import math
import re
import shlex
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tui.cli import hub, main, serve, watch
from tui.cli.completion import figure_names, values_of
from tui.cli.flags import examples_in
from tui.cli.main import COMMANDS, app, command_named
from tui.settings.checked import OptionRefused, checked
from tui.settings.options import OPTIONS

ROOT = Path(__file__).parents[3]
EXAMPLES = [line for name in COMMANDS for line in examples_in(command_named(name).__doc__ or "")]
_NEVER_ENDS = ("watch", "hub", "follow", "serve")
_A_WORD_OF_A_LIBRARY = re.compile(
    r"Value error|Input should|valid integer|<(?:str|int|bool|path|list|float)\b|%Y"
)


@pytest.fixture(autouse=True)
def a_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Be in a folder where a part of the sample feeds is; what never ends is only begun."""
    feeds = tmp_path / "sample_feeds"
    (feeds / "england-2019").mkdir(parents=True)
    for file in (ROOT / "sample_feeds" / "england-2019").glob("*.jsonl"):
        some = file.read_text(encoding="utf-8").splitlines(keepends=True)[:25]
        (feeds / "england-2019" / file.name).write_text("".join(some), encoding="utf-8")
    for name in ("england-2018", "rehearsal"):
        (feeds / name).symlink_to(ROOT / "sample_feeds" / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NIGHTDESK_ON_ALERT", '["true", "{text}"]')

    def begun(*_: Any, **__: Any) -> int:
        return 0

    for module, name in ((watch, "run"), (hub, "run"), (hub, "_serve"), (serve, "run")):
        monkeypatch.setattr(module, name, begun)


def said_by(monkeypatch: pytest.MonkeyPatch, *words: str) -> tuple[int, str]:
    """Run the command line as the program does; return its status and all that it says."""
    out = io.StringIO()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "argv", ["nightdesk", *words])
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", out)
        try:
            main.main()
        except SystemExit as left:
            return left.code if isinstance(left.code, int) else 0, out.getvalue()
    return 0, out.getvalue()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_help_has_two_or_three_examples_and_says_nothing_in_anybody_elses_words(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, said = said_by(monkeypatch, name, "--help")
    assert code == 0
    assert not _A_WORD_OF_A_LIBRARY.search(said), said
    examples = said.partition("Examples:\n")[2].splitlines()
    assert 2 <= len(examples) <= 3
    assert all(line.startswith(f"  nightdesk {name}") for line in examples)


@pytest.mark.parametrize("line", EXAMPLES)
def test_every_example_runs_as_it_stands(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program, *words = shlex.split(line.partition(" > ")[0])
    assert program == "nightdesk"
    if words[:1] == ["drop"] and "--speed" not in words:
        words += ["--speed", "max"]  # what takes an hour otherwise
    if words[0] == "hub":
        pytest.importorskip("nats")
        monkeypatch.setattr("feed.hub.server.server_program", lambda: "nats-server")
        for name in ("hub.pem", "hub.key"):
            Path(name).touch()
    if "--token-file" in words:
        Path("reader.token").write_text("a" * 32, encoding="utf-8")
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output + repr(done.exception)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("summary sample_feeds/england-2019 --format jsn",
         "--format: 'jsn' is none of text, json, csv or markdown; did you mean json?"),
        ("summary sample_feeds/england-2019 --date tomorrow",
         "--date: 'tomorrow' is no day; write it as in 2019-05-02"),
        ("hub --port 0", "--port: 0 is too small; give 1 or more"),
        ("hub --port 70000", "--port: 70000 is too large; give 65535 or less"),
        ("hub --port x", "--port: 'x' is no whole number"),
        ("drop sample_feeds/rehearsal --into y --seed x", "--seed: 'x' is no whole number"),
        ("demo --theme nightdesk-drak",
         "--theme: 'nightdesk-drak' is no theme; did you mean nightdesk-dark?"),
        ("demo --group regoin", "before; did you mean region?"),
        ("demo --density leters", "did you mean letters?"),
        ("demo --view projecter", "did you mean projector?"),
        ("summary sample_feeds/england2019",
         "sample_feeds/england2019 is not there; did you mean sample_feeds/england-2019?"),
        ("explain sample_feeds/england-2019 con.seats_ne", "did you mean seats_net?"),
        ("explain sample_feeds/england-2019 xon.seats_net", "did you mean con.seats_net?"),
        ("sumary x", "Did you mean 'summary'?"),
    ],
)  # fmt: skip
def test_what_is_misspelt_is_refused_in_our_own_words_with_what_was_meant(
    words: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, output = said_by(monkeypatch, *words.split())
    assert code in {2, 3}
    assert said in output
    assert not _A_WORD_OF_A_LIBRARY.search(output)
    assert "Traceback" not in output


def test_no_value_of_any_kind_is_refused_in_a_librarys_words() -> None:
    values: list[Any] = [
        1, -1, 0, 1.5, math.inf, -math.inf, math.nan, "", "x", "nan", True, [], [1], ["a"], {},
        {"pages": [1]}, {"quit": 3}, date(2019, 5, 2), 10**400, "a" * 5000, [["a"]], None,
    ]  # fmt: skip
    for option in OPTIONS:
        for value in values:
            try:
                checked({option: value})
            except OptionRefused as refused:
                said = refused.what
                assert not _A_WORD_OF_A_LIBRARY.search(said), (option, value, said)


def test_the_shell_is_offered_values() -> None:
    assert values_of("theme", "nightdesk-l") == ["nightdesk-light"]
    assert values_of("view", "w") == ["wall"]
    assert values_of("group", "re") == ["region"]
    assert values_of("density", "b") == ["blocks"]
    assert values_of("watch", "York,Worce") == ["York,Worcester", "York,Worcestershire"]
    assert "con.seats_net" in figure_names("con.")
    assert values_of("cycle", "") == []


def test_the_list_of_commands_says_each_in_a_whole_sentence_at_eighty_columns(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    _, said = said_by(monkeypatch, "--help")
    lines = said.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in lines] == list(COMMANDS)
    assert [line for line in lines if not line.endswith(".") or line.endswith("..")] == []
