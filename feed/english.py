"""Numbers and nouns as an English sentence has them."""

from __future__ import annotations

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def in_words(number: int) -> str:
    """Return a number as a sentence has it: in words up to nine, then in figures."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number:,}"


def number(amount: int) -> str:
    """Return a whole number with thousands separators and a real minus: `1,269`."""
    return f"{amount:,}".replace("-", "−")


def noun(amount: int, one: str, many: str | None = None) -> str:
    """Return a noun as it stands behind a number: `council`, `councils`, `entries`."""
    return one if abs(amount) == 1 else many or f"{one}s"


def counted(amount: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: `1 problem`, `248 councils`."""
    return f"{number(amount)} {noun(amount, one, many)}"


def capitalised(text: str) -> str:
    """Return `text` with its first letter large, the others as they are."""
    return text[:1].upper() + text[1:]
