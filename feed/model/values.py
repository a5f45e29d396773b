"""Frozen values that are checked as they are made, by pydantic's core and their own annotations.

The models of pydantic itself would do the same, and take a quarter of the time in which a command
starts. So the schema that its core reads is made here, of the few kinds of annotation that messages
need.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from datetime import date, datetime
from functools import reduce
from inspect import get_annotations
from types import MappingProxyType, NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ClassVar,
    Final,
    Literal,
    NewType,
    Self,
    TypeVar,
    Union,
    dataclass_transform,
    get_args,
    get_origin,
)

from pydantic_core import SchemaSerializer, SchemaValidator

Schema = dict[str, Any]
"""A schema of pydantic's core."""
Rule = Callable[[Schema], Schema]
"""What an annotation adds to the schema of its type."""

T = TypeVar("T")

_PLAIN: Final[Mapping[object, Schema]] = MappingProxyType(
    {
        str: {"type": "str"},
        int: {"type": "int"},
        bool: {"type": "bool"},
        float: {"type": "float", "allow_inf_nan": False},
        date: {"type": "date"},
        datetime: {"type": "datetime", "tz_constraint": "aware"},
    }
)


def limited(**limits: object) -> Rule:
    """Return the rule that a value keeps within limits: `ge`, `le`, `max_length` and so on."""

    def limit(schema: Schema) -> Schema:
        inside = schema.get("schema")
        return {**schema, **limits} if inside is None else {**schema, "schema": limit(inside)}

    return limit


def before(change: Callable[[object], object]) -> Rule:
    """Return the rule that a value is changed before it is checked."""
    return lambda schema: _called("function-before", change, schema)


def after(change: Callable[[Any], object]) -> Rule:
    """Return the rule that a value is changed once it is checked."""
    return lambda schema: _called("function-after", change, schema)


def _called(kind: str, function: Callable[[Any], object], schema: Schema) -> Schema:
    return {"type": kind, "function": {"type": "no-info", "function": function}, "schema": schema}


def own(*, default_factory: Callable[[], T]) -> T:
    """Return the default of a field that each value has of its own."""
    return _Own(default_factory)  # type: ignore[return-value]  # the schema tells them apart


class _Own:
    def __init__(self, make: Callable[[], object]) -> None:
        self.make = make


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(own,))
class Value:
    """A value that says no more than its fields, each of which is of its type.

    Nobody may change one that is made, which the type checker sees to.
    """

    __slots__ = (
        "__dict__", "__pydantic_extra__", "__pydantic_fields_set__", "__pydantic_private__"
    )  # fmt: skip
    if TYPE_CHECKING:
        __pydantic_fields_set__: ClassVar[set[str]]

    def __init__(self, **said: Any) -> None:  # noqa: ANN401  # each field as it is annotated
        """Check what is said and keep it; raises ValidationError."""
        _CHECKS[type(self)](said, self_instance=self)

    def __eq__(self, other: object) -> bool:
        if self.__class__ is not other.__class__:
            return NotImplemented
        return self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((self.__class__, *self.__dict__.values()))

    def __repr__(self) -> str:
        said = ", ".join(f"{name}={value!r}" for name, value in self.__dict__.items())
        return f"{type(self).__name__}({said})"

    def changed(self, **facts: object) -> Self:
        """Return a copy in which some fields say something else, which is not checked."""
        twin = copy(self)
        twin.__dict__.update(facts)
        return twin

    def to_json(self, **how: Any) -> bytes:  # noqa: ANN401  # as pydantic's core has it
        """Return it as JSON; `exclude`, `exclude_none` and `exclude_defaults` leave fields out."""
        return _WRITERS[type(self)](self, **how)


def fields_of(kind: type[Value]) -> dict[str, object]:
    """Return the fields of a kind of value and their types, those of its bases first."""
    bases = [base for base in reversed(kind.__mro__) if issubclass(base, Value)]
    return {name: type_ for base in bases for name, type_ in get_annotations(base).items()}


def schema_of(annotation: Any) -> Schema:  # noqa: ANN401  # whatever a field may be
    """Return the schema of what an annotation allows.

    Raises:
        TypeError: for an annotation that no message has needed so far.

    """
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    if isinstance(annotation, NewType):
        return schema_of(annotation.__supertype__)
    if isinstance(annotation, type) and issubclass(annotation, Value):
        return _SCHEMAS[annotation]
    made_of = _COMPOUND.get(get_origin(annotation))
    if made_of is None:
        raise TypeError(annotation)
    return made_of(*get_args(annotation))


def _nullable(inside: object, none: object) -> Schema:
    if none is not NoneType:
        raise TypeError(none)
    return {"type": "nullable", "schema": schema_of(inside)}


def _mapping(key: object, value: object) -> Schema:
    schemas = {"keys_schema": schema_of(key), "values_schema": schema_of(value)}
    return {"type": "dict", "strict": False, **schemas}


def _series(inside: object, _: object) -> Schema:
    return {"type": "tuple", "items_schema": [schema_of(inside)], "variadic_item_index": 0}


_COMPOUND: Final[Mapping[object, Callable[..., Schema]]] = MappingProxyType(
    {
        Annotated: lambda kind, *rules: reduce(lambda it, rule: rule(it), rules, schema_of(kind)),
        Literal: lambda *words: {"type": "literal", "expected": list(words)},
        Mapping: _mapping,
        tuple: _series,
        Union: _nullable,
        UnionType: _nullable,
    }
)


def tagged(kinds: Mapping[str, type[Value]]) -> Schema:
    """Return the schema of any of several kinds of value, told apart by their field `kind`."""
    choices = {name: _SCHEMAS[kind] for name, kind in kinds.items()}
    return {"type": "tagged-union", "discriminator": "kind", "choices": choices}


def _schema_of_value(kind: type[Value]) -> Schema:
    fields = {name: _field(kind, name, type_) for name, type_ in fields_of(kind).items()}
    inside = {"type": "model-fields", "model_name": kind.__name__, "fields": fields}
    config = {"strict": True, "extra_fields_behavior": "forbid", "title": kind.__name__}
    ref = kind.__name__
    return {"type": "model", "cls": kind, "schema": inside, "config": config, "ref": ref}


def _field(kind: type[Value], name: str, type_: object) -> Schema:
    schema = schema_of(type_)
    if hasattr(kind, name):
        default = getattr(kind, name)
        own_one = isinstance(default, _Own)
        how = {"default_factory": default.make} if own_one else {"default": default}
        schema = {"type": "default", "schema": schema, **how}
    return {"type": "model-field", "schema": schema}


class _OfKinds(dict[type[Value], T]):
    """What is made once of each kind of value, when it is first needed."""

    def __init__(self, make: Callable[[type[Value]], T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, kind: type[Value]) -> T:
        return self.setdefault(kind, self._make(kind))


def _check_of(kind: type[Value]) -> Callable[..., object]:
    return SchemaValidator(_SCHEMAS[kind]).validate_python


def _writer_of(kind: type[Value]) -> Callable[..., bytes]:
    return SchemaSerializer(_SCHEMAS[kind]).to_json


_SCHEMAS: Final = _OfKinds(_schema_of_value)
_CHECKS: Final = _OfKinds(_check_of)
_WRITERS: Final = _OfKinds(_writer_of)
