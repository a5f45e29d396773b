"""What holds for the tests of the screen: they wait for what happens, not for time to pass."""

import pytest
import textual.app
import textual.pilot

from tests.tui.quiet import until_quiet


@pytest.fixture(autouse=True)
def _no_waiting_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (textual.app, textual.pilot):
        monkeypatch.setattr(module, "wait_for_idle", until_quiet)
