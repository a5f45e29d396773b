"""The regions: blocks where they lie, how far each is, who leads by councils and by net."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from types import MappingProxyType

from textual.geometry import Region

from feed.english import number
from feed.model.parties import NOC, PartyId, agency_order, party_of
from feed.model.standing import CouncilStanding
from tui.projector.canvas import BarPart, Canvas, stacked_bar
from tui.projector.letters import HUGE, SMALL, big, big_width
from tui.projector.scene import Scene, headline_name
from tui.text.terminal_text import signed
from tui.text.terminal_text import width as cells_of

_PLACES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "Scotland": (1, -1), "North West": (0, 0), "North East": (1, 0),
        "Yorkshire and The Humber": (2, 0), "Wales": (-1, 1), "West Midlands": (0, 1),
        "East Midlands": (1, 1), "East of England": (2, 1), "South West": (0, 2),
        "South East": (1, 2), "London": (2, 2),
    }
)  # fmt: skip
"""Column and row of each region, as they lie."""
_SHORT: Mapping[str, str] = MappingProxyType(
    {
        "Yorkshire and The Humber": "Yorkshire", "West Midlands": "W Midlands",
        "East Midlands": "E Midlands", "East of England": "East",
    }
)  # fmt: skip


def by_region(scene: Scene) -> dict[str, list[CouncilStanding]]:
    """Return the councils of each region that has any."""
    found: defaultdict[str, list[CouncilStanding]] = defaultdict(list)
    for council in scene.councils:
        found[council.region or "Region not known"].append(council)
    return dict(found)


def draw_regions(canvas: Canvas, top: int, height: int, scene: Scene) -> None:
    """Draw a block a region, those of England in three rows of three."""
    regions = by_region(scene)
    if not regions:
        return
    spots = _spots(regions)
    columns = sorted({x for x, _ in spots.values()})
    rows = sorted({y for _, y in spots.values()})
    wide, high = (canvas.width - 2) // len(columns), height // len(rows)
    for name, (column, row) in spots.items():
        x, y = 1 + columns.index(column) * wide, top + rows.index(row) * high
        _region(canvas, x, y, wide - 1, high - (high > 4), name, regions[name], scene)


def _spots(regions: Mapping[str, list[CouncilStanding]]) -> dict[str, tuple[int, int]]:
    """Return where each region's block stands; those that no map knows stand below."""
    spots = {name: _PLACES[name] for name in regions if name in _PLACES}
    below = max((y for _, y in spots.values()), default=-1) + 1
    others = [name for name in regions if name not in _PLACES]
    return spots | {name: (at % 3, below + at // 3) for at, name in enumerate(others)}


def _region(  # noqa: PLR0913, PLR0917
    canvas: Canvas,
    x: int,
    y: int,
    wide: int,
    high: int,
    name: str,
    councils: list[CouncilStanding],
    scene: Scene,
) -> None:
    done = [it for it in councils if it.status == "declared"]
    ground, dim = (
        canvas.look.style(canvas.look.strong, canvas.look.bar, bold=True),
        canvas.look.style(canvas.look.dim, canvas.look.bar),
    )
    canvas.fill(x, y, wide, high, ground)
    count = f"{len(done)} of {len(councils)}" if wide >= 26 else f"{len(done)}/{len(councils)}"
    if cells_of(name) + cells_of(count) + 3 > wide:
        name = _SHORT.get(name, name)
    canvas.right(x + wide - 1, y, count, dim)
    canvas.words(x + 1, y, name, ground, wide - cells_of(count) - 3)
    held = Counter(it.after for it in done if it.after is not None)
    order = sorted(agency_order(held, {}), key=lambda party: (party == NOC, -held[party]))
    bar = 1 if high < 9 else 2
    if high > 2:
        area = Region(x + 1, y + 1, wide - 2, bar)
        canvas.track(*area)
        parts = [BarPart(held[party], party, (str(held[party]),)) for party in order]
        stacked_bar(canvas, area, parts, len(councils))
    row = y + 1 + bar + (1 if high >= 7 else 0)
    left = y + high - row
    if not done or left < 1:
        if left >= 1:
            canvas.words(x + 1, row, "none declared yet", dim, wide - 2)
        return
    _leaders(canvas, x + 1, row, wide - 2, left, held, order, done, scene)


def _leaders(  # noqa: PLR0913, PLR0917
    canvas: Canvas,
    x: int,
    y: int,
    room: int,
    rows: int,
    held: Mapping[PartyId, int],
    order: list[PartyId],
    done: list[CouncilStanding],
    scene: Scene,
) -> None:
    """Write who has most councils, large where there is room, and who has gained most."""
    names = scene.standing.party_names
    net = Counter[PartyId]()
    for council in done:
        if council.changed_hands and council.before is not None and council.after is not None:
            net[council.after] += 1
            net[council.before] -= 1
    leader = next((party for party in order if party != NOC), NOC)
    first = headline_name(leader, names)
    count = number(held.get(leader, 0))
    strong, dim = (
        canvas.look.style(canvas.look.strong, canvas.look.bar, bold=True),
        canvas.look.style(canvas.look.dim, canvas.look.bar),
    )
    face = HUGE if rows >= 10 and room >= 60 else SMALL
    if rows >= 4 and room >= big_width(count, face) + 18:
        drawn = big(count, face)
        canvas.block(x, y, drawn, canvas.look.style(canvas.look.strong, canvas.look.bar, bold=True))
        at = x + len(drawn[0]) + 2
        canvas.words(at, y + 1, first.upper(), strong, x + room - at)
        canvas.words(at, y + 2, "most councils", dim, x + room - at)
        used = face.rows + (rows > 5)
        y, rows = y + used, rows - used
    else:
        canvas.words(x, y, f"{first} {count}", strong, room)
        y, rows = y + 1, rows - 1
    gains = [(party, amount) for party, amount in net.items() if amount > 0]
    if rows < 1:
        return
    if not gains:
        canvas.words(x, y, "no party is up", dim, room)
        return
    party, amount = max(gains, key=lambda pair: (pair[1], pair[0] != NOC))
    good = canvas.look.style(canvas.look.good, canvas.look.bar, bold=True)
    canvas.words(x, y, _net(party, amount, room, scene), good, room)
    losses = [(each, count_) for each, count_ in net.items() if count_ < 0]
    if losses and rows > 1:
        lost, by = min(losses, key=lambda pair: pair[1])
        bad = canvas.look.style(canvas.look.bad, canvas.look.bar, bold=True)
        canvas.words(x, y + 1, _net(lost, by, room, scene), bad, room)


def _net(party: PartyId, amount: int, room: int, scene: Scene) -> str:
    names = scene.standing.party_names
    said = f"{signed(amount)} {headline_name(party, names)}"
    short = f"{signed(amount)} {party_of(party, names).label}"
    return said if cells_of(said) <= room else short
