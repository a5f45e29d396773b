"""The errors that end a command, each with its exit code.

NightdeskError            1
├── UsageProblem          2  the command line or the configuration asks for what cannot be
│   ├── RecordingRefused  2  the recording may not be written there
│   └── RecordingBusy     2  another desk is writing that recording
└── SourceUnreadable      3  what should be read is missing, unreadable or of another kind
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

__all__ = [
    "NightdeskError",
    "RecordingBusy",
    "RecordingRefused",
    "SourceUnreadable",
    "UsageProblem",
    "did_you_mean",
    "not_there",
]


class NightdeskError(Exception):
    """What ends a command: `what` is wrong, and the `fix`."""

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, fix: str = "") -> None:
        super().__init__(f"{what}; {fix}" if fix else what)
        self.what = what
        self.fix = fix


class UsageProblem(NightdeskError):  # noqa: N818  # the word of the exit code
    """The command line or the configuration asks for what cannot be."""

    exit_code = 2


class RecordingRefused(UsageProblem):
    """The recording may not be written there."""


class RecordingBusy(UsageProblem):
    """Another desk is writing that recording."""


class SourceUnreadable(NightdeskError):  # noqa: N818  # likewise
    """What should be read is missing, unreadable or of another kind."""

    exit_code = 3


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Return a question about the choice that a word is much like; nothing where there is none."""
    from difflib import get_close_matches  # noqa: PLC0415  # only for what was misspelt

    near = get_close_matches(word, list(choices), 1, 0.6)
    return f"did you mean {near[0]}?" if near else ""


def not_there(path: Path) -> SourceUnreadable:
    """Return what to say of a saved feed that does not exist."""
    beside: list[str] = []
    with suppress(OSError):
        beside = [str(path.parent / each.name) for each in path.parent.iterdir()]
    near = did_you_mean(str(path), beside)
    return SourceUnreadable(
        f"{path} is not there", near or "give a folder of result files or a recording"
    )
