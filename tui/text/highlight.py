"""Where the words of a filter stand in a text, so that a reader sees why a line was found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from rich.style import Style

from feed.model.parties import known_party
from tui.text.wrapping import Run


@lru_cache(maxsize=64)
def finder(words: Sequence[str]) -> re.Pattern[str] | None:
    """Return what finds the words in a text; none where there is nothing to find.

    A party is found as a whole word, `con` not within `second`; a word turned round with `-`
    stands in no line that is shown.
    """
    wanted = [word for word in words if not (word.startswith("-") and len(word) > 1)]
    if not wanted:
        return None
    forms = (
        rf"\b{re.escape(word)}\b" if known_party(word) is not None else re.escape(word)
        for word in sorted(wanted, key=len, reverse=True)
    )
    return re.compile("|".join(forms), re.IGNORECASE)


def highlighted(runs: Iterable[Run], marks: re.Pattern[str] | None, style: Style) -> Iterator[Run]:
    """Return the same text with every hit in `style`."""
    for text, plain in runs:
        done = 0
        for hit in marks.finditer(text) if marks is not None else ():
            if hit.start() > done:
                yield text[done : hit.start()], plain
            yield hit.group(), style
            done = hit.end()
        if done < len(text):
            yield text[done:], plain
