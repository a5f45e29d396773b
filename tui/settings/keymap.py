"""The keys: how they are written, which each command has, and where two would clash."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from difflib import get_close_matches
from itertools import combinations
from types import MappingProxyType

from feed.records import record
from tui.panes.pane_keys import PANE_KEYS
from tui.settings.commands import BY_ID, COMMANDS, PANE_IDS, Command, spelled

_NAMED = frozenset(
    [
        "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete",
        "backspace", "enter", "tab", "escape", "space", "slash", "backslash", "comma",
        "full_stop", "question_mark", "exclamation_mark", "quotation_mark", "number_sign",
        "dollar_sign", "percent_sign", "ampersand", "apostrophe", "left_parenthesis",
        "right_parenthesis", "asterisk", "plus", "minus", "underscore", "at", "colon",
        "semicolon", "less_than_sign", "greater_than_sign", "equals_sign", "left_square_bracket",
        "right_square_bracket", "left_curly_bracket", "right_curly_bracket", "circumflex_accent",
        "grave_accent", "vertical_line", "tilde", "pound_sign",
    ]
)  # fmt: skip
_NAMED_BY_UNICODE = {
    "solidus": "slash", "reverse_solidus": "backslash", "commercial_at": "at",
    "hyphen_minus": "minus", "plus_sign": "plus", "low_line": "underscore",
}  # fmt: skip
_USUAL = {
    "esc": "escape", "return": "enter", "pgup": "pageup", "pgdn": "pagedown", "del": "delete",
    "page_up": "pageup", "page_down": "pagedown", "control": "ctrl", "option": "alt",
}  # fmt: skip
_MODIFIERS = ("alt", "ctrl", "shift")
_SENT_AS = {
    "ctrl+i": "tab", "ctrl+m": "enter", "ctrl+h": "backspace", "ctrl+left_square_bracket": "escape",
}  # fmt: skip
_FUNCTION = re.compile(r"f([1-9]|1\d|2[0-4])")
_SCOPES = ("log.", "board.", "grid.")
_ALSO: Mapping[str, str] = MappingProxyType({"follow": "log.follow"})
"""A command that a pane binds once more moves with it."""
_RESERVED: Mapping[str, str] = MappingProxyType(
    {"ctrl+c": "it interrupts, or copies, in every terminal"}
)
DEFAULTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {**{command.id: command.keys for command in COMMANDS if not command.by_pane}, **PANE_KEYS}
)
"""Every id that can be put on another key, with its own."""

Problem = tuple[tuple[str, ...], str, str]
"""Path in the config, what is wrong, and what to do."""


@record(frozen=True, slots=True)
class Keymap:
    """The keys in force."""

    changed: Mapping[str, Sequence[str]] = field(default_factory=lambda: MappingProxyType({}))
    """Id -> Textual's names of its keys, where they are others than usual."""

    def keys(self, id_: str) -> tuple[str, ...]:
        """Return the keys of an id, or of a command that the panes bind."""
        if id_ in PANE_IDS and not any(each in self.changed for each in PANE_IDS[id_]):
            return BY_ID[id_].keys
        if id_ in PANE_IDS:
            return tuple(key for each in PANE_IDS[id_] for key in self.keys(each))
        return tuple(self.in_force().get(id_) or BY_ID[id_].keys)

    def label(self, command: Command | str) -> str:
        """Return a command's keys as a reader would write them."""
        id_ = command if isinstance(command, str) else command.id
        return " ".join(spelled(key) for key in self.keys(id_))

    def short(self, *ids: str) -> str:
        """Return the first key of each command, for the key bar."""
        return " ".join(spelled(self.keys(id_)[0]) for id_ in ids)

    def in_force(self) -> dict[str, tuple[str, ...]]:
        """Return the keys of every id."""
        return {**DEFAULTS, **self._moved()}

    def for_textual(self) -> dict[str, str]:
        """Return what `App.set_keymap` takes: only what is other than usual."""
        return {id_: ",".join(keys) for id_, keys in self._moved().items()}

    def with_alt(self) -> frozenset[str]:
        """Return the characters that commands are on together with Alt."""
        keys = [key for keys in self.in_force().values() for key in keys]
        shifted = (key.removeprefix("alt+shift+").upper() for key in keys if "alt+shift+" in key)
        return frozenset((*(key.removeprefix("alt+") for key in keys if "alt+" in key), *shifted))

    def _moved(self) -> dict[str, tuple[str, ...]]:
        moved = {id_: tuple(keys) for id_, keys in self.changed.items()}
        for id_, twin in _ALSO.items():
            if id_ in moved:
                moved.setdefault(twin, moved[id_])
        return moved


