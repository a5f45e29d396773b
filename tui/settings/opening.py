"""How the desk is to look when it opens, as the options say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from feed.model.terms import HouseStyle
from feed.reports.alerts import AlertRules, QuietHours
from tui.control_grid.order import DensityChoice, Group, Sort
from tui.settings.options import BoardSort, Options, ViewName
from tui.settings.remembered import Memory


@dataclass(frozen=True, slots=True)
class Opening:
    """How the desk is to look when it opens, and what it does by itself."""

    style: HouseStyle = "bbc"
    theme: str | None = None
    view: ViewName = "desk"
    group: Group = "none"
    sort: Sort = "name"
    density: DensityChoice = "auto"
    board_sort: BoardSort = "agency"
    late_after: float = 30.0
    """Minutes after its expected time from which a council is late."""
    cycle: float | None = None
    """Seconds after which the projector turns its page; by hand otherwise."""
    keys: Mapping[str, Sequence[str]] = field(default_factory=lambda: MappingProxyType({}))
    """Commands on other keys than usual, by id."""
    watch: tuple[str, ...] = ()
    """Names of the councils to watch."""
    bell: bool = False
    notify: bool = False
    rules: AlertRules = field(default_factory=AlertRules)
    memory: Memory | None = None
    """Where changes made with a key are kept; nowhere otherwise."""


def opening_of(options: Options) -> Opening:
    """Give the opening that the options say, and keep what is changed with a key."""
    quiet = None if options.quiet_hours is None else QuietHours.parse(options.quiet_hours)
    return Opening(
        style=options.style,
        theme=options.theme,
        view=options.view,
        group=options.group,
        sort=options.sort,
        density=options.density,
        board_sort=options.board_sort,
        late_after=options.late_after,
        cycle=options.cycle,
        keys=options.keys,
        watch=options.watch,
        bell=options.bell,
        notify=options.notify,
        rules=AlertRules(changes=options.alert_changes, net=options.alert_net, quiet=quiet),
        memory=Memory(),
    )
