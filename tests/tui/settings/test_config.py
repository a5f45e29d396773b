"""The configuration: five layers, each option with its place, and errors that say where and what."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.theme import BUILTIN_THEMES
from typer.testing import CliRunner

from feed.errors import UsageProblem
from tui.cli.main import app
from tui.colours.themes import LOOKS
from tui.scoreboard import widget as board_canvas
from tui.settings.checked import checked
from tui.settings.config import Config, config_path, line_of, load_config
from tui.settings.options import (
    OPTIONS,
    OTHER_THEMES,
    OUR_THEMES,
    REMEMBERED,
    BoardSort,
    Options,
    options_table,
    shown,
)
from tui.settings.remembered import Memory


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NIGHTDESK_CONFIG", raising=False)


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(tmp_path / "state" / "remembered.json")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def refused(text: str, file: Path, memory: Memory) -> str:
    file.write_text(text)
    with pytest.raises(UsageProblem) as error:
        load_config(path=file, memory=memory)
    assert error.value.exit_code == 2
    return str(error.value).replace(str(file), "config.toml")


def test_without_a_word_from_anybody_every_option_is_its_default(
    file: Path, memory: Memory
) -> None:
    config = load_config(path=file, memory=memory)
    assert config.options == Options()
    assert {config.origin(name) for name in OPTIONS} == {"default"}


def test_each_layer_is_over_the_one_below_it(
    file: Path, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def theme(**flags: object) -> tuple[str, str]:
        config = load_config(flags, path=file, memory=memory)
        return config.options.theme, config.origin("theme").replace(str(file), "config.toml")

    memory.keep("theme", "nord")
    assert theme() == ("nord", "remembered")
    file.write_text('# looks\ntheme = "gruvbox"\n')
    assert theme() == ("gruvbox", "config.toml:2")
    monkeypatch.setenv("NIGHTDESK_THEME", "dracula")
    assert theme() == ("dracula", "NIGHTDESK_THEME")
    assert theme(theme="nightdesk-light") == ("nightdesk-light", "--theme")
    assert theme(theme="light") == ("nightdesk-light", "--theme")
    assert theme(theme=None) == ("dracula", "NIGHTDESK_THEME")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('\n\nthem = "x"\n', "config.toml:3: them is no option; did you mean theme?"),
        ("zzzz = 1\n", "config.toml:1: zzzz is no option; `nightdesk where` lists the options"),
        ('style = "sun"\n', "config.toml:1: style 'sun' is none of bbc, pa or plain"),
        ('theme = "pink"', "config.toml:1: theme 'pink' is no theme; give one of nightdesk-dark,"),
        ("bell = 7\n", "config.toml:1: bell '7' is neither true nor false"),
        ("keep_days = 0\n", "config.toml:1: keep_days '0' is too small; give 1 or more"),
        ('keep_days = "soon"\n', "config.toml:1: keep_days 'soon' is no number"),
        ('cycle = "a while"\n', "config.toml:1: cycle 'a while' is no length of time; give 20s"),
        ("speed = 0.1\n", "config.toml:1: speed '0.1' is no speed; give 0.25 to 3600, or max"),
        ('quiet_hours = "night"', "config.toml:1: quiet_hours 'night' are no hours; write them"),
        ('[keys]\n\nfilter = "ctlr+f"\n', "config.toml:3: keys.filter 'ctlr+f' is no key"),
        ('keys.filter = "ctrl+i"\n', "config.toml:1: keys.filter 'ctrl+i' cannot be used"),
        ("keys = 4\n", "config.toml:1: keys '4' should be a table"),
        ("recordings = 4\n", "config.toml:1: recordings '4' should be a path"),
        ("a = 1\nb = \n", "config.toml:2: is no TOML: invalid value"),
        ('a = "', "config.toml:1: is no TOML: unterminated string"),
        ('[keys]\nfilte = "x"\n', "config.toml:2: filte is no command that can be put on"),
        ('[keys]\nsort = "k"\n', "config.toml:2: sort and pane.up are both on k; put pane.up"),
    ],
)
def test_what_cannot_be_is_refused_with_file_line_and_what_to_do(
    text: str, said: str, file: Path, memory: Memory
) -> None:
    assert refused(text, file, memory).startswith(said)


def test_a_file_in_another_encoding_is_refused_with_its_line(file: Path, memory: Memory) -> None:
    file.write_bytes(b'theme = "nord"\n# caf\xe9\n')
    with pytest.raises(UsageProblem, match=r"config.toml:2: is not UTF-8; save the file as UTF-8"):
        load_config(path=file, memory=memory)


def test_a_byte_order_mark_is_no_matter(file: Path, memory: Memory) -> None:
    file.write_bytes(b'\xef\xbb\xbftheme = "nord"\n')
    assert load_config(path=file, memory=memory).options.theme == "nord"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("NIGHTDESK_THEM", "x", "NIGHTDESK_THEM is no option; did you mean NIGHTDESK_THEME?"),
        ("NIGHTDESK_STYLE", "sun", "NIGHTDESK_STYLE: 'sun' is none of bbc, pa or plain"),
        ("NIGHTDESK_KEYS", "{", "NIGHTDESK_KEYS cannot be read; write JSON"),
    ],
)
def test_the_environment_is_held_to_the_same(  # noqa: PLR0917
    name: str, value: str, said: str, file: Path, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UsageProblem) as error:
        load_config(path=file, memory=memory)
    assert str(error.value).startswith(said)


def test_a_flag_is_named_as_it_is_written(file: Path, memory: Memory) -> None:
    with pytest.raises(UsageProblem, match="--view: 'shelf' is none of desk, projector or log"):
        load_config({"view": "shelf"}, path=file, memory=memory)


def test_the_projector_is_also_called_the_wall(file: Path, memory: Memory) -> None:
    assert load_config({"view": "wall"}, path=file, memory=memory).options.view == "projector"


def test_the_pages_of_the_wall_are_a_table(file: Path, memory: Memory) -> None:
    file.write_text('[wall]\npages = ["table:20s", "just-in"]\n', encoding="utf-8")
    options = load_config(path=file, memory=memory).options
    assert options.wall == {"pages": ("table:20s", "just-in")}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[wall]\npages = ["tables"]', "'tables' is no page of the wall; give one of table, map"),
        ("[wall]\npage = []", "pages"),
    ],
)
def test_a_page_that_there_is_not_is_refused_with_its_line(
    text: str, said: str, file: Path, memory: Memory
) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageProblem) as error:
        load_config(path=file, memory=memory)
    assert said in str(error.value)
    assert f"{file}:2:" in str(error.value)


def test_lists_in_the_environment_are_set_apart_by_commas(
    file: Path, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIGHTDESK_WATCH", "Trafford, Hull")
    assert load_config(path=file, memory=memory).options.watch == ("Trafford", "Hull")


def test_keys_of_several_layers_come_together(
    file: Path, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text('[keys]\nfilter = "ctrl+f"\nsort = ["f7", "f8"]\n')
    monkeypatch.setenv("NIGHTDESK_KEYS", '{"filter": "f9"}')
    keys = load_config(path=file, memory=memory).options.keys
    assert keys == {"filter": ("f9",), "sort": ("f7", "f8")}


def test_keys_that_only_clash_across_layers_are_refused(
    file: Path, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text('[keys]\nfilter = "f7"\n')
    monkeypatch.setenv("NIGHTDESK_KEYS", '{"sort": "f7"}')
    with pytest.raises(UsageProblem, match="filter and sort are both on f7"):
        load_config(path=file, memory=memory)


@pytest.mark.parametrize(
    ("text", "value"), [("20s", 20), ("1.5min", 90), ("2 m", 120), ("1h", 3600), ("7", 7)]
)
def test_lengths_of_time_carry_their_unit(text: str, value: float) -> None:
    assert checked({"cycle": text})["cycle"] == value


@pytest.mark.parametrize(("given", "value"), [(45, 45), ("45", 45), ("90s", 1.5), ("1h", 60)])
def test_lateness_is_told_in_minutes(given: object, value: float) -> None:
    assert checked({"late_after": given})["late_after"] == value


@pytest.mark.parametrize(
    ("given", "value"), [("60", "60"), (60, "60"), ("x0.25", "0.25"), ("MAX", "max"), ("60×", "60")]
)
def test_speeds_are_read_as_they_are_said(given: object, value: str) -> None:
    assert checked({"speed": given})["speed"] == value


def test_a_named_config_that_is_not_there_is_an_error(
    tmp_path: Path, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIGHTDESK_CONFIG", str(tmp_path / "other.toml"))
    assert config_path() == tmp_path / "other.toml"
    with pytest.raises(UsageProblem, match=r"NIGHTDESK_CONFIG: .*other.toml is not there"):
        load_config(memory=memory)


def test_memory_is_private_and_keeps_the_users_file_as_it_is(file: Path, memory: Memory) -> None:
    file.write_text('style = "pa"\n')
    memory.keep("theme", "nord")
    memory.keep("watch", ("Trafford",))
    assert memory.path.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in memory.path.parent.iterdir()] == ["remembered.json"]
    assert file.read_text() == 'style = "pa"\n'
    assert load_config(path=file, memory=memory).options.watch == ("Trafford",)


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"theme": "pink"}', '{"record": false}', "[" * 100_000, "\xff"]
)
def test_memory_that_makes_no_sense_is_forgotten(text: str, file: Path, memory: Memory) -> None:
    memory.path.parent.mkdir()
    memory.path.write_text(text, encoding="latin-1")
    assert load_config(path=file, memory=memory).options == Options()
    memory.keep("style", "plain")
    assert memory.all() == {"style": "plain"}


def test_memory_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    memory = Memory(tmp_path / "state" / "remembered.json")
    memory.keep("theme", "nord")
    assert memory.all() == {}


def test_the_lists_of_choices_are_those_of_the_widgets() -> None:
    assert board_canvas.BoardSort == BoardSort
    assert set(OUR_THEMES) == set(LOOKS)
    assert set(OTHER_THEMES) <= set(BUILTIN_THEMES)
    assert set(REMEMBERED) <= set(OPTIONS)


def test_every_option_is_described_in_a_sentence() -> None:
    for name, facts in OPTIONS.items():
        assert facts.help, name
        assert facts.help.endswith("."), name
        assert f"| `{name}` |" in options_table()


def test_line_of_finds_the_key_in_its_table() -> None:
    text = 'a = 1\n\n[keys]\n# filter = "x"\n"filter" = "y"\n[other]\nfilter = 2\n'
    assert line_of(text, ("a",)) == 1
    assert line_of(text, ("keys", "filter")) == 5
    assert line_of(text, ("keys", "sort")) == 3
    assert line_of(text, ("none",)) is None


names = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True)


@settings(deadline=None, max_examples=60)
@given(st.lists(names, min_size=1, max_size=6, unique=True), st.data())
def test_line_of_finds_any_key_of_any_file(keys: list[str], data: st.DataObject) -> None:
    lines = [f"{key} = {number}" for number, key in enumerate(keys)]
    wanted = data.draw(st.sampled_from(keys))
    assert line_of("\n".join(lines), (wanted,)) == keys.index(wanted) + 1


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=60))
def test_no_file_makes_it_stumble(text: str) -> None:
    memory = Memory(Path("/nonexistent/remembered.json"))
    path = Path("/nonexistent/config.toml")
    layer = text.encode("utf-8", "surrogatepass")
    try:
        config = _loaded(path, layer, memory)
    except UsageProblem as problem:
        assert str(problem).startswith(str(path))  # noqa: PT017
    else:
        assert isinstance(config, Config)


def _loaded(path: Path, data: bytes, memory: Memory) -> Config:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "read_bytes", lambda _: data)
        return load_config(path=path, memory=memory)


def where(*args: str) -> str:
    result = CliRunner().invoke(app, ["where", *args])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_where_says_every_path_and_option_and_who_set_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("keep_days = 9\n")
    monkeypatch.setenv("NIGHTDESK_CONFIG", str(file))
    monkeypatch.setenv("NIGHTDESK_BELL", "true")
    found = json.loads(where("--format", "json"))
    assert found["config"] == {"path": str(file), "exists": True}
    assert found["options"]["keep_days"] == {"value": 9, "set_by": f"{file}:1"}
    assert found["options"]["bell"] == {"value": True, "set_by": "NIGHTDESK_BELL"}
    assert found["options"]["style"] == {"value": "bbc", "set_by": "default"}
    assert found["order"] == "command line > environment > file > remembered > default"
    text = where()
    for path in (
        found["remembered"]["path"],
        found["seen"]["path"],
        found["log"]["path"],
        found["recordings_folder"],
    ):
        assert path in text
    assert set(found["options"]) == set(OPTIONS)


def test_values_are_shown_as_a_file_would_write_them() -> None:
    assert [shown(value) for value in (None, True, 2.0, ("a", "b"), {"x": ("y",)}, {})] == [
        "–", "true", "2", "a, b", "x = y", "–",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (os.mkfifo, "is no regular file"),
        (lambda path: path.symlink_to("/dev/zero"), "is no regular file"),
        (lambda path: path.write_text("x = " + "[" * 100_000), "nested too deep"),
        (lambda path: path.write_bytes(b"#" * ((1 << 20) + 1)), "1,048,576 at most"),
    ],
    ids=["pipe", "device", "deep", "large"],
)
def test_a_config_is_read_as_safely_as_a_file_of_a_feed(
    file: Path, memory: Memory, make: Callable[[Path], object], says: str
) -> None:
    make(file)
    with pytest.raises(UsageProblem, match=says):
        load_config(path=file, memory=memory)
