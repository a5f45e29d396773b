"""Records are dataclasses that nobody changes."""

from dataclasses import replace

from feed.records import record


@record(frozen=True, slots=True)
class Place:
    name: str
    seats: int = 0


def test_records_are_equal_and_hashed_by_what_they_hold() -> None:
    assert {Place("Hull", 57), Place("Hull", 57)} == {Place("Hull", 57)}
    assert Place("Hull", 57) != Place("Hull", 56)


def test_a_record_takes_no_field_that_it_does_not_have() -> None:
    assert not hasattr(Place("Hull"), "__dict__")


def test_another_record_is_made_of_one_by_replacing() -> None:
    assert replace(Place("Hull"), seats=57) == Place("Hull", 57)
