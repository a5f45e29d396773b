"""What holds for the tests of the screen: nothing is waited for or worked out again in vain."""

from typing import Any

import pytest
import textual.app
import textual.pilot
import textual.screen
from textual.css.stylesheet import Stylesheet

from tests.tui.quiet import until_quiet

_parse_rules = Stylesheet._parse_rules
_RULES: dict[tuple[object, ...], Any] = {}


@pytest.fixture(autouse=True)
def _no_waiting_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (textual.app, textual.pilot):
        monkeypatch.setattr(module, "wait_for_idle", until_quiet)
    # `until_quiet` draws what is due; sixty frames a second beside it are drawn for nobody.
    monkeypatch.setattr(textual.screen, "UPDATE_PERIOD", 0.25)


@pytest.fixture(autouse=True)
def _one_reading_of_the_style_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every app share the rules that one has read, under the same theme."""

    def read_once(self: Stylesheet, css: str, **how: Any) -> Any:
        key = (css, *how.values(), frozenset(self._variables.items()))
        if key not in _RULES:
            _RULES[key] = _parse_rules(self, css, **how)
        return _RULES[key]

    monkeypatch.setattr(Stylesheet, "_parse_rules", read_once)
