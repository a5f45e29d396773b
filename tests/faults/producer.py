"""Producers with and without manners: how files come into the folder, by a seed."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.faults.dropped import Content, Fate, Key, contents, key

Act = Iterator[Key | None]
"""One producer at work: it pauses after each piece, or until a file has been recorded."""
_AT_A_TIME = 12


@dataclass(slots=True)
class LedgerState:
    """What was dropped: `must` be in the recording once, and what may be there."""

    must: dict[Key, Fate] = field(default_factory=dict)
    may: set[Key] = field(default_factory=set)


class Producers:
    """Many producers who work in turns; `work` takes so many turns."""

    def __init__(self, feed: Path, seed: int, is_recorded: Callable[[Key], bool]) -> None:
        self.feed = feed
        self.books = LedgerState()
        self._is_recorded = is_recorded
        self._random = Random(seed)
        self._contents = contents(self._random)
        self._number = 0
        self._at_work: list[tuple[Act, Key | None]] = []
        self._said: list[Content] = []
        self._manners: tuple[Callable[[], Act], ...] = (
            self._renamed, self._renamed, self._renamed, self._in_place, self._slow,
            self._paused_half_way, self._given_up, self._replaced, self._repeated,
            self._touched, self._deleted, self._lines, self._moved_in_with_its_folder,
            self._renamed_again,
        )  # fmt: skip

    def work(self, turns: int) -> None:
        """Let producers take so many turns, a random one of those at work each time."""
        for _ in range(turns):
            while len(self._at_work) < _AT_A_TIME:
                self._at_work.append((self._random.choice(self._manners)(), None))
            self._turn()

    def finish(self) -> bool:
        """Let those at work finish; say whether all could: some wait for the recording."""
        for _ in range(8 * _AT_A_TIME):
            if self._at_work:
                self._turn()
        return not self._at_work

    def make_the_folder_anew(self) -> None:
        """Take the feed folder away and make it again with the same files, as a mirror does."""
        away = self.feed.with_name("away")
        self.feed.rename(away)
        self.feed.mkdir()
        for path in sorted(away.iterdir()):
            path.rename(self.feed / path.name)
        away.rmdir()

    def _turn(self) -> None:
        at = self._random.randrange(len(self._at_work))
        act, waits_for = self._at_work[at]
        if waits_for is not None and not self._is_recorded(waits_for):
            return
        try:
            self._at_work[at] = (act, next(act))
        except StopIteration:
            del self._at_work[at]

    def _name(self, suffix: str) -> str:
        self._number += 1
        folder = self._random.choice(["", "", "results/", "nominations/deep/"])
        (self.feed / folder).mkdir(parents=True, exist_ok=True)
        return f"{folder}{self._number:06}{suffix}"

    def _new(self) -> tuple[str, Content]:
        content = next(self._contents)
        self._said.append(content)
        return self._name(content.suffix), content

    def _is_due(self, name: str, content: Content, fate: Fate | None = None) -> None:
        self.books.must[key(name, content.data)] = fate or content.fate

    def _put(self, name: str, data: bytes) -> None:
        part = self.feed / Path(name).parent / f".{Path(name).name}"
        part.write_bytes(data)
        part.rename(self.feed / name)

    def _renamed(self) -> Act:
        name, content = self._new()
        self._is_due(name, content)
        self._put(name, content.data)
        yield None

    def _in_place(self) -> Act:
        name, content = self._new()
        self._is_due(name, content)
        (self.feed / name).write_bytes(content.data)
        yield None

    def _slow(self) -> Act:
        name, content = self._new()
        self._is_due(name, content)
        cuts = sorted(self._random.sample(range(1, len(content.data)), 3))
        yield from self._written(name, content.data, [0, *cuts, len(content.data)])

    def _paused_half_way(self) -> Act:
        name, content = self._new()
        self._is_due(name, content)
        half = len(content.data) // 2
        yield from self._written(name, content.data[:half], [0, half])
        if self._random.random() < 0.3:
            yield key(name, content.data[:half])
        (self.feed / name).write_bytes(content.data)
        yield None

    def _written(self, name: str, data: bytes, cuts: list[int]) -> Act:
        for start, end in itertools.pairwise(cuts):
            with (self.feed / name).open("ab") as file:
                file.write(data[start:end])
            self.books.may.add(key(name, data[:end]))
            yield None

    def _given_up(self) -> Act:
        name, content = self._new()
        half = content.data[: len(content.data) // 2]
        self.books.must[key(name, half)] = "rejected"
        (self.feed / name).write_bytes(half)
        yield None

    def _replaced(self) -> Act:
        name, first = self._new()
        self._is_due(name, first)
        self._put(name, first.data)
        yield key(name, first.data)
        second = next(self._contents)
        self._is_due(name, second)
        self._put(name, second.data)
        yield None

    def _repeated(self) -> Act:
        if self._said:
            content = self._random.choice(self._said)
            known = [k for k, fate in self.books.must.items() if k[1] == content.data.strip()]
            if known and self.books.must[known[0]] == "accepted":
                name = self._name(content.suffix)
                yield known[0]
                self._is_due(name, content, "repeated")
                self._put(name, content.data)
        yield None

    def _touched(self) -> Act:
        name, content = self._new()
        self._is_due(name, content)
        self._put(name, content.data)
        for _ in range(3):
            yield None
            os.utime(self.feed / name)
            (self.feed / name).chmod(self._random.choice([0o644, 0o600]))

    def _deleted(self) -> Act:
        name, content = self._new()
        self._is_due(name, content)
        self._put(name, content.data)
        yield key(name, content.data)
        (self.feed / name).unlink()
        yield None
        self._put(name, content.data)

    def _lines(self) -> Act:
        name = self._name(".jsonl")
        for _ in range(4):
            content = next(self._contents)
            while content.suffix != ".json":
                content = next(self._contents)
            self._is_due(name, content)
            with (self.feed / name).open("ab") as file:
                file.write(content.data + b"\n")
            yield None

    def _moved_in_with_its_folder(self) -> Act:
        made = self.feed.with_name(f"made-{self._number}")
        made.mkdir()
        folder = self._name("")
        for number in range(5):
            content = next(self._contents)
            name = f"{number}{content.suffix}"
            (made / name).write_bytes(content.data)
            self._is_due(f"{folder}/{name}", content)
        made.rename(self.feed / folder)
        yield None

    def _renamed_again(self) -> Act:
        name, content = self._new()
        self._is_due(name, content)
        self._put(name, content.data)
        yield key(name, content.data)
        later = self._name(content.suffix)
        self._is_due(later, content, "repeated")
        (self.feed / name).rename(self.feed / later)


def clear(folder: Path) -> None:
    """Remove a folder of a finished night."""
    shutil.rmtree(folder, ignore_errors=True)
