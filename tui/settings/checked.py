"""What somebody wrote for an option, checked and made a value, or refused in words of our own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from pydantic_core import ErrorDetails, SchemaValidator, ValidationError

from feed.errors import did_you_mean
from feed.model.values import Schema, before, limited, schema_of
from tui.control_grid.order import DensityChoice, GroupChoice, Sort
from tui.settings.options import OPTIONS, OptionFacts, Options, shown

_QUOTED = re.compile(r"'([^']*)'")
_WANTED = MappingProxyType(
    {
        "string_type": "text in quotes",
        "tuple_type": "a list",
        "is_instance_of": "a path",
        "dict_type": "a table",
    }
)


class OptionRefused(Exception):  # noqa: N818  # said as a UsageProblem, with its place
    """A value that an option cannot have, or an option that there is not."""

    def __init__(self, path: tuple[str, ...], what: str, *, unknown: bool = False) -> None:
        super().__init__(what)
        self.path = path
        """The option, and the key within it."""
        self.what = what
        self.unknown = unknown
        """There is no such option."""


def checked(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of the options that are said; raises OptionRefused for the first wrong."""
    try:
        found: dict[str, Any] = _validator().validate_python(said)
    except ValidationError as error:
        raise _refused(error.errors()[0]) from None
    return {name: found[name] for name in said}


def near_option(name: str) -> str:
    """Return the option that is spelt much like `name`, or nothing."""
    return "".join(get_close_matches(name, OPTIONS, 1, 0.5))


@cache
def _validator() -> SchemaValidator:
    """Return what checks a table of options; made when somebody says anything."""
    names = {"GroupChoice": GroupChoice, "Sort": Sort, "DensityChoice": DensityChoice}
    hints = get_type_hints(Options, localns=names)
    options = {
        name: {"type": "typed-dict-field", "schema": _schema(hints[name], facts), "required": False}
        for name, facts in OPTIONS.items()
    }
    return SchemaValidator({"type": "typed-dict", "fields": options, "extra_behavior": "forbid"})


def _schema(kind: Any, facts: OptionFacts) -> Schema:  # noqa: ANN401  # whatever an option may be
    parsed = before(facts.parse or _as_it_is)
    if get_origin(kind) is Mapping:
        key, value = get_args(kind)
        return schema_of(Mapping[key, Annotated[value, parsed]])  # type: ignore[valid-type]
    schema = _PATH if Path in get_args(kind) else schema_of(kind)
    if facts.within:
        least, most = facts.within
        schema = limited(ge=least, le=most)(schema)
    return parsed(schema)


_PATH = {"type": "nullable", "schema": {"type": "is-instance", "cls": Path}}


def _as_it_is(value: object) -> object:
    return value


def _refused(error: ErrorDetails) -> OptionRefused:
    path = tuple(map(str, error["loc"]))
    if error["type"] == "extra_forbidden":
        return OptionRefused(path, "is no option", unknown=True)
    secret = path[0] in OPTIONS and OPTIONS[path[0]].secret
    if secret:
        return OptionRefused(path[:1], "; ".join(_in_words(error)))
    given = shown(error["input"]) if not isinstance(error["input"], Mapping) else "a table"
    problem = "; ".join(_in_words(error))
    return OptionRefused(path, problem if problem.startswith("'") else f"{given!r} {problem}")


def _in_words(error: ErrorDetails) -> Iterator[str]:
    context = error.get("ctx", {})
    match error["type"]:
        case "literal_error":
            yield f"is none of {context['expected'].replace(chr(39), '')}"
            if near := did_you_mean(str(error["input"]), _QUOTED.findall(context["expected"])):
                yield near
        case "value_error":
            yield str(context["error"])
        case "bool_parsing" | "bool_type":
            yield "is neither true nor false"
        case "greater_than_equal":
            yield f"is too small; give {shown(context['ge'])} or more"
        case "less_than_equal":
            yield f"is too large; give {shown(context['le'])} or less"
        case (
            "int_parsing" | "int_type" | "int_from_float" | "float_parsing" | "float_type"
            | "finite_number"
        ):  # fmt: skip
            yield "is no number"
        case "string_type" | "tuple_type" | "dict_type" | "is_instance_of":
            yield f"should be {_WANTED[error['type']]}"
        case _:
            yield "is no value of this option"
