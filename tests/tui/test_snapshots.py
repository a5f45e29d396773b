"""How the desk looks, picture by picture; `pytest --snapshot-update` takes them anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.tui.desk_app import frozen, replay_desk
from tui.settings.options import Options

Compare = Callable[..., bool]


@dataclass(frozen=True)
class Shot:
    """A picture: what is shown, how, and which keys are pressed before."""

    size: tuple[int, int] = (120, 36)
    theme: str = "nightdesk-dark"
    keys: tuple[str, ...] = ()
    at: str = "04:31"
    feed: str = "england-2019"


SHOTS = {
    "80x24": Shot((80, 24)),
    "120x36": Shot((120, 36)),
    "160x48": Shot((160, 48)),
    "200x60": Shot((200, 60)),
    "light": Shot((100, 30), theme="nightdesk-light"),
    "contrast": Shot((100, 30), theme="nightdesk-contrast"),
    "sixteen-colours": Shot((100, 30), theme="ansi-dark"),
    "council": Shot((80, 24), keys=("3", "G", "enter")),
    "figure": Shot((100, 30), keys=("2", "down", "right", "enter")),
    "help": Shot((80, 24), keys=("question_mark",)),
    "filter": Shot((100, 30), keys=("slash", *"changed", "enter")),
    "rehearsal": Shot((100, 30), at="+10h", feed="rehearsal"),
}


@pytest.mark.parametrize("name", SHOTS)
def test_the_desk_looks_as_it_did(name: str, snap_compare: Compare) -> None:
    shot = SHOTS[name]
    app = replay_desk(shot.at, shot.feed, Options(theme=shot.theme))
    with frozen():
        assert snap_compare(app, press=("_", *shot.keys, "_"), terminal_size=shot.size)


def test_the_desk_looks_as_it_did_without_colour(
    snap_compare: Compare, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    with frozen():
        assert snap_compare(replay_desk(), press=("3", "down"), terminal_size=(100, 30))
