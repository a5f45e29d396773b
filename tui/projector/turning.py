"""Which page of the wall is shown, and which declarations wait for the presenter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import TypeVar

from feed.model.standing import ContestStanding, CouncilStanding, Scoreboard, Standing
from feed.model.terms import Baseline
from feed.rules.scoreboard import Tally, scoreboard, seats_only
from tui.projector.scene import JUST_IN_FOR, Declaration, JustIn, Subject, by_subject, winner_of
from tui.projector.stage import HEARD, Stage
from tui.settings.wall_pages import DEFAULT_RULES, PageRule, WallPage

_HELD_FOR = 60.0
"""Seconds after which a held wall goes on by itself."""
_NEWS_FOR, _CHANGE_FOR = 8.0, 15.0
"""Seconds that a declaration, and a change of control, stay on the wall at least."""
_BETWEEN = 8.0
"""Seconds that another page stays between two runs of news."""
_IN_A_ROW = 2
"""Declarations after which another page has its turn."""
_MOST_WAITING = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """What is on the wall."""

    page: WallPage
    news: JustIn | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """What the turning goes by: the wall's clock, the feed's, and what pages have to say."""

    at: float
    """Seconds of a clock that never goes back."""
    feed: datetime | None = None
    says: Callable[[WallPage], bool] = lambda _page: True
    """Whether a page has something to say."""
    is_complete: bool = False
    """Every council has declared."""
    changes: int = 0
    """Something that grows with every change on the pages."""


class Turning:
    """The round of the pages."""

    def __init__(self, rules: Sequence[PageRule] = (), cycle: float | None = None) -> None:
        """Begin on the first page.

        Args:
            rules: the pages in their order; all of them where there are none.
            cycle: seconds a page, where its rule says nothing; None turns by hand alone, unless
                a rule says its own time.
        """
        self.rules = tuple(rules) or DEFAULT_RULES
        self.cycle = cycle
        self.turns = cycle is not None or any(rule.seconds is not None for rule in self.rules)
        """The pages are turned by time."""
        self._at = 0
        self._since = 0.0
        self._held_until: float | None = None
        self._news: JustIn | None = None
        self._interrupted = False
        self._news_since = 0.0
        self._waiting: list[JustIn] = []
        self._in_a_row = 0
        self._seen_changes: dict[int, int] = {}
        self._led: Shown | None = None

    @property
    def waiting(self) -> tuple[JustIn, ...]:
        """What is still to be shown, the next first."""
        return tuple(self._waiting)

    @property
    def newest(self) -> JustIn | None:
        """The declaration that the page of the news is about."""
        return self._news if self._led is None else self._led.news

    def is_held(self, now: float) -> bool:
        """Whether a key or a click holds the wall."""
        return self._held_until is not None and now < self._held_until

    def shown(self) -> Shown:
        """Return what is on the wall."""
        if self._led is not None and self._held_until is None:
            return self._led
        if self._interrupted:
            return Shown("just-in", self._news)
        return Shown(self.rules[self._at].page, self._news)

    def hear(self, news: Iterable[JustIn]) -> None:
        """Take what has just come: changes of control first, the newest before older ones."""
        for item in news:
            others = [each for each in self._waiting if each.subject != item.subject]
            self._waiting = sorted([item, *others], key=lambda each: not each.changed)
        del self._waiting[_MOST_WAITING:]

    def forget(self) -> None:
        """Drop all news: somebody has gone to another moment of the night."""
        self._waiting, self._news, self._interrupted = [], None, False
        self._in_a_row = 0

    def follow(self, led: Shown | None) -> None:
        """Show what another wall shows, until it shows something else; None goes on alone.

        A key or a click holds this wall apart for its minute.
        """
        if led != self._led:
            self._led, self._held_until, self._interrupted = led, None, False

    def hold(self, now: float) -> None:
        """Hold the wall for a minute, or let it go on."""
        self._held_until = None if self.is_held(now) else now + _HELD_FOR
        self._since = now

    def turn(self, by: int, moment: Moment) -> None:
        """Go to the next page that has something to say, or to the one before; and hold it."""
        self._leave_news()
        self._step(by, moment)
        self._by_hand(moment)

    def go(self, page: WallPage, moment: Moment) -> None:
        """Go to a page and hold it; a page that is not in the round is shown once."""
        self._leave_news()
        places = [at for at, rule in enumerate(self.rules) if rule.page == page]
        if places:
            self._at = places[0]
        else:
            self.rules = (*self.rules, PageRule(page))
            self._at = len(self.rules) - 1
        self._by_hand(moment)

    def show(self, news: JustIn, moment: Moment) -> None:
        """Show a declaration at once, before all that waits."""
        self._waiting = [each for each in self._waiting if each.subject != news.subject]
        self._begin(news, moment)

    def tick(self, moment: Moment) -> Shown:
        """Turn, interrupt or go back where it is time; return what is on the wall."""
        self._drop_old(moment)
        if self.is_held(moment.at):
            return self.shown()
        if self._held_until is not None:
            self._held_until, self._since = None, moment.at
        if self._led is not None:
            return self._led
        if self._interrupted:
            self._after_news(moment)
        else:
            self._on_page(moment)
        return self.shown()

    def _by_hand(self, moment: Moment) -> None:
        self._since = moment.at
        self._in_a_row = 0
        self._held_until = moment.at + _HELD_FOR

    def _on_page(self, moment: Moment) -> None:
        stayed = moment.at - self._since
        due = self.turns and stayed >= self._seconds
        rested = self._in_a_row < _IN_A_ROW or stayed >= _BETWEEN
        first = self._waiting[0] if self._waiting else None
        if first is not None and rested and (first.changed or due or not self.turns):
            self._begin(self._waiting.pop(0), moment)
            return
        if due or not self._may_stay(moment):
            self._step(1, moment)
            self._since, self._in_a_row = moment.at, 0

    @property
    def _seconds(self) -> float:
        rule = self.rules[self._at]
        return rule.seconds or self.cycle or 20.0

    def _may_stay(self, moment: Moment) -> bool:
        return moment.says(self.rules[self._at].page) or not self.turns

    def _begin(self, news: JustIn, moment: Moment) -> None:
        if not self._interrupted:
            self._in_a_row = 0 if moment.at - self._since >= _BETWEEN else self._in_a_row
        self._news, self._news_since, self._interrupted = news, moment.at, True
        self._in_a_row += 1

    def _after_news(self, moment: Moment) -> None:
        news = self._news
        least = _CHANGE_FOR if news is not None and news.changed else _NEWS_FOR
        if moment.at - self._news_since < least:
            return
        first = self._waiting[0] if self._waiting else None
        if first is not None and self._in_a_row < _IN_A_ROW:
            self._begin(self._waiting.pop(0), moment)
            return
        if not self.turns and first is None and self._is_fresh(moment):
            return
        self._leave_news()
        self._since = moment.at

    def _is_fresh(self, moment: Moment) -> bool:
        """Whether a wall that is turned by hand keeps the newest declaration on for a while."""
        return moment.at - self._news_since < _CHANGE_FOR * 2

    def _leave_news(self) -> None:
        self._interrupted = False

    def _drop_old(self, moment: Moment) -> None:
        if moment.feed is None:
            return

        def is_new(item: JustIn) -> bool:
            return (
                item.seen_at is None
                or moment.feed is None
                or (moment.feed - item.seen_at < JUST_IN_FOR)
            )

        self._waiting = [item for item in self._waiting if is_new(item)]
        if self._news is not None and not self._interrupted and not is_new(self._news):
            self._news = None

    def _step(self, by: int, moment: Moment) -> None:
        for count in range(1, len(self.rules) + 1):
            at = (self._at + by * count) % len(self.rules)
            if self._applies(at, moment):
                self._at = at
                self._seen_changes[at] = moment.changes
                return

    def _applies(self, at: int, moment: Moment) -> bool:
        rule = self.rules[at]
        if rule.when == "if-complete" and not moment.is_complete:
            return False
        if rule.when == "if-changed" and self._seen_changes.get(at, 0) == moment.changes:
            return False
        return moment.says(rule.page)


_D = TypeVar("_D", CouncilStanding, ContestStanding)


def share_of(council: CouncilStanding) -> Tally:
    """Return what a declared council adds to the scoreboard."""
    moved = council.changed_hands and not council.new_council
    changes: dict[Baseline, dict[str, int]] = {}
    for line in council.seats:
        if council.baseline is not None and line.change is not None:
            changes.setdefault(council.baseline, {})[line.party] = line.change
        for baseline, change in line.change_other:
            changes.setdefault(baseline, {})[line.party] = change
    share = Tally(
        after=council.after,
        gained_by=council.after if moved else None,
        lost_by=council.before if moved else None,
        won={line.party: line.won for line in council.seats if line.won},
        council={line.party: line.after for line in council.seats if line.after},
        changes=MappingProxyType(changes),  # type: ignore[arg-type]
        changed_size=council.size_before is not None,
    )
    return seats_only(share) if council.stands_apart else share


class Reveal:
    """Keeps every new declaration back until it is asked for; nothing else is held back."""

    def __init__(self, standing: Standing) -> None:
        self._shown = by_subject(standing)
        self._steps = standing.steps
        self._waiting: list[Subject] = []
        self._newest = dict(self._shown)

    @property
    def waiting(self) -> tuple[Subject, ...]:
        """The councils and contests that wait, the first to be revealed first."""
        return tuple(self._waiting)

    def take(self, standing: Standing, *, loading: bool = False) -> None:
        """Take the newest standing; what has declared since the last one waits.

        Nothing waits of what was there before the wall, and nothing where somebody went back to
        an earlier moment: the wall shows that moment.

        Args:
            standing: where the night stands.
            loading: files that were there before are still being read.
        """
        afresh = standing.steps < self._steps or loading or not self._shown
        self._steps = standing.steps
        self._newest = by_subject(standing)
        if afresh:
            self._shown, self._waiting = dict(self._newest), []
            return
        fresh = []
        for subject, now in self._newest.items():
            shown = self._shown.get(subject)
            if subject in self._waiting or shown is now:
                continue
            if now.status in HEARD and _is_news(shown, now):
                fresh.append(now)
            else:
                self._shown[subject] = now
        fresh.sort(key=lambda it: (it.entry or 0, it.id))
        self._waiting += [it.id for it in fresh]
        withdrawn = [at for at in self._waiting if self._newest[at].status not in HEARD]
        for subject in withdrawn:
            self._waiting.remove(subject)
            self._shown[subject] = self._newest[subject]

    def reveal(self) -> Declaration | None:
        """Show the next declaration; None where none waits."""
        if not self._waiting:
            return None
        subject = self._waiting.pop(0)
        self._shown[subject] = self._newest[subject]
        return self._newest[subject]

    def follow(self, stage: Stage) -> None:
        """Keep back what the room of another wall has not heard, in that wall's order."""
        for subject in tuple(self._waiting):
            if stage.has_told(self._newest[subject]):
                self._waiting.remove(subject)
                self._shown[subject] = self._newest[subject]
        for subject, now in self._newest.items():
            unheard = subject not in stage.told and subject not in self._waiting
            if unheard and now.status in HEARD:
                self._waiting.append(subject)
                self._shown.pop(subject, None)
        rank = {subject: at for at, subject in enumerate(stage.waiting)}
        self._waiting.sort(key=lambda subject: rank.get(subject, len(rank)))

    def staged(self, standing: Standing) -> Standing:
        """Return `standing` as the room may know it."""
        if not self._waiting:
            return standing
        hidden = set(self._waiting)
        councils = tuple(self._known(it, hidden, _undeclared) for it in standing.councils)
        apart = tuple(self._known(it, hidden, _undeclared) for it in standing.ni_councils)
        return replace(
            standing,
            councils=councils,
            ni_councils=apart,
            contests=tuple(
                self._known(it, hidden, _undeclared_contest) for it in standing.contests
            ),
            declared=sum(it.status == "declared" for it in councils),
            rushed=sum(it.status == "rush" for it in councils),
            counting=sum(it.status == "counting" for it in councils),
            scoreboard=_board(standing, standing.scoreboard, councils),
            ni_scoreboard=_board(standing, standing.ni_scoreboard, apart)
            if standing.ni_councils
            else standing.ni_scoreboard,
        )

    def _known(self, now: _D, hidden: set[Subject], undeclared: Callable[[_D], _D]) -> _D:
        if now.id not in hidden:
            return now
        shown = self._shown.get(now.id)
        return shown if isinstance(shown, type(now)) else undeclared(now)


