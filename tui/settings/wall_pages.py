"""The pages of the wall, and how a configuration says which are shown, how long and when."""

from __future__ import annotations

import re
from typing import Literal, get_args

from feed.records import record

WallPage = Literal["table", "map", "just-in", "changed", "regions", "next", "contests"]
WALL_PAGES: tuple[WallPage, ...] = get_args(WallPage)
Condition = Literal["always", "if-changed", "if-complete"]
_RULE = re.compile(
    r"(?P<name>[a-z-]+)(?::(?P<time>\d+(?:\.\d+)?)(?P<unit>s|m|min)?)?"
    r"(?::(?P<when>if-changed|if-complete))?"
)


@record(frozen=True, slots=True)
class PageRule:
    """A page of the round, for how long and when."""

    page: WallPage
    seconds: float | None = None
    """None where `--cycle` says it for all."""
    when: Condition = "always"

    @classmethod
    def parse(cls, text: str) -> PageRule:
        """Return the rule that `table:20s` or `changed:15s:if-changed` says.

        Raises:
            ValueError: it names no page, or says something that is no time and no condition.
        """
        found = _RULE.fullmatch(text.strip().replace(" ", ""))
        name = "" if found is None else found["name"]
        page = next((each for each in WALL_PAGES if each == name), None)
        if found is None or page is None:
            pages = ", ".join(WALL_PAGES)
            raise ValueError(
                f"{text!r} is no page of the wall; give one of {pages}, and its time: table:20s"
            )
        seconds = None
        if found["time"] is not None:
            seconds = float(found["time"]) * (60 if found["unit"] in {"m", "min"} else 1)
            if not 1 <= seconds <= 3600:
                raise ValueError(f"{text!r}: a page stays for 1s to 60m")
        when: Condition = "always"
        if found["when"] == "if-changed":
            when = "if-changed"
        elif found["when"] == "if-complete":
            when = "if-complete"
        return cls(page, seconds, when)


DEFAULT_RULES: tuple[PageRule, ...] = tuple(PageRule(page) for page in WALL_PAGES)
