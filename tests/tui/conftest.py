"""What holds for the tests of the screen: nothing is waited for or worked out again in vain."""

from typing import Any

import pytest
import textual.app
import textual.pilot
import textual.screen
from textual._compositor import Compositor
from textual._context import active_app, visible_screen_stack
from textual.css.stylesheet import Stylesheet
from textual.drivers.headless_driver import HeadlessDriver
from textual.geometry import Region
from textual.screen import Screen

from tests.tui.quiet import until_quiet

_render_update = Compositor.render_update
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


@pytest.fixture(autouse=True)
def _no_frames_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the widgets draw, and leave out the frame of it that the headless driver throws away."""

    def draw(
        self: Compositor,
        full: bool = False,
        screen_stack: list[Screen[Any]] | None = None,
        simplify: bool = False,
    ) -> Any:
        app = active_app.get()
        is_shown = not app._display.__module__.startswith(("textual.", "tui."))
        if full or is_shown or type(app._driver) is not HeadlessDriver:
            return _render_update(self, full, screen_stack, simplify)
        visible_screen_stack.set(screen_stack or [])
        dirty = [*self._dirty_regions]
        self._dirty_regions.clear()
        if dirty:
            crop = Region.from_union(dirty).intersection(self.size.region)
            for _ in self._get_renders(crop):
                pass
        return None

    monkeypatch.setattr(Compositor, "render_update", draw)