def _is_news(shown: Declaration | None, now: Declaration) -> bool:
    """Whether a room learns who controls a council; figures alone that follow do not wait."""
    return shown is None or shown.status not in HEARD or winner_of(shown) != winner_of(now)


def _undeclared(council: CouncilStanding) -> CouncilStanding:
    return replace(
        council,
        status="expected", after=None, outcome=None, revision=0, corrected=False, seats=(),
        declared_at=None, declared_order=None, entry=None, history=(), wards=(), wards_in=0,
    )  # fmt: skip


def _undeclared_contest(contest: ContestStanding) -> ContestStanding:
    nominated = tuple((name, party, None, False) for name, party, _, _ in contest.candidates)
    return replace(
        contest,
        status="expected", stage="nominations", winner=None, winner_name=None, outcome=None,
        revision=0, corrected=False, declared_at=None, turnout=None, majority=None, recount=None,
        entry=None, history=(), candidates=nominated,
    )  # fmt: skip


def _board(
    standing: Standing, board: Scoreboard, councils: Iterable[CouncilStanding]
) -> Scoreboard:
    done = [it for it in councils if it.status == "declared"]
    shares = [share_of(it) for it in done]
    resized = sum(it.size_before is not None and not it.stands_apart for it in done)
    made = scoreboard(shares, [row.party for row in board.rows], standing.party_names)
    kept = {row.party for row in board.rows}
    rows = tuple(row for row in made.rows if row.party in kept)
    return replace(made, rows=rows, changed_size=resized)
