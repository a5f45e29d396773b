"""The wall: pages for a room, turned by time, by news and by a presenter."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import Literal, Protocol

from textual import on
from textual.app import ComposeResult
from textual.events import Click, Key, Resize, ScreenResume
from textual.screen import Screen
from textual.theme import Theme

from feed.clock import utc_now
from feed.english import capitalised
from feed.model.entries import PlaceId
from feed.model.standing import Standing
from feed.model.terms import HouseStyle
from feed.model.view import View
from feed.wording.progress import on_stage
from tui.colours.themes import look_of
from tui.control_grid.jump import Jump, jump_to
from tui.details.chooser import Choice
from tui.panes.compositor import SpanCompositor
from tui.panes.messages import StageTold, StandingReady
from tui.projector.canvas import Line
from tui.projector.frame import Frame, draw_frame, has_something_to_say
from tui.projector.scene import (
    Declaration,
    JustIn,
    Scene,
    Subject,
    by_subject,
    declared_newest_first,
    has_changed,
    headline_title,
    winner_of,
)
from tui.projector.stage import Stage, stage_of
from tui.projector.surface import WallSurface, draw_keys, draw_queue
from tui.projector.turning import Moment, Reveal, Shown, Turning
from tui.projector.wall_commands import WallCommand, by_key, wall_commands
from tui.settings.keymap import Keymap
from tui.settings.options import Options, ViewName
from tui.settings.wall_pages import WALL_PAGES, PageRule, WallPage

_MOST_NEWS = 24
"""Declarations in one frame; more come of a jump through the night, after which none is news."""
_SAID_FOR = 4.0
"""Seconds that the answer to a key is seen."""
_FOOT_TURNS = 8.0
"""Seconds after which the foot line goes on to the next declaration, while they are fresh."""
_TWICE_WITHIN = 2.0
_MOST_TYPED = 40


class Presenter(Protocol):
    """What the wall needs of the desk behind it."""

    style: HouseStyle
    watched: frozenset[PlaceId]
    options: Options
    keys: Keymap
    said: str

    def run(self, command: str) -> None:
        """Do what a command of the table says."""

    def show_view(self, view: ViewName) -> None:
        """Show one of the views from now on."""


class ProjectorScreen(Screen[None]):
    """Lies over the desk, and shows its views until it is left."""

    DEFAULT_CSS = """
    ProjectorScreen { background: $background; overflow: hidden; }
    ProjectorScreen ToastRack { display: none; }
    """

    AUTO_FOCUS = ""

    def __init__(self, desk: Presenter, view: View) -> None:
        super().__init__()
        self._compositor = SpanCompositor()
        self._desk = desk
        self._view = view
        options = desk.options
        rules = tuple(PageRule.parse(text) for text in options.wall.get("pages", ()))
        self.turning = Turning(rules, options.cycle)
        self._reveal = Reveal(view.standing) if options.reveal else None
        self._led: Stage | None = None
        self._follows, self._heard = options.stage, ""
        self._told_stage: Stage | None = None
        self._staged = self._room_knows()
        self._commands = wall_commands(desk.keys)
        self._by_key: Mapping[str, WallCommand] = by_key(self._commands)
        self._overlay: Literal["", "keys", "queue"] = ""
        self._jump: Jump | None = None
        self._chosen: PlaceId | None = None
        self._said, self._said_until = "", 0.0
        self._quit_asked_at = float("-inf")
        self._told, self._told_at = 0, time.monotonic()
        self._drawn_for: tuple[object, ...] = ()

    @property
    def page(self) -> WallPage:
        """The page that is shown."""
        return self.turning.shown().page

    @property
    def held(self) -> bool:
        """The pages are not turned by themselves for now."""
        return self.turning.is_held(time.monotonic())

    @property
    def _is_seen(self) -> bool:
        """Whether no other screen lies over this one; `is_current` is true under a palette too."""
        return self.app.screen is self

    @property
    def _leads(self) -> bool:
        """Whether the keys of this wall reveal what waits."""
        return self._reveal is not None and self._led is None

    @property
    def waiting(self) -> tuple[Subject, ...]:
        """The councils and contests that wait to be revealed, the next first."""
        return () if self._reveal is None else self._reveal.waiting

    @property
    def staged(self) -> Standing:
        """The night as the room may know it."""
        return self._staged

    @property
    def stage(self) -> Stage:
        """What this wall shows, for others to follow."""
        shown = self.turning.shown()
        news = None if shown.news is None else shown.news.subject
        return stage_of(shown.page, news, self.waiting, by_subject(self._staged).values())

    def show_stage(self, stage: Stage | None) -> None:
        """Show what a presenter's wall shows from now on; None goes on by itself."""
        self._led = stage
        if stage is None:
            self.turning.follow(None)
            if not self._desk.options.reveal:
                self._reveal = None
        elif self._reveal is None:
            self._reveal = Reveal(self._view.standing)
        self._staged = self._room_knows()
        self.tick()

    def _hear_stage(self) -> None:
        """Show what the presenter's wall has told over the hub, where this one follows it."""
        told = self._view.source.stage if self._follows else ""
        if told == self._heard:
            return
        self._heard = told
        try:
            self.show_stage(Stage.from_json(told.encode()) if told else None)
        except ValueError as error:
            self.say(f"The presenter's wall cannot be followed: {error}.")

    def _change_stage(self) -> None:
        self._follows = not self._follows
        self._hear_stage()
        if not self._follows:
            self.say("This wall goes on alone.")
        elif self._led is None:
            self.say("Following the presenter's wall, which has told nothing yet.")
        else:
            self.say("Following the presenter's wall.")

    def _follow(self, stage: Stage) -> None:
        one = None if stage.news is None else by_subject(self._staged).get(stage.news)
        newest = self.turning.newest
        if one is None:
            news = None
        elif newest is not None and newest.subject == one.id and newest.entry == one.entry:
            news = newest
        else:
            news = _news(one, self._view)
        says = news is not None if stage.page == "just-in" else self._moment().says(stage.page)
        self.turning.follow(Shown(stage.page if says else "table", news))

    def compose(self) -> ComposeResult:
        """Lay one surface over the screen."""
        yield WallSurface(id="wall")

    def on_mount(self) -> None:
        """Draw again whenever the theme changes."""
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    def on_unmount(self) -> None:
        """Hear no more of themes: who is told of them is kept for good."""
        self.app.theme_changed_signal.unsubscribe(self)

    def open_at(self, page: WallPage) -> None:
        """Show a page at once; just in is about the newest declaration, however old it is."""
        newest = next(iter(declared_newest_first(self._staged)), None)
        if newest is not None:
            self.turning.show(_news(newest, self._view), self._moment())
        if page != "just-in":
            self.turning.go(page, self._moment())
        self.draw()

    def on_resize(self, event: Resize) -> None:
        """Choose sizes anew."""
        del event
        self.draw()

    @on(ScreenResume)
    def _seen_again(self) -> None:
        self._drawn_for = ()
        self.draw()

    def _theme_changed(self, theme: Theme) -> None:
        del theme
        self.draw()

    @on(StandingReady)
    def _take(self, message: StandingReady) -> None:
        before, self._view = self._view.standing, message.view.at(utc_now())
        staged_before = self._staged
        if self._reveal is not None:
            loading = message.view.source.state == "loading"
            self._reveal.take(message.view.standing, loading=loading)
        self._staged = self._room_knows()
        self._hear_stage()
        if message.view.standing.steps < before.steps:
            self.turning.forget()
        elif self._reveal is None:
            self.turning.hear(self._news_since(staged_before))
        self.tick()

    def _room_knows(self) -> Standing:
        standing = self._view.standing
        if self._reveal is not None and self._led is not None:
            self._reveal.follow(self._led)
        return on_stage(standing if self._reveal is None else self._reveal.staged(standing))

    def _news_since(self, before: Standing) -> Sequence[JustIn]:
        """Return what has declared, or has changed its control by a correction, since `before`."""
        known = by_subject(before)
        if not known:
            return ()
        fresh = [
            one
            for subject, one in by_subject(self._staged).items()
            if one.status == "declared" and _is_news(known.get(subject), one)
        ]
        if len(fresh) > _MOST_NEWS:
            self.turning.forget()
            return ()
        fresh.sort(key=lambda it: (it.entry or 0, it.id))
        return [_news(one, self._view) for one in fresh]

    def _moment(self) -> Moment:
        scene = self._scene(Shown("just-in", self.turning.newest))
        width, height = self.app.size
        done, up = self._staged.progress
        return Moment(
            time.monotonic(),
            self._view.clock,
            lambda page: has_something_to_say(page, scene, width, height),
            is_complete=bool(up) and done >= up,
            changes=self._staged.steps,
        )

    def _scene(self, shown: Shown) -> Scene:
        return Scene(
            standing=self._staged,
            now=self._view.clock,
            style=self._desk.style,
            news=shown.news,
            waiting=len(self.waiting),
            watched=self._desk.watched,
            fresh=frozenset(
                PlaceId(item.subject) for item in (shown.news, *self.turning.waiting) if item
            ),
            chosen=self._chosen,
            coloured=not self.app.no_color,
            sources=self._sources(),
            late_after=timedelta(minutes=self._desk.options.late_after),
        )

    def _sources(self) -> tuple[str, ...]:
        """Return whose estimates the expected times are."""
        councils = self._view.standing.all_councils
        said = dict.fromkeys(it.expected_source for it in councils if it.expected_source)
        return tuple(said)[:3]

    def tick(self) -> None:
        """Keep the clock going, and turn the pages; to be called once a second."""
        if not self._is_seen:
            return
        if self._led is not None:
            self._follow(self._led)
        self._view = self._view.at(utc_now())
        now = time.monotonic()
        self.turning.tick(self._moment())
        if self._said and now >= self._said_until:
            self._said = ""
        if self.turning.newest is None or self.held:
            self._told, self._told_at = 0, now
        elif now - self._told_at >= _FOOT_TURNS:
            self._told, self._told_at = self._told + 1, now
        self.draw()

    def draw(self) -> None:
        """Draw what is other than before; a covered wall draws nothing."""
        if not self._is_seen or not self.is_mounted:
            return
        shown = self.turning.shown()
        look, size = look_of(self.app), self.app.size
        clock = self._view.clock
        key = (
            self._staged, shown, look, size, self.held, self._said, self._told, self._overlay,
            self._jump, self._chosen, self.waiting, self._desk.style, self._desk.watched,
            self._view.mode, self._view.source.state, self._view.transport and (
                self._view.transport.playing, self._view.transport.speed
            ),
            None if clock is None else int(clock.timestamp() // 60),
        )  # fmt: skip
        if _same(key, self._drawn_for):
            return
        self._drawn_for = key
        stage = self.stage
        if stage != self._told_stage:
            self._told_stage = stage
            self.post_message(StageTold(stage.to_json().decode()))
        self.query_one(WallSurface).show(self._lines(shown))

    def _lines(self, shown: Shown) -> Sequence[Line]:
        look, (width, height) = look_of(self.app), self.app.size
        if self._overlay == "keys":
            return draw_keys(self._commands, width, height, look)
        if self._overlay == "queue":
            return draw_queue(self._staged, self._waiting_declarations(), width, height, look)
        frame = Frame(
            self._view_on_stage(),
            self._scene(shown),
            shown.page,
            "held" if self.held else "",
            self._foot_words(),
            self._told,
        )
        return draw_frame(frame, width, height, utc_now(), look)

    def _view_on_stage(self) -> View:
        return replace(self._view, standing=self._staged)

    def _foot_words(self) -> str:
        if self._jump is not None:
            return self._jump.title(self._chosen)
        if self._said:
            return self._said
        waiting = self._waiting_declarations()
        return f"{headline_title(waiting[0])} declares …" if waiting else ""

    def _waiting_declarations(self) -> Sequence[Declaration]:
        known = by_subject(self._view.standing)
        return [known[subject] for subject in self.waiting if subject in known]

    def say(self, words: str) -> None:
        """Answer a key in the foot line for a moment."""
        self._said, self._said_until = words, time.monotonic() + _SAID_FOR
        self.draw()

    def on_click(self, event: Click) -> None:
        """Hold the page, or let the pages turn again."""
        del event
        self._hold()

    def paste(self, text: str) -> None:
        """Put what was pasted into the name that is typed; elsewhere it does nothing."""
        if self._jump is not None:
            typed = "".join(char for char in self._jump.typed + text if char.isprintable())
            self._find(typed[:_MOST_TYPED])
            self.draw()

    def take_key(self, event: Key) -> bool:
        """Do what a key is for: a letter of a name while one is typed, else its command.

        Return whether there was something to do.
        """
        command = self._by_key.get(event.key)
        if self._jump is not None:
            taken = self._type(event)
        elif self._overlay == "keys" or (self._overlay and event.key in {"escape", "R"}):
            self._overlay, taken = "", True
        elif command is not None:
            self.do(command, event.key)
            taken = True
        else:
            taken = False
        if taken:
            self.draw()
        return taken

    def do(self, command: WallCommand, key: str = "") -> None:
        """Do a command of the wall; `key` says which of its keys was pressed, where it matters."""
        reveals = self._leads
        match command.action:
            case "hold" | "next" if reveals and key in {"right", "pagedown", "space"}:
                self._reveal_next()
            case "next" | "back":
                self.turning.turn(1 if command.action == "next" else -1, self._moment())
            case "page":
                self._go_to(WALL_PAGES[int(key or 1) - 1])
            case "queue" | "help":
                self._overlay = "queue" if command.action == "queue" else "keys"
            case _:
                self._do_beyond_the_pages(command)
        self.draw()

    def _do_beyond_the_pages(self, command: WallCommand) -> None:
        match command.action:
            case "hold" if not self._leads:
                self._hold()
            case "hold":
                self._reveal_next()
            case "reveal_all":
                if self._leads and self.waiting:
                    self._reveal_next(len(self.waiting))
            case "stage":
                self._change_stage()
            case "mark":
                self._begin_to_mark()
            case _:
                self._do_beyond_the_wall(command)

    def _do_beyond_the_wall(self, command: WallCommand) -> None:
        match command.action:
            case "play":
                self._desk.run("toggle")
            case "export":
                self._desk.run("export")
                self.say(self._desk.said)
            case "leave" | "log":
                self._leave("desk" if command.action == "leave" else "log")
            case "leave_for":
                self._leave("desk")
                self._desk.run(command.desk)
            case "quit":
                self._quit()
            case _:
                self._desk.run(command.desk)

    def _leave(self, view: ViewName) -> None:
        if self._is_seen:
            self.dismiss(None)
            self._desk.show_view(view)

    def _go_to(self, page: WallPage) -> None:
        moment = self._moment()
        if moment.says(page):
            self.turning.go(page, moment)
        else:
            self.say(f"{capitalised(page.replace('-', ' '))}: nothing to show yet.")

    def _hold(self) -> None:
        self.turning.hold(time.monotonic())
        self.draw()

    def _reveal_next(self, count: int = 1) -> None:
        waiting: Iterable[Declaration] = (
            () if self._reveal is None else iter(self._reveal.reveal, None)
        )
        revealed = list(islice(waiting, count))
        if not revealed:
            self.say("Nothing waits to be revealed.")
            return
        self._overlay = ""
        self._staged = self._room_knows()
        moment = self._moment()
        for council in revealed:
            self.turning.show(_news(council, self._view), moment)

    def _quit(self) -> None:
        now = time.monotonic()
        if self._view.mode != "replay" and now - self._quit_asked_at > _TWICE_WITHIN:
            self._quit_asked_at = now
            self.say("The night is live: press q again to quit.")
            return
        self.app.exit()

    def _begin_to_mark(self) -> None:
        if self._moment().says("map"):
            self.turning.go("map", self._moment())
            self._find("")
        else:
            self.say("No map fits here.")

    def _type(self, event: Key) -> bool:
        """Take a key for the name that is typed; return whether it was one."""
        jump = self._jump
        if jump is None:
            return False
        if event.key == "escape":
            self._jump, self._chosen = None, None
        elif event.key == "enter":
            self._jump = None
        elif event.key in {"up", "down"}:
            self._chosen = jump.beside(self._chosen, 1 if event.key == "down" else -1)
        elif event.key == "backspace":
            self._find(jump.typed[:-1])
        elif event.character is not None and event.is_printable and len(jump.typed) < _MOST_TYPED:
            self._find(jump.typed + event.character)
        return True

    def _find(self, typed: str) -> None:
        self._jump = jump_to(typed, self._staged.councils or self._staged.ni_councils)
        self._chosen = next(iter(self._jump.found), None)

    def choices(self) -> list[Choice]:
        """Return every command of the wall, to be chosen by its name."""
        found = []
        for at, command in enumerate(self._commands):
            if command.action == "page":
                found += [
                    Choice(
                        f"page:{key}",
                        capitalised(page.replace("-", " ")),
                        str(key),
                        "A page of the wall.",
                    )
                    for key, page in enumerate(WALL_PAGES, start=1)
                ]
            else:
                title = capitalised(command.title)
                found.append(Choice(f"do:{at}", title, command.key_label, command.help))
        return found

    def do_chosen(self, key: str) -> None:
        """Do the command that was chosen by its name."""
        what, _, which = key.partition(":")
        if what == "page":
            self.do(self._by_key[which], which)
        else:
            self.do(self._commands[int(which)])


def _news(one: Declaration, view: View) -> JustIn:
    return JustIn(one.id, view.clock, has_changed(one), one.entry, corrected=one.corrected)


def _is_news(before: Declaration | None, now: Declaration) -> bool:
    """Whether a room is told something new about who controls a council or holds a post."""
    if before is None or before.status != "declared":
        return True
    return winner_of(before) != winner_of(now)


def _same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    return len(one) == len(other) and all(
        a is b or (not isinstance(a, Standing) and a == b) for a, b in zip(one, other, strict=True)
    )
