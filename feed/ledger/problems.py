"""What is wrong with the files, until they are read without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter

from feed.model.standing import Problem


class Problems:
    """At most one problem for each line of each file; found by the file without a search."""

    def __init__(self, known: Iterable[Problem] = ()) -> None:
        """Begin with those that were `known` before."""
        self._by_file: dict[str, dict[int | None, Problem]] = {}
        for problem in known:
            self.put(problem)

    def __iter__(self) -> Iterator[Problem]:
        """Return them in the order of the log."""
        each = (problem for lines in self._by_file.values() for problem in lines.values())
        return iter(sorted(each, key=attrgetter("entry")))

    def copy(self) -> Problems:
        """Return a list that goes its own way from here."""
        twin = Problems()
        twin._by_file = {file: dict(lines) for file, lines in self._by_file.items()}
        return twin

    def put(self, problem: Problem) -> None:
        """Note a problem, in place of another one on its line."""
        self._by_file.setdefault(problem.file, {})[problem.line] = problem

    def at(self, file: str, line: int | None) -> Problem | None:
        """Return what is wrong with a line."""
        return self._by_file.get(file, {}).get(line)

    def of(self, file: str) -> tuple[Problem, ...]:
        """Return what is wrong with a file."""
        lines = self._by_file.get(file)
        return tuple(lines.values()) if lines else ()

    def drop(self, file: str, line: int | None) -> None:
        """Take a problem off the list, if it is on it."""
        lines = self._by_file.get(file, {})
        lines.pop(line, None)
        if not lines:
            self._by_file.pop(file, None)
