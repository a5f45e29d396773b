"""The application: themes, keys, the session's thread, the desk's screen, and its last words."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from rich.console import RenderableType
from textual._compositor import CompositorUpdate
from textual._context import visible_screen_stack
from textual.app import App
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.events import Event, InputEvent, Key, MouseEvent, Paste
from textual.geometry import NULL_OFFSET
from textual.screen import Screen
from textual.theme import Theme
from textual.worker import WorkerFailed

from feed.clock import utc_now
from feed.model.intents import Intent
from tui.colours.ansi import NoColours, OwnColours
from tui.colours.themes import ADJUSTED, THEMES, look_of
from tui.panes.messages import StageTold
from tui.panes.skeleton import SkeletonScreen
from tui.running.collecting import collect_at_rest, collect_for
from tui.running.log_file import describe
from tui.running.signals import Leaving
from tui.running.terminal.driver import CellDriver, TerminalDriver
from tui.settings.keymap import Keymap
from tui.settings.options import Options
from tui.settings.remembered import Memory
from tui.text.ascii_signs import takes_signs

if TYPE_CHECKING:
    from feed.model.intents import Driven
    from feed.model.view import View
    from tui.desk.alarm import Alarm
    from tui.desk.screen import DeskScreen
    from tui.projector.screen import ProjectorScreen
    from tui.running.alert_sending import AlertSender

_logger = logging.getLogger(__name__)
_SURVIVED = frozenset({"_tick", "_each_second", "_flush_next_callbacks"})
"""Where Textual calls what timers asked for; the widget's own loop goes on after it."""
_DESK = "tui.desk.screen"
_REST = 1.0
"""Seconds without a key or a mouse after which the garbage is collected."""
_WAY = 0.2
"""Seconds in which a folder that is being read gives way to a key at most."""
_WAIT_FOR_SCREEN = 0.01
"""Seconds between two looks whether the screen that a key is for is there."""
_SAY_AGAIN = 60.0
"""Seconds after which the same trouble is told again."""


