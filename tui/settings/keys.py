"""The names of keys, as a config file may write them and as Textual knows them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Annotated

from pydantic import BeforeValidator

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


def key_name(text: str) -> str:
    """Give Textual's name of a key that is written `/`, `?`, `ctrl+f`, `PgUp` or `shift+f5`.

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


def _key_names(value: object) -> tuple[str, ...]:
    texts: Sequence[object] = [value] if isinstance(value, str) else _as_list(value)
    if not texts or not all(isinstance(text, str) and text for text in texts):
        raise ValueError('is no key; write a key such as "ctrl+f", or a list of them')
    return tuple(dict.fromkeys(key_name(str(text)) for text in texts))


def _as_list(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()


KeyNames = Annotated[tuple[str, ...], BeforeValidator(_key_names)]
"""One key or several, by Textual's names."""
