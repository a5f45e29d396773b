"""What only grows in a night, kept once and small, and shared by every ledger that looks back."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, ItemsView, Iterator, Mapping, Sequence
from datetime import datetime
from typing import overload

from feed.ledger.content import Content
from feed.model.entries import Entry


class Accepted:
    """The steps that count: the number of each, and the entry that told it."""

    def __init__(self) -> None:
        self._steps = array("I")
        self._entries = array("I")

    def put(self, place: int, step: int, entry: int) -> None:
        """Add a step by its number, from 1, unless one stands at its place already."""
        if place == len(self._entries):
            self._steps.append(step)
            self._entries.append(entry)

    def cut(self, count: int) -> None:
        """Forget all but the first `count`."""
        del self._steps[count:], self._entries[count:]

    def between(self, start: int, stop: int) -> Iterator[tuple[int, int]]:
        """Return the steps from `start` to before `stop`, each with its entry."""
        return zip(self._steps[start:stop], self._entries[start:stop], strict=True)


class Entries(Sequence[Entry]):
    """The log of a night, append only; a line may be added as what makes it when it is looked at.

    That is for lines that are many and stand alone: they correct nothing and no control moves.
    """

    def __init__(self) -> None:
        self._lines: list[Entry | Callable[[], Entry]] = []
        self.made_up_to = 0
        """How many lines there are up to the last one that was added as it is."""

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> list[Entry]: ...
    def __getitem__(self, index: int | slice) -> Entry | list[Entry]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self._lines)))]
        line = self._lines[index]
        if not isinstance(line, Entry):
            line = self._lines[index] = line()
        return line

    def put(self, place: int, line: Entry | Callable[[], Entry]) -> None:
        """Add a line, or what makes it, unless one stands at its place already."""
        if place == len(self._lines):
            self._lines.append(line)
            if isinstance(line, Entry):
                self.made_up_to = place + 1

    def made(self, start: int, stop: int) -> list[Entry]:
        """Return those from `start` to before `stop` that are made."""
        return [line for line in self._lines[start:stop] if isinstance(line, Entry)]

    def cut(self, count: int) -> None:
        """Forget all but the first `count`."""
        del self._lines[count:]


class Contents:
    """Things said, by their content, each with the step that said it."""

    def __init__(self) -> None:
        self._steps: dict[Content, int] = {}

    def add(self, content: Content, step: int) -> None:
        """Note that step number `step` says it."""
        self._steps[content] = step

    def first(self, content: Content, step: int) -> int | None:
        """Return the number of the step that said it before `step`; if none did, `step` does."""
        number = self._steps.setdefault(content, step)
        if number > step:
            self._steps[content] = step
        return number if number < step else None

    def before(self, content: Content, step: int) -> int | None:
        """Return the number of the step that said it, if that was one before `step`."""
        number = self._steps.get(content, step)
        return number if number < step else None

    def cut(self, step: int) -> None:
        """Forget what steps after number `step` said."""
        for content in [content for content, said in self._steps.items() if said > step]:
            del self._steps[content]


class Superseded:
    """Which entries were corrected by which; every correction is remembered with its place."""

    def __init__(self) -> None:
        self._by: dict[int, tuple[int, ...]] = {}

    def add(self, corrected: int, seq: int) -> None:
        """Note that entry `seq` corrects another; what is known already is not noted again."""
        known = self._by.get(corrected, ())
        if not known or known[-1] < seq:
            self._by[corrected] = (*known, seq)

    def add_first(self, corrected: int, seq: int) -> None:
        """Do the same, unless something before `seq` corrects it."""
        known = self._by.get(corrected, ())
        if not known or known[0] > seq:
            self._by[corrected] = (seq, *known)

    def cut(self, logged: int) -> None:
        """Forget what entries after `logged` correct."""
        for corrected, by in list(self._by.items()):
            self._by[corrected] = tuple(seq for seq in by if seq <= logged)

    def by(self, logged: int) -> Mapping[int, int]:
        """Return what was corrected when the log had `logged` entries."""
        return _SupersededThen(self._by, logged)


class _SupersededThen(Mapping[int, int]):
    """`seq` of a struck-out entry -> `seq` of the entry that corrects it, as of a moment."""

    __slots__ = ("_by", "_logged")

    def __init__(self, by: dict[int, tuple[int, ...]], logged: int) -> None:
        self._by = by
        self._logged = logged

    def __getitem__(self, seq: int) -> int:
        known = self._by.get(seq, ())
        for by in reversed(known):
            if by <= self._logged:
                return by
        raise KeyError(seq)

    def __iter__(self) -> Iterator[int]:
        return iter([seq for seq, _ in self.items()])

    def __len__(self) -> int:
        return len(self.items())

    def items(self) -> ItemsView[int, int]:
        """Return all of it at once: a log asks for it with every view, while more is added.

        A list of pairs would not do: making them may run the collector, and so another thread.
        """
        logged = self._logged
        return {
            seq: by[-1] if by[-1] <= logged else self[seq]
            for seq, by in self._by.copy().items()
            if by[0] <= logged
        }.items()


class Dates:
    """The time of the latest file that says a thing, as of any step."""

    def __init__(self) -> None:
        self._times: dict[Content, tuple[tuple[int, datetime], ...]] = {}

    def add(self, content: Content, step: int, at: datetime) -> None:
        """Note a file's time; one before the latest, or noted already, adds nothing."""
        known = self._times.get(content, ())
        if not known or (known[-1][0] < step and known[-1][1] < at):
            self._times[content] = (*known, (step, at))

    def as_of(self, content: Content, step: int) -> datetime | None:
        """Return the latest time that was known when `step` steps had been folded."""
        known = self._times.get(content, ())
        place = bisect_right(known, step, key=lambda one: one[0])
        return known[place - 1][1] if place else None

    def cut(self, step: int) -> None:
        """Forget what was noted at steps after number `step`."""
        for content, known in list(self._times.items()):
            self._times[content] = tuple(one for one in known if one[0] <= step)
