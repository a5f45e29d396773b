"""Declarations that wait for the presenter, and the standing without them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType

from feed.model.entries import PlaceId
from feed.model.standing import CouncilStanding, Scoreboard, Standing
from feed.model.terms import Baseline
from feed.rules.scoreboard import Tally, scoreboard, seats_only

_SHOWN = frozenset({"declared", "rush"})


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
        self._shown = {it.id: it for it in standing.all_councils}
        self._steps = standing.steps
        self._waiting: list[PlaceId] = []
        self._newest: dict[PlaceId, CouncilStanding] = dict(self._shown)

    @property
    def waiting(self) -> tuple[PlaceId, ...]:
        """The councils that wait, the first to be revealed first."""
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
        self._newest = {it.id: it for it in standing.all_councils}
        if afresh:
            self._shown, self._waiting = dict(self._newest), []
            return
        fresh = []
        for place, council in self._newest.items():
            shown = self._shown.get(place)
            if place in self._waiting or shown is council:
                continue
            if council.status in _SHOWN and _is_news(shown, council):
                fresh.append(council)
            else:
                self._shown[place] = council
        fresh.sort(key=lambda it: (it.entry or 0, it.name))
        self._waiting += [it.id for it in fresh]
        withdrawn = [at for at in self._waiting if self._newest[at].status not in _SHOWN]
        for place in withdrawn:
            self._waiting.remove(place)
            self._shown[place] = self._newest[place]

    def reveal(self) -> CouncilStanding | None:
        """Show the next declaration; None where none waits."""
        if not self._waiting:
            return None
        place = self._waiting.pop(0)
        self._shown[place] = self._newest[place]
        return self._newest[place]

    def staged(self, standing: Standing) -> Standing:
        """Return `standing` as the room may know it."""
        if not self._waiting:
            return standing
        hidden = set(self._waiting)
        councils = tuple(self._known(it, hidden) for it in standing.councils)
        apart = tuple(self._known(it, hidden) for it in standing.ni_councils)
        return replace(
            standing,
            councils=councils,
            ni_councils=apart,
            declared=sum(it.status == "declared" for it in councils),
            rushed=sum(it.status == "rush" for it in councils),
            counting=sum(it.status == "counting" for it in councils),
            scoreboard=_board(standing, standing.scoreboard, councils),
            ni_scoreboard=_board(standing, standing.ni_scoreboard, apart)
            if standing.ni_councils
            else standing.ni_scoreboard,
        )

    def _known(self, council: CouncilStanding, hidden: set[PlaceId]) -> CouncilStanding:
        if council.id not in hidden:
            return council
        return self._shown.get(council.id) or _undeclared(council)


def _is_news(shown: CouncilStanding | None, now: CouncilStanding) -> bool:
    """Whether a room learns who controls a council; figures alone that follow do not wait."""
    return shown is None or shown.status not in _SHOWN or shown.after != now.after


def _undeclared(council: CouncilStanding) -> CouncilStanding:
    return replace(
        council,
        status="expected", after=None, outcome=None, revision=0, corrected=False, seats=(),
        declared_at=None, declared_order=None, entry=None, history=(), wards=(), wards_in=0,
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
