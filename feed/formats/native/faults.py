"""What a message of our own format got wrong, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from pydantic_core import ErrorDetails, ValidationError

from feed.formats.rejecting import quoted
from feed.model.messages import KINDS
from feed.model.values import fields_of

_TOLD = 3
_EXPECTED = {
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing_size": "a whole number within reach",
    "float_type": "a number",
    "finite_number": "a finite number",
    "string_type": "text",
    "bool_type": "true or false",
    "model_type": "an object",
    "dict_type": "an object",
    "tuple_type": "a list",
    "date_type": "a date such as 2019-05-02",
    "date_parsing": "a date such as 2019-05-02",
    "date_from_datetime_parsing": "a date such as 2019-05-02",
    "datetime_type": "a time with an offset such as 2019-05-03T01:04:00+01:00",
    "datetime_parsing": "a time with an offset such as 2019-05-03T01:04:00+01:00",
    "datetime_from_date_parsing": "a time with an offset such as 2019-05-03T01:04:00+01:00",
    "timezone_aware": "a time with an offset such as 2019-05-03T01:04:00+01:00",
    "string_pattern_mismatch": "a code of a capital letter and eight digits such as E07000239",
}
_TOO_LONG = "{path} is longer than {most} characters: {found}"
_SAYS = {
    "union_tag_not_found": "there is no “kind”; expected one of {kinds}",
    "union_tag_invalid": "kind is {tag}; expected one of {kinds}",
    "json_invalid": "this is no JSON: {error}",
    "missing": "{path} is missing from the {kind}",
    "extra_forbidden": "{path} is no field of “{kind}”",
    "greater_than_equal": "{path} is {found}; expected {least} or more",
    "less_than_equal": "{path} is {found}; expected {most} or less",
    "literal_error": "{path} is {found}; expected {expected}",
    "too_short": "{path} is empty; expected text",
    "string_too_short": "{path} is empty; expected text",
    "too_long": _TOO_LONG,
    "string_too_long": _TOO_LONG,
    "value_error": "{path}: {error}",
}
_FIXES = {
    "int_type": "Write the figure as a JSON number, without quotes or decimals.",
    "float_type": "Write the figure as a JSON number, without quotes.",
    "finite_number": "Leave the field out where the figure is not known.",
    "bool_type": "Write true or false, without quotes.",
    "timezone_aware": "Add the offset: +01:00 in British summer time, Z for UTC.",
    "model_type": "Put the value in braces.",
    "dict_type": 'Write it as an object such as {"lab": 25, "con": 11}.',
    "tuple_type": "Put the value in square brackets.",
    "string_pattern_mismatch": "Correct the code, or leave it out: the name is enough.",
}


def faults(error: ValidationError) -> tuple[str, str, Sequence[str | int]]:
    """Return what is wrong with a message, what to do first, and the path to the first fault."""
    details = error.errors(include_url=False)
    kind = str(details[0]["loc"][0]) if details[0]["loc"] else ""
    sentences = [_sentence(detail, kind) for detail in details[:_TOLD]]
    if len(details) > _TOLD:
        sentences.append(f"and {len(details) - _TOLD} more")
    return "; ".join(sentences), _fix(details[0], kind), _path(details[0])


def _path(detail: ErrorDetails) -> Sequence[str | int]:
    return detail["loc"][1:]


def _sentence(detail: ErrorDetails, kind: str) -> str:
    context = detail.get("ctx", {})
    expected = _EXPECTED.get(detail["type"])
    says = _SAYS.get(detail["type"], "{path} is {found}: {msg}")
    if expected is not None:
        says = "{path} is {found}; expected {expected}"
    return says.format(
        path=_named(_path(detail)) or "the message",
        found=quoted(detail["input"]),
        expected=expected or str(context.get("expected", "")).replace("'", ""),
        kind=kind,
        kinds=", ".join(KINDS),
        tag=quoted(context.get("tag")),
        least=_number(context.get("ge")),
        most=_number(context.get("le", context.get("max_length"))),
        error=context.get("error", ""),
        msg=detail["msg"],
    )


def _fix(detail: ErrorDetails, kind: str) -> str:
    path = _path(detail)
    match detail["type"]:
        case _ if not detail["loc"]:
            return 'Say what the message is, as in {"kind": "result", "council": "Hull", …}.'
        case "missing":
            return f"Add “{path[-1]}” to the message."
        case "extra_forbidden":
            return _nearest_field(str(path[-1]), kind if len(path) == 1 else None)
        case "literal_error":
            return "Use one of the words that are expected."
        case "value_error":
            return "Give each party once."
        case type_:
            return _FIXES.get(type_, "Correct the value, or leave the field out.")


def _nearest_field(name: str, kind: str | None) -> str:
    if kind is None or kind not in KINDS:
        return "Leave it out, or check its spelling."
    fields = sorted(fields_of(KINDS[kind]))
    near = get_close_matches(name, fields, 1)
    if near:
        return f"Did you mean “{near[0]}”?"
    return f"Leave it out; “{kind}” has {', '.join(fields)}."


def _named(path: Sequence[str | int]) -> str:
    words = ""
    for step in path:
        words += f"[{step}]" if isinstance(step, int) else f".{step}" if words else step
    return words if len(words) <= 120 else f"{words[:120]}…"


def _number(value: object) -> str:
    if not isinstance(value, int | float):
        return str(value)
    return f"{value:,.0f}".replace("-", "−")
