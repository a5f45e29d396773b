"""A monkey at the keyboard of a live desk, on a terminal of its own.

`python -m tests.faults.monkey --minutes 20 --seed 1` writes random keys, pastes, doubled and tripled
Enters, clicks, bytes that are no text and resizes in bursts, at four sizes in turn, while files are
dropped. Now and then it looks: the process lives, the screen is what a fresh drawing of it is, the
standing is that of a cold load of what was recorded, and memory grows by no more than what arrived.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Final

from feed.ledger.night import whole_night
from feed.reports.summary import fingerprint
from feed.sources.saved import load
from tests.tui.running.terminal.glass import Look, differences
from tests.tui.terminal import ROOT, Terminal

SIZES: Final = ((80, 24), (160, 48), (50, 20), (120, 36))
OTHER_SIZES: Final = (*SIZES, (20, 5), (39, 9), (41, 11), (200, 60), (79, 23))
_KEYS: Final = (
    *"/'?pmaTtvhdcxwzfsSoDMnNeEWgGjkliLIbq,.[]<> 123456789",
    *("\r", "\t", "\x1b[Z", "\x07", "\x10", "\x12", "\x1b", "\x7f", "\x1bOP"),
    *("\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[5~", "\x1b[6~", "\x1b[H", "\x1b[F"),
    *("\x1b[1;2C", "\x1b[1;2D", "\x1bj", "\x1b\x1b[A"),
)
"""Every key but those that the terminal itself takes."""
_WORDS: Final = (
    *("/lab gain\r", "/late or due\r", "/!con\r", "'york\r", "'q\x1b", "/q\x1b", "\x0704:10\r\r"),
    *(
        "\x07+10m\r",
        "\x07no time\r\r",
        "\x10theme\r\r",
        "T\r\r",
        "T\x1b[B\r\r\r",
        "?\x1b[6~\x1b[6~",
    ),
    *("p\r\r", "m\r", "mcx", "3\r\r", "2\x1b[B\r\r", "z\x1b[6~z", "dLd", "a\r", "I\x1b[B\r"),
    *("\x1b[200~q q\nx\r/\x1b[201~", "/\x1b[200~lab\ngain \x1b[201~\r", "\x1b[200~", "\x1b[201~"),
)
_LOOK_EVERY: Final = 15.0
_SAVINGS: Final = 3
_MARK: Final = "~~~"
"""What no key is, and no council's name holds."""
_MOST_GROWTH: Final = 60
"""Kilobytes of memory that a file may cost, with what is drawn and remembered of it."""
_PROGRAM: Final = """
import sys
from tui.cli.main import main
from tui.running.app import Desk
Desk.exit = lambda *_, **__: None
sys.argv[0] = "nightdesk"
main()
"""
"""The program, but for that nothing quits it: a monkey finds `quit at once` on the page of keys."""
_NO_TEXT: Final = (
    b"\xff",
    b"\xc3",
    b"\xe2\x80",
    b"\xf0\x9f",
    b"\x80\x80",
    b"\x00",
    b"\x1b[",
    b"\x1b]",
)