def check_keymap(keys: Mapping[str, Sequence[str]]) -> Iterator[Problem]:
    """Return what is wrong with a table of keys: unknown ids, and keys that two would share."""
    for id_, chosen in keys.items():
        if id_ not in DEFAULTS:
            yield ("keys", id_), f"{id_} is no command that can be put on another key", _near(id_)
        for key in chosen:
            if key in _RESERVED:
                what = f"{id_} cannot be put on {spelled(key)}: {_RESERVED[key]}"
                yield ("keys", id_), what, "choose another key"
    in_force = Keymap({id_: keys[id_] for id_ in keys if id_ in DEFAULTS}).in_force()
    usual = set(_shared(DEFAULTS))
    for one, other, key in _shared(in_force):
        if (one, other, key) in usual or _ALSO.get(one) == other or _ALSO.get(other) == one:
            continue
        moved = one if one in keys else other
        yield (
            ("keys", moved),
            f"{one} and {other} are both on {spelled(key)}",
            f"put {other if moved == one else one} on another key too",
        )


def _near(id_: str) -> str:
    if id_ in PANE_IDS:
        return f"give {', '.join(PANE_IDS[id_])}"
    near = get_close_matches(id_, DEFAULTS, 1, 0.5)
    return f"did you mean {near[0]}?" if near else f"give one of {', '.join(DEFAULTS)}"


def _shared(keys: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str, str]]:
    """Return every two ids that are on one key where both can be reached."""
    on: dict[str, list[str]] = {}
    for id_, chosen in keys.items():
        for key in chosen:
            on.setdefault(key, []).append(id_)
    for key, ids in on.items():
        for one, other in combinations(dict.fromkeys(ids), 2):
            if _meet(one, other):
                yield one, other, key


def _meet(one: str, other: str) -> bool:
    """Whether two ids can be reached at the same time: not those of two different panes."""
    panes = {id_.partition(".")[0] + "." for id_ in (one, other)} & set(_SCOPES)
    return len(panes) < 2


def key_name(text: str) -> str:
    """Return Textual's name of a key that is written `/`, `?`, `ctrl+f`, `PgUp` or `shift+f5`.

    Raises:
        ValueError: when there is no such key, or a terminal cannot tell it from another.

    """
    *modifiers, last = _parts(text)
    held = sorted({_USUAL.get(each.casefold(), each.casefold()) for each in modifiers})
    unknown = next((each for each in held if each not in _MODIFIERS), None)
    if unknown is not None:
        raise ValueError(f"{text!r} is no key: {unknown!r} is none of ctrl, shift and alt")
    key = _plain(last, text, lower=bool(held))
    if held == ["shift"] and len(key) == 1 and key.isalpha():
        return key.upper()
    name = "+".join([*held, key])
    if name in _SENT_AS:
        raise ValueError(f"{text!r} cannot be used: a terminal sends it as {_SENT_AS[name]}")
    return name


def _parts(text: str) -> list[str]:
    text = text.strip() or text
    if len(text) == 1:
        return [text]
    if text.endswith("++"):
        return [*text[:-2].split("+"), "+"]
    return text.split("+")


def _plain(key: str, text: str, *, lower: bool) -> str:
    if len(key) == 1:
        return _of_character(key.lower() if lower else key, text)
    name = _USUAL.get(key.casefold(), key.casefold())
    if name in _NAMED or _FUNCTION.fullmatch(name):
        return name
    near = get_close_matches(name, sorted(_NAMED), 1)
    raise ValueError(f"{text!r} is no key" + (f"; did you mean {near[0]}?" if near else ""))


def _of_character(character: str, text: str) -> str:
    if character == " ":
        return "space"
    if not character.isprintable():
        raise ValueError(f"{text!r} is no key")
    if character.isalnum():
        return character
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    if not name:
        raise ValueError(f"{text!r} is no key")
    return _NAMED_BY_UNICODE.get(name, name)


def key_names(value: object) -> tuple[str, ...]:
    """Return Textual's names of one key or a list of them; raises ValueError for what is none."""
    texts: Sequence[object] = [value] if isinstance(value, str) else _as_list(value)
    if not texts or not all(isinstance(text, str) and text for text in texts):
        raise ValueError('is no key; write a key such as "ctrl+f", or a list of them')
    return tuple(dict.fromkeys(key_name(str(text)) for text in texts))


def _as_list(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()
