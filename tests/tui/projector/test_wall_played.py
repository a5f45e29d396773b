"""A night played fast on the wall, turned, held and revealed at random: no fault, no growth."""

from __future__ import annotations

import gc
import tracemalloc
from random import Random

from feed.model.intents import Intent
from tests.tui.desk_app import DeskUnderTest, night_of, replay_desk, running, until
from tests.tui.standings import declared_in
from tui.projector.scene import JustIn
from tui.projector.screen import ProjectorScreen
from tui.projector.turning import Moment
from tui.settings.options import Options

_KEYS = (
    "space", "pagedown", "right", "full_stop", "comma", "R", "1", "2", "4", "5", "question_mark",
    "tick", "apostrophe", "t",
)  # fmt: skip
_NIGHT = night_of("england-2019")


def the_wall(app: DeskUnderTest) -> ProjectorScreen:
    screen = app.screen
    assert isinstance(screen, ProjectorScreen)
    return screen


async def play(app: DeskUnderTest, seed: int, steps: int, pause: object) -> list[str]:
    """Play the night in so many steps under a presenter's random keys; give what was revealed."""
    random, wall, revealed = Random(seed), the_wall(app), list[str]()
    show = wall.turning.show

    def noted(news: JustIn, moment: Moment) -> None:
        revealed.append(news.subject)
        show(news, moment)

    wall.turning.show = noted  # type: ignore[method-assign]
    ticks = [at for at in map(_NIGHT.time_at, range(1, len(_NIGHT) + 1)) if at is not None]
    for number in range(steps):
        moment = ticks[(len(ticks) - 1) * number // (steps - 1)]
        app.still.ask(Intent("seek", moment=moment))
        await pause()  # type: ignore[operator]
        for key in random.choices(_KEYS, k=random.randrange(3)):
            match key:
                case "tick":
                    wall.tick()
                case "apostrophe":
                    await app._press_keys(["apostrophe", "b", "a", "enter"])
                case _:
                    await app._press_keys([key])
            assert app.screen is wall
    await app._press_keys(["1", "A"])
    await pause()  # type: ignore[operator]
    return revealed


async def test_every_declaration_is_revealed_once_whatever_the_presenter_presses() -> None:
    app = replay_desk("+0m", look=Options(view="projector", reveal=True, cycle=1.0))
    async with running(app, (120, 36)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ProjectorScreen))
        before = declared_in(the_wall(app).staged)
        revealed = await play(app, 1, 60, pilot.pause)
        assert the_wall(app).waiting == ()
        assert sorted(revealed) == sorted(declared_in(_NIGHT.edge()) - before)
        assert the_wall(app).staged.declared == 248


async def test_played_again_and_again_the_wall_does_not_grow() -> None:
    app = replay_desk("+0m", look=Options(view="projector", reveal=True, cycle=1.0))
    async with running(app, (100, 30)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ProjectorScreen))
        await play(app, 3, 8, pilot.pause)
        tracemalloc.start()
        try:
            await play(app, 4, 8, pilot.pause)
            gc.collect()
            first = tracemalloc.get_traced_memory()[0]
            await play(app, 5, 8, pilot.pause)
            gc.collect()
            grown = tracemalloc.get_traced_memory()[0] - first
        finally:
            tracemalloc.stop()
    assert grown < 1_000_000
