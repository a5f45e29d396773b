"""Values are checked as they are made, and say no more than their fields."""

# The annotations are read at run time, as those of the messages are.

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, NewType

import pytest
from pydantic_core import SchemaValidator, ValidationError

from feed.model.values import Value, after, before, fields_of, limited, own, schema_of, tagged

Code = NewType("Code", str)
Few = Annotated[int, limited(ge=0, le=3)]


class Base(Value):
    kind: Literal["base"] = "base"
    name: Annotated[Code, before(lambda said: said.strip() if isinstance(said, str) else said)]


class Leaf(Value):
    kind: Literal["leaf"] = "leaf"
    at: Annotated[datetime, after(lambda at: at.astimezone(UTC))] | None = None
    seats: Mapping[Code, Few] = own(default_factory=dict)
    inside: tuple[Base, ...] = ()
    share: float | None = None
    test: bool = False


class Both(Leaf, Base):
    more: str = ""


@pytest.mark.parametrize(
    "said",
    [
        {"seats": {"lab": 4}}, {"seats": {"lab": "1"}}, {"seats": []}, {"at": datetime(2019, 5, 2)},  # noqa: DTZ001
        {"at": "soon"}, {"inside": Base(name=Code("a"))}, {"inside": ({"name": 1},)}, {"test": 1},
        {"share": float("nan")}, {"share": "1"}, {"kind": "base"}, {"other": 1}, {"seats": None},
    ],
    ids=str,
)  # fmt: skip
def test_a_value_refuses_what_its_annotations_do_not_allow(said: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Leaf(**said)


def test_a_value_keeps_what_its_rules_make_of_what_is_said() -> None:
    at = datetime.fromisoformat("2019-05-03T01:00:00+01:00")
    leaf = Leaf(at=at, seats={Code("lab"): 3}, inside=(Base(name=Code(" a ")),), share=1)
    assert leaf.at == datetime(2019, 5, 3, tzinfo=UTC)
    assert (leaf.seats, leaf.inside[0].name, leaf.share, leaf.test) == ({"lab": 3}, "a", 1.0, False)


def test_a_field_without_a_default_has_to_be_said() -> None:
    with pytest.raises(ValidationError, match="name"):
        Base()  # type: ignore[call-arg]


def test_each_value_has_a_default_of_its_own() -> None:
    assert Leaf().seats == {}
    assert Leaf().seats is not Leaf().seats


def test_fields_of_bases_come_first() -> None:
    assert list(fields_of(Both)) == [*fields_of(Base), *list(fields_of(Leaf))[1:], "more"]
    assert list(vars(Both(name=Code("a")))) == list(fields_of(Both))


def test_values_are_equal_by_kind_and_fields() -> None:
    one, same, other = (Base(name=Code(name)) for name in ("a", "a", "b"))
    assert one == same != other
    assert len({one, same, other}) == 2
    assert Leaf() != one
    assert repr(one) == "Base(kind='base', name='a')"


def test_a_changed_copy_leaves_the_value_as_it_was() -> None:
    one = Base(name=Code("a"))
    assert one.changed(name="b") == Base(name=Code("b"))
    assert one.name == "a"


def test_a_value_is_written_as_json() -> None:
    assert Base(name=Code("a")).to_json() == b'{"kind":"base","name":"a"}'
    assert Leaf(test=True).to_json(exclude_defaults=True) == b'{"test":true}'


def test_several_kinds_are_told_apart_by_their_kind() -> None:
    either = SchemaValidator(tagged({"base": Base, "leaf": Leaf}))
    assert either.validate_json('{"kind": "base", "name": " a "}') == Base(name=Code("a"))
    assert either.validate_json('{"kind": "leaf", "inside": [{"name": "b"}]}').inside[0].name == "b"
    with pytest.raises(ValidationError, match="union_tag_invalid"):
        either.validate_json('{"kind": "tree"}')


@pytest.mark.parametrize("annotation", [set[int], int | str, dict[str, int], Any, complex])
def test_an_annotation_that_no_message_needs_is_refused(annotation: Any) -> None:
    with pytest.raises(TypeError):
        schema_of(annotation)