class Desk(App[None]):
    """nightdesk on a screen."""

    TITLE = "nightdesk"
    CSS_PATH = Path(__file__).with_name("nightdesk.tcss")
    ENABLE_COMMAND_PALETTE = False
    ESCAPE_TO_MINIMIZE = False
    ALLOW_SELECT = False  # a terminal selects by itself, with Shift held

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+p", "palette", "palette", show=False, priority=True, id="palette"),
        Binding("ctrl+q", "quit", "quit at once", show=False, priority=True, id="quit_now"),
    ]

    def __init__(
        self,
        make: Callable[[Callable[[View], None]], Driven],
        options: Options | None = None,
        memory: Memory | None = None,
        log: Path | None = None,
    ) -> None:
        if not os.environ.get("NO_COLOR"):
            os.environ.pop("NO_COLOR", None)
        super().__init__()
        self._own_colours = OwnColours()
        self._filters.append(self._own_colours)
        if self.no_color:
            self._filters = [NoColours()]
        self.options = options or Options()
        self._memory = memory
        self._desk: DeskScreen | None = None
        self.tips = False
        """Whether what to try is said until a key is pressed."""
        self.is_attended = True
        """Whether somebody is at the keys; who runs it otherwise takes the signals too."""
        self.crash = ""
        """What the screen died of, in a line."""
        self._log_file = log
        self._told: dict[str, float] = {}
        self._make = make
        self.session: Driven | None = None
        self._newest: View | None = None
        self._leaving: Leaving | None = None
        self._in_use_at = time.monotonic()
        self._quits = Keymap(self.options.keys).keys("quit_now")
        """Keys that wait for no other: with many before them, the screen is given back at once."""
        self._typed: deque[Key | Paste] = deque()
        """Keys and pastes that wait for those before them."""
        self._taking = False

    def get_driver_class(self) -> type[Driver]:
        """Return what drives the terminal: our own driver but where another is asked for."""
        usual = super().get_driver_class()
        return TerminalDriver if issubclass(TerminalDriver, usual) else usual

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Show what has changed, and let go of the screens that it was drawn over."""
        try:
            self._show(screen, renderable)
        finally:
            _let_screens_go()

    def _show(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Show what has changed: cell by cell where the driver can."""
        driver = self._driver
        if not (
            isinstance(driver, CellDriver)
            and isinstance(renderable, CompositorUpdate)
            and self._running
            and not self._closed
            and not self._batch_count
        ):
            super()._display(screen, renderable)
            return
        try:
            driver.show(renderable, NULL_OFFSET, hold=self._sync_available)
        except Exception as error:  # noqa: BLE001  # as Textual does: a fault here ends the screen
            self._handle_exception(error)
        finally:
            self.post_display_hook()

    def on_mount(self) -> None:
        """Draw the first frame, then start the source."""
        self.theme_changed_signal.subscribe(self, self._take_colours)
        for theme in (*THEMES, *ADJUSTED):
            self.register_theme(theme)
        wanted = self.options.theme
        self.theme = wanted if wanted in self.available_themes else "nightdesk-dark"
        keys = Keymap(self.options.keys)
        self.set_keymap(keys.for_textual())
        if isinstance(self._driver, TerminalDriver):
            self._driver.with_alt = keys.with_alt()
            self._driver.in_ascii = self.options.ascii or not takes_signs(os.environ)
        self.set_class(not self.is_attended, "-unattended")
        if self.is_attended:
            self._leaving = Leaving(self.exit, self._save)
            self._leaving.begin()
        self.set_interval(1.0, self._each_second)
        if _DESK in sys.modules:
            self.push_screen(self._made_desk())
            self.call_after_refresh(self._start)
        else:
            self.push_screen(SkeletonScreen(log_only=self.options.view == "log"))
            self.call_after_refresh(self.call_later, self._open)

    async def _open(self) -> None:
        """Put the desk where the skeleton stands, then start the source.

        What the desk is made of is loaded here, behind the first frame. Keys wait meanwhile.
        """
        await self.switch_screen(self._made_desk())
        self._start()
        await self._take_typed()

    def _made_desk(self) -> DeskScreen:
        from tui.desk.screen import DeskScreen  # noqa: PLC0415

        self.session = self._make(self._post)
        self._desk = DeskScreen(self.session, self.options, self._memory)
        self._desk.set_class(self.tips, "-tips")
        if not self.is_attended:
            self._desk.pinned.causes = frozenset()  # nobody could acknowledge it
        return self._desk

    def _start(self) -> None:
        if self.session is not None:
            self.session.start()

    def on_stage_told(self, message: StageTold) -> None:
        """Tell those who follow over a hub what the wall shows."""
        if self.session is not None:
            self.session.ask(Intent("stage", text=message.text))

    @cached_property
    def alarm(self) -> Alarm:
        """What decides what is made heard."""
        from tui.desk.alarm import Alarm, alert_rules  # noqa: PLC0415

        late = timedelta(minutes=self.options.late_after)
        bell, notice = self.options.bell, self.options.notify
        sends = self.is_attended and bool(self.options.on_alert or self.options.alert_url)
        return Alarm(alert_rules(self.options), bell, notice, sends, late)

    @cached_property
    def _sender(self) -> AlertSender:
        """What takes alerts out of the program; made when there is one to send."""
        from tui.running.alert_sending import AlertSender, alert_ways  # noqa: PLC0415

        return AlertSender(alert_ways(self.options))

    def close_alerts(self) -> None:
        """Give alerts that wait a moment to go out, by a command and to a web address."""
        if self.alarm.sends and (line := self.alarm.take_what_waits()):
            self._sender.send(line)
        if "_sender" in self.__dict__:
            self._sender.close()

    def _each_second(self) -> None:
        """Do what is due once a second in one wake; what fails ends nothing else."""
        looks = [] if self._leaving is None else [self._leaving.look]
        for due in (*looks, self._tidy, *(screen.tick for screen in self._of_the_night())):
            try:
                due()
            except Exception as error:  # noqa: BLE001  # it is logged there
                self._handle_exception(error)

    def _tidy(self) -> None:
        """Collect garbage while nobody waits for anything."""
        if self._newest is not None and self.alarm.waits:
            self._hear(self._newest)
        if not self._loads and time.monotonic() - self._in_use_at >= _REST:
            collect_at_rest()

    @property
    def _loads(self) -> bool:
        return self._newest is not None and self._newest.source.state == "loading"

    async def on_event(self, event: Event) -> None:
        """Take keys and pastes one after the other, each when those before it are done."""
        if isinstance(event, InputEvent):
            self._in_use_at = time.monotonic()
        if isinstance(event, Key | Paste) and not event.is_forwarded:
            self.app_focus = True
            if isinstance(event, Key) and event.key in self._quits:
                self._typed.clear()
                self.exit()
                return
            self._typed.append(event)
            if self._loads:
                self._give_way(_WAY)
            if len(self._typed) == 1:
                self.call_later(self._take_typed)
        elif isinstance(event, MouseEvent):
            await self._take_mouse(event)
        else:
            await super().on_event(event)

    def _give_way(self, seconds: float) -> None:
        """Have the threads that load wait so long for what the screen does, or no longer."""
        if self.session is not None:
            self.session.ask(Intent("give_way", seconds=seconds))

    async def _take_mouse(self, event: MouseEvent) -> None:
        """Take what the mouse does; what lies under it may vanish meanwhile, which ends nothing."""
        try:
            await super().on_event(event)
        except Exception:
            _logger.exception("a click or a move of the mouse came to nothing")
        finally:
            _let_screens_go()

    async def _take_typed(self) -> None:
        """Take the first key or paste that waits, as soon as the screen on top is there for it.

        What a key does is done before the next one is looked at: so a key that opens a line or a
        page has the very next key, however quickly it comes.
        """
        if not self._typed or self._taking:
            return
        self._taking = True
        try:
            taken = await self._took_first()
        finally:
            self._taking = False
        if not taken:
            self.set_timer(_WAIT_FOR_SCREEN, self._take_typed)
        elif self._typed:
            self.call_later(self._take_typed)

    async def _took_first(self) -> bool:
        """Do what the first key or paste says; return false while no screen is there for it."""
        desk = self._desk
        if desk is None or not self.screen.is_mounted:
            return False
        from tui.details.dialog import Dialog  # noqa: PLC0415
        from tui.projector.screen import ProjectorScreen  # noqa: PLC0415

        screen: Screen[Any] = self.screen
        event = self._typed.popleft()
        desk.note_key(time.monotonic())
        typist = screen if screen is desk or isinstance(screen, ProjectorScreen | Dialog) else None
        if isinstance(event, Paste):
            if typist is not None:
                typist.paste(event.text)
        elif typist is None or not typist.take_key(event):
            _ = await self._check_bindings(event.key, priority=True) or await self._check_bindings(
                event.key
            )
        desk.drop_tips()
        if self._loads and not self._typed:
            self.screen.call_after_refresh(self._give_way, 0.0)
        return True

    def action_palette(self) -> None:
        """Offer every command by its name, over whatever is on the screen."""
        from tui.details.chooser import Chooser  # noqa: PLC0415
        from tui.projector.screen import ProjectorScreen  # noqa: PLC0415

        top = self.screen
        if isinstance(top, ProjectorScreen):
            self.push_screen(Chooser("Commands of the wall", top.choices(), top.do_chosen))
        elif self._desk is not None:
            self._desk.run("palette")

    def on_unmount(self) -> None:
        """Stop the threads, close the recording, give the signals back."""
        self._save()
        if self._leaving is not None:
            self._leaving.end()

    def _save(self) -> None:
        session, self.session = self.session, None
        if session is not None:
            session.stop()

    def tell_of_trouble(self, line: str) -> None:
        """Show a line about something that went wrong and was logged; from any thread."""
        if self.is_running and not self.crash:
            self.call_later(self._tell_of_trouble, line)

    def _tell_of_trouble(self, line: str) -> None:
        now = time.monotonic()
        if now - self._told.get(line, -_SAY_AGAIN) < _SAY_AGAIN:
            return
        self._told[line] = now
        where = f" It is in the log: {self._log_file}" if self._log_file else ""
        self.notify(f"{line}.{where}", severity="error", markup=False, timeout=10)

    def ring(self, line: str) -> None:
        """Make an alert heard, as far as bell and notices are on."""
        if self.alarm.sends:
            self._sender.send(line)
        if self.alarm.bell:
            self.bell()
        if self.alarm.notify and self._driver is not None and not self.is_headless:
            from tui.desk.alarm import desktop_notice  # noqa: PLC0415

            self._driver.write(desktop_notice(line, os.environ))
            self._driver.flush()

    def _handle_exception(self, error: Exception) -> None:
        """Log what nobody caught; what ends only a timer or a worker leaves the screen standing."""
        if _is_survived(error):
            _logger.error("something in the background failed", exc_info=error)
            return
        if not self.crash:
            self.crash = describe(error)
            _logger.critical("the screen failed", exc_info=error)
        super()._handle_exception(error)

    def panic(self, *renderables: object) -> None:
        """Close without a page of traceback: it is in the log."""
        del renderables
        self.crash = self.crash or "the screen gave up"
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()

    def _take_colours(self, theme: Theme) -> None:
        """Draw in the terminal's own colours where the theme is made of them."""
        self._own_colours.enabled = theme.ansi
        self._own_colours.page = look_of(self).background

    def _post(self, view: View) -> None:
        """Take a view over from the session's thread."""
        self.call_later(self._hand_over, view)

    def _hear(self, view: View) -> None:
        """Ring for what a view brings, and for what has waited since the last alert."""
        desk, now = self._desk, utc_now()
        if desk is None:
            return
        if line := self.alarm.hear(view, desk.watched, now, desk.style):
            self.ring(line)
        desk.pinned.tell(self.alarm.take_news(), now)

    def _hand_over(self, view: View) -> None:
        if isinstance(self._driver, CellDriver):
            self._driver.name_window(window_title(view))
        from tui.panes.messages import StandingReady  # noqa: PLC0415

        self._newest = view
        collect_for(loads=self._loads)
        self._hear(view)
        for screen in self._of_the_night():
            screen.post_message(StandingReady(view))

    def _of_the_night(self) -> Iterator[DeskScreen | ProjectorScreen]:
        """Yield the screens that show the night; none before they are loaded."""
        if self._desk is None:
            return
        from tui.desk.screen import DeskScreen  # noqa: PLC0415
        from tui.projector.screen import ProjectorScreen  # noqa: PLC0415

        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen | ProjectorScreen):
                yield screen


def _let_screens_go() -> None:
    """Empty the list of the screens behind the one that was drawn, once it is.

    Whatever is begun meanwhile, a page or a timer, keeps that list with its context for as long as
    it lasts: pages that were closed long ago would stay with it, and those that these keep.
    """
    behind = visible_screen_stack.get(None)
    if behind:
        behind.clear()


def window_title(view: View) -> str:
    """Return `nightdesk · replay · 112 of 248`: the mode where it is not live, and how far."""
    declared, up = view.standing.progress
    mode = "" if view.mode == "live" else view.mode
    far = f"{declared:,} of {up:,}" if up else f"{declared:,} declared" if declared else ""
    return " · ".join(part for part in ("nightdesk", mode, far) if part)


def _is_survived(error: Exception) -> bool:
    """Tell whether only a worker or a timer's call has failed, and no part of the screen died."""
    if isinstance(error, WorkerFailed):
        return True
    trace = error.__traceback__
    return trace is not None and trace.tb_frame.f_code.co_name in _SURVIVED