@dataclass(slots=True)
class Found:
    """What a stretch of a monkey's work came to."""

    bursts: int = 0
    looks: int = 0
    arrivals: int = 0
    memory: list[int] = field(default_factory=list)
    """Resident kilobytes at each look."""

    def __str__(self) -> str:
        first, last = self.growth()
        return (
            f"{self.bursts:,} bursts, {self.looks} looks, {self.arrivals} files; "
            f"{first / 1000:.1f} MB of memory in its third quarter, {last / 1000:.1f} in its last"
        )

    def growth(self) -> tuple[float, float]:
        """Return the memory of the third quarter of the looks, and of the last."""
        quarter = max(1, len(self.memory) // 4)
        return median(self.memory[-2 * quarter : -quarter] or self.memory), median(
            self.memory[-quarter:]
        )


class Hands:
    """What a monkey does at the keyboard and with the mouse, all of it from one seed."""

    def __init__(self, chance: Random, size: tuple[int, int]) -> None:
        self._chance = chance
        self._size = size

    def burst(self) -> list[bytes]:
        """Return what is written next, in its parts."""
        return [self._part() for _ in range(self._chance.randint(1, 8))]

    def file(self, files: Iterator[tuple[str, str]]) -> tuple[str, str]:
        """Return the next of `files` with its name, now and then one that is broken."""
        name, text = next(files)
        return name, text[: len(text) // 2] if self._chance.random() < 0.05 else text

    def _part(self) -> bytes:
        chance = self._chance
        match chance.randrange(12):
            case 0:
                return b"\r" * chance.randint(2, 3)
            case 1:
                return self._click() * chance.randint(1, 3)
            case 2:
                return bytes(chance.choice(_NO_TEXT))
            case 3 | 4:
                return str(chance.choice(_WORDS)).encode()
            case 5:
                return str(chance.choice(_KEYS)).encode() * chance.randint(2, 12)
            case _:
                return str(chance.choice(_KEYS)).encode()

    def _click(self) -> bytes:
        x, y = self._chance.randint(1, self._size[0]), self._chance.randint(1, self._size[1])
        wheel = self._chance.random() < 0.2
        button = self._chance.choice((64, 65)) if wheel else 0
        return f"\x1b[<{button};{x};{y}M\x1b[<{button};{x};{y}m".encode()


class Monkey:
    """Plays with one live desk, and looks whether it is still whole."""

    def __init__(self, place: Path, seed: int, size: tuple[int, int]) -> None:
        self.found = Found()
        self._chance = Random(seed)
        self._hands = Hands(self._chance, size)
        self._size = size
        self._feed, self._recording = place / "feed", place / "night.jsonl"
        self._saved = place / "saved"
        self._feed.mkdir()
        self._saved.mkdir()
        self._files = files_of_a_night()
        self._bursts: list[bytes] = []
        homes = {f"XDG_{name}_HOME": str(place / name) for name in ("STATE", "CONFIG", "CACHE")}
        self.terminal = Terminal(
            "watch", str(self._feed), "--recording", str(self._recording), "--settle", "0.1",
            columns=size[0], rows=size[1], cwd=self._saved, env=homes, program=("-c", _PROGRAM),
        )  # fmt: skip

    def play(self, *, seconds: float = 0.0, bursts: int = 0) -> None:
        """Write bursts for so long, or so many of them; look every so often and at the end."""
        self.drop(40)
        self.terminal.wait_for("LIVE")
        end = monotonic() + seconds
        while monotonic() < end or self.found.bursts < bursts:
            look_at = monotonic() + _LOOK_EVERY
            while monotonic() < look_at and (monotonic() < end or self.found.bursts < bursts):
                self._burst()
            self.look()

    def drop(self, files: int) -> None:
        """Drop the next files of the night, now and then one that is broken."""
        for _ in range(files):
            name, text = self._hands.file(self._files)
            hidden = self._feed / f".{name}"
            hidden.write_text(text, encoding="utf-8")
            hidden.rename(self._feed / name)
            self.found.arrivals += 1

    def look(self) -> None:
        """Say what is not as it should be.

        Raises:
            AssertionError: the desk has ended, draws another screen than a fresh one, or knows
                another standing than its recording.

        """
        self._is_alive()
        self.terminal.resize(*self._size)
        self._is_drawn_as_if_anew()
        self._knows_what_was_recorded()
        status = Path(f"/proc/{self.terminal.process.pid}/status").read_text(encoding="ascii")
        self.found.memory.append(int(status.partition("VmRSS:")[2].split()[0]))
        self.found.looks += 1

    def _burst(self) -> None:
        chance = self._chance
        parts = self._hands.burst()
        burst = b"".join(parts)
        self._bursts.append(burst)
        if chance.random() < 0.5:
            self.terminal.send(burst)
        else:
            for part in parts:
                self.terminal.send(part)
                self.terminal.read(chance.choice((0.0, 0.01, 0.05)))
        self.found.bursts += 1
        if chance.random() < 0.04:
            self.terminal.resize(*chance.choice(OTHER_SIZES))
        if chance.random() < 0.08:
            self.drop(chance.randint(1, 3))
        self.terminal.read(chance.choice((0.0, 0.02, 0.1)))
        self._is_alive()

    def _is_alive(self) -> None:
        if self.terminal.process.poll() is not None:
            self.terminal.settle()
            last = "\n".join(map(repr, self._bursts[-6:]))
            raise AssertionError(
                f"it ended with {self.terminal.process.returncode} after\n{last}\n"
                f"{_last_words(bytes(self.terminal.output))}\n{self._log()}"
            )

    def _log(self) -> str:
        """Return the end of the desk's own log."""
        for log in self._saved.parent.rglob("nightdesk.log"):
            return log.read_text(encoding="utf-8")[-3000:]
        return ""

    def _is_drawn_as_if_anew(self) -> None:
        """Have every cell written again; a clock may tick between two looks, not between many."""
        other: list[str] = []
        for _ in range(8):
            self.terminal.settle()
            before = self._seen()
            self.terminal.resize(self._size[0], self._size[1])  # the same size: all is written
            self.terminal.settle()
            other = differences(before, self._seen())
            if not other:
                return
        last = "\n".join(map(repr, self._bursts[-6:]))
        raise AssertionError(f"{len(other)} cells are other: {other[:5]} after\n{last}")

    def _seen(self) -> Look:
        """Return every cell; in the headline a digit is a digit, as clocks tick there."""
        buffer, columns = self.terminal.screen.buffer, range(self.terminal.screen.columns)
        head = (buffer[0][x] for x in columns)
        return (
            tuple(it._replace(data="0") if it.data.isdigit() else it for it in head),
            *(tuple(buffer[y][x] for x in columns) for y in range(1, self.terminal.screen.lines)),
        )

    def _knows_what_was_recorded(self) -> None:
        """Save the newest until it is what a cold load of the recording gives.

        What the desk saves is as old as its last frame, and nothing comes while it is looked at: so
        one saving may be too early, but not three of them.
        """
        tries: list[str] = []
        deadline = monotonic() + 20
        while len(tries) < _SAVINGS or monotonic() < deadline:
            expected = fingerprint(whole_night(load(self._recording), None).edge())
            saved = self._saved_standing()
            known = str(saved["fingerprint"])
            if known == expected:
                return
            tries.append(f"{known}, {saved['declared']} declared")
        last = "\n".join(map(repr, self._bursts[-6:]))
        raise AssertionError(
            f"the desk saves {tries}, its recording is {expected}, after\n{last}\n"
            f"{self.terminal.text}\n{self._log()}"
        )

    def _saved_standing(self) -> dict[str, object]:
        """Go to the newest, save it when it is seen, and return what is saved.

        A page that a click has opened may come between: then it is all done again.
        """
        for _ in range(5):
            self._come_to_the_desk()
            for saved in self._saved.iterdir():
                saved.unlink()
            self.terminal.send("L")
            if self._is_soon(lambda: "LIVE" in self.terminal.screen.display[0], 6.0):
                self.terminal.send("x")
                if self._is_soon(lambda: any(self._standings()), 6.0):
                    return next(self._standings())
        last = "\n".join(map(repr, self._bursts[-6:]))
        raise AssertionError(f"nothing is saved after\n{last}\n{self.terminal.text}\n{self._log()}")

    def _standings(self) -> Iterator[dict[str, object]]:
        for saved in self._saved.glob("*.json"):
            with suppress(ValueError):  # half of it is written
                yield json.loads(saved.read_text(encoding="utf-8"))

    def _come_to_the_desk(self) -> None:
        """Close pages until a line is typed into at the foot: so every key before it is done.

        A busy machine has keys yet to do, and what they open comes after what closes it.
        """
        self.terminal.send("\x1b[201~")  # every terminal ends a paste that it began
        for _ in range(60):  # as many pages as may lie over one another
            self.terminal.send("\x1b")
            self.terminal.settle(0.2)
            self.terminal.send(f"/{_MARK}")
            if self._is_soon(lambda: _MARK in self.terminal.screen.display[-1], 2.0):
                for _ in range(5):
                    self.terminal.send("\x1b")
                    if self._is_soon(lambda: _MARK not in self.terminal.text, 2.0):
                        return
        raise AssertionError(f"it is deaf to keys:\n{self.terminal.text}\n{self._log()}")

    def _is_soon(self, seen: Callable[[], bool], seconds: float) -> bool:
        deadline = monotonic() + seconds
        while not seen():
            if monotonic() > deadline:
                return False
            self.terminal.read(0.05)
        return True


def _last_words(output: bytes) -> str:
    """Return what was said after the screen was given back, and the log's last lines."""
    return output.rpartition(b"\x1b[?1049l")[2].decode(errors="replace")[-1500:]


def files_of_a_night() -> Iterator[tuple[str, str]]:
    """Yield the files of a night, and, when all have come, its results again, one ward fewer."""
    lines = [
        line
        for name in ("election", "roster", "expected", "results", "news")
        for line in (ROOT / "sample_feeds/england-2019" / f"{name}.jsonl")
        .read_text(encoding="utf-8")
        .splitlines()
    ]
    yield "rosters.jsonl", "\n".join(lines[:282])
    number = 0
    while True:
        for line in lines[282:]:
            number += 1
            yield f"{number:05}.json", line


def main() -> int:
    """Let the monkey play; give 1 when it found something."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=20)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--only", type=int, help="one of the sizes, from 0")
    wanted = asked.parse_args()
    sizes = SIZES if wanted.only is None else SIZES[wanted.only : wanted.only + 1]
    for number, size in enumerate(sizes):
        with TemporaryDirectory(prefix="nightdesk-monkey-") as place:
            monkey = Monkey(Path(place), wanted.seed * 100 + number, size)
            try:
                with monkey.terminal:
                    monkey.play(seconds=wanted.minutes * 60 / len(sizes))
            except AssertionError as fault:
                print(f"{size[0]} x {size[1]}: {fault}")
                return 1
        print(f"{size[0]} x {size[1]}: {monkey.found}", flush=True)
        before, after = monkey.found.growth()
        if after - before > _MOST_GROWTH * max(1, monkey.found.arrivals):
            print("it grows by more than what arrived")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
