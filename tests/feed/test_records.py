"""Records are dataclasses that nobody changes."""

from dataclasses import field, replace

from feed.records import record


@record(frozen=True, slots=True)
class Place:
    name: str
    seats: int = 0


@record(frozen=True, slots=True)
class Alone:
    name: str


@record(frozen=True, slots=True)
class Noted:
    name: str
    note: str = field(default="", compare=False)


def test_records_are_equal_and_hashed_by_what_they_hold() -> None:
    assert {Place("Hull", 57), Place("Hull", 57)} == {Place("Hull", 57)}
    assert Place("Hull", 57) != Place("Hull", 56)


def test_a_record_takes_no_field_that_it_does_not_have() -> None:
    assert not hasattr(Place("Hull"), "__dict__")


def test_another_record_is_made_of_one_by_replacing() -> None:
    assert replace(Place("Hull"), seats=57) == Place("Hull", 57)


def test_a_record_says_what_it_holds_and_is_no_other_kind_of_record() -> None:
    assert repr(Place("Hull", 57)) == "Place(name='Hull', seats=57)"
    others: list[object] = [Alone("Hull"), "Hull"]
    assert Place("Hull") not in others
    assert Alone("Hull") == Alone("Hull")
    assert hash(Alone("Hull")) == hash(Alone("Hull"))


def test_a_field_that_is_not_compared_tells_no_records_apart() -> None:
    assert Noted("Hull", "seen") == Noted("Hull", "told")
    assert hash(Noted("Hull", "seen")) == hash(Noted("Hull", "told"))
