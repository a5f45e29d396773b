"""The map: every council a tile, what the letters mean, and the last declarations beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from feed.clock import hh_mm
from feed.english import counted, number
from feed.model.parties import NOC, agency_order, party_of
from feed.model.standing import CouncilStanding
from tui.colours.party_colours import letter
from tui.control_grid.cells import Marks
from tui.control_grid.tile_map import LOW_SIZES, SIZES, TileMap, tile_map
from tui.control_grid.tiles import Tiles, tile_line
from tui.projector.canvas import Canvas
from tui.projector.letters import SMALL, big, big_width
from tui.projector.scene import (
    Scene,
    as_owner,
    declared_newest_first,
    headline_name,
    kind_words,
)
from tui.text.short_names import short_name
from tui.text.terminal_text import width as cells_of

_BESIDE, _BESIDE_ROOMY, _BESIDE_AT_LEAST = 17, 36, 8
"""Cells for what stands beside the map, on a wall of 180 columns and more, and at the least."""
_LEAST_PARTY = 4
"""Letters of a party's name that say more than its code alone."""
_UNDER = 7
"""Rows for what stands under the map."""


def map_fits(width: int, height: int, scene: Scene) -> bool:
    """Whether there is a map to draw and a size of it that fits."""
    return bool(scene.councils) and _chosen(width, height, scene) is not None


def draw_map(canvas: Canvas, top: int, height: int, scene: Scene) -> None:
    """Draw the map, and beside or under it the legend and what came last."""
    found = _chosen(canvas.width, height, scene)
    if found is None:
        return
    grid, beside = found
    councils = {council.id: council for council in scene.councils}
    marks = Marks(fresh=scene.fresh, watched=scene.watched)
    tiles = Tiles(grid, councils, marks, scene.chosen)
    if beside:
        left = max(1, (canvas.width - grid.width - _panel(canvas.width, grid)) // 3)
        y = top + max(0, (height - grid.height) // 2)
    else:
        left = max(0, (canvas.width - grid.width) // 2)
        y = top
    for row in range(grid.height):
        canvas.line(left, y + row, tile_line(tiles, row, canvas.look))
    if beside:
        x = left + grid.width + 2
        _beside(canvas, x, top, height, scene, grid.size.wide)
    else:
        _under(canvas, top + grid.height, height - grid.height, scene)


def _panel(width: int, grid: TileMap) -> int:
    return min(48, width - grid.width - 3)


def _chosen(width: int, height: int, scene: Scene) -> tuple[TileMap, bool] | None:
    """Return the larger of a map with its legend beside it and one with it below."""
    places = tuple(council.id for council in scene.councils)
    on = scene.standing.date
    panel = _BESIDE_ROOMY if width >= 180 else _BESIDE
    beside = tile_map(places, on, width - panel - 3, height, SIZES[:-1])
    under = tile_map(places, on, width - 2, height - _UNDER, SIZES[:-1])
    if beside is not None and (under is None or _area(under) <= _area(beside) * 1.3):
        return beside, True
    if under is not None:
        return under, False
    low = tile_map(places, on, width - _BESIDE_AT_LEAST - 2, height, LOW_SIZES)
    return None if low is None else (low, True)


def _area(grid: TileMap) -> int:
    return grid.size.wide * grid.size.high


def _legend(scene: Scene) -> list[tuple[str, CouncilStanding | None, int, int]]:
    """Return the party's letter, one of its councils, its councils and its gains; most first."""
    done = [it for it in scene.councils if it.status == "declared" and it.after is not None]
    counts = Counter(it.after for it in done if it.after is not None)
    gains = Counter(it.after for it in done if it.changed_hands)
    order = agency_order(counts, scene.standing.party_names)
    order.sort(key=lambda party: (party == NOC, -counts[party]))
    return [
        (
            letter(party, scene.standing.party_names),
            next(it for it in done if it.after == party),
            counts[party],
            gains[party],
        )
        for party in order
    ]


def _beside(  # noqa: PLR0913, PLR0917
    canvas: Canvas, x: int, top: int, height: int, scene: Scene, wide: int
) -> None:
    y, room = top, canvas.width - x - 1
    done, up = scene.standing.progress
    strong, dim = (
        canvas.look.style(canvas.look.strong, bold=True),
        canvas.look.style(canvas.look.dim),
    )
    if height >= 16 and room >= 24:
        figure = number(done)
        drawn = big(figure, SMALL)
        canvas.block(x, y, drawn, strong)
        at = x + big_width(figure, SMALL) + 2
        canvas.words(at, y + 1, f"of {up}" if up else "", strong)
        canvas.words(at, y + 2, "declared", dim)
        y += 4
    else:
        of = " of " if room >= 10 else "/"
        canvas.words(x, y, f"{number(done)}{of}{up}" if up else number(done), strong)
        canvas.words(x, y + 1, "declared" if room >= 8 else "in", dim)
        y += 2 + (height >= 16)
    news = declared_newest_first(scene.standing)[:3]
    rows = _news_rows(room, height)
    legend = _legend(scene)
    free = height - (y - top) - (rows * len(news) + 2 if rows else 0) - 3
    for code, council, count, gained in legend[: max(3, free)]:
        _legend_line(canvas, x, y, room, (code, council, count, gained), scene)
        y += 1
    left = len(legend) - max(3, free)
    if left > 0:
        canvas.words(x, y, f"and {counted(left, 'party', 'parties')} more", dim)
        y += 1
    for said in _signs(room, underlined=wide == 1):
        if y < top + height - (rows * len(news) + 1 if rows else 0):
            canvas.words(x, y, said, dim)
            y += 1
    if rows and news:
        y = max(y + 1, top + height - rows * len(news))
        for council in news:
            if y + rows - 1 > top + height:
                break
            _news(canvas, x, y, room, council, scene)
            y += rows


def _signs(room: int, *, underlined: bool) -> Sequence[str]:
    changed = "underlined: changed hands" if underlined else "▲ changed hands"
    if room >= len(changed) + 12:
        return (f"{changed}   · to come",)
    if room >= len(changed):
        return (changed, "· to come")
    return ()


def _news_rows(room: int, height: int) -> int:
    """Return the rows of one of the last declarations; none where there is no room for them."""
    if height < 14 or room < 18:
        return 0
    return 3 if height >= 22 else 2


def _legend_line(  # noqa: PLR0913, PLR0917
    canvas: Canvas,
    x: int,
    y: int,
    room: int,
    item: tuple[str, CouncilStanding | None, int, int],
    scene: Scene,
) -> None:
    code, council, count, gained = item
    party = None if council is None else council.after
    canvas.put(x, y, f" {code:<2}", canvas.look.party_style(party, bold=True))
    said = headline_name(party, scene.standing.party_names)
    tail = f"{count}"
    end = x + min(room, 34)
    gain = f" ▲{gained}" if gained else ""
    wide = 6 if room >= 24 else 0
    if party is not None and cells_of(said) > end - x - 5 - len(tail) - wide:
        said = party_of(party, scene.standing.party_names).label
    left = end - x - 5 - len(tail) - wide
    if left >= min(cells_of(said), _LEAST_PARTY):
        canvas.words(x + 4, y, said, canvas.look.style(canvas.look.text), left)
    canvas.right(end - wide, y, tail, canvas.look.style(canvas.look.strong, bold=True))
    if wide:
        canvas.put(end - wide, y, gain, canvas.look.style(canvas.look.dim))


def _news(  # noqa: PLR0913, PLR0917
    canvas: Canvas, x: int, y: int, room: int, council: CouncilStanding, scene: Scene
) -> None:
    fill = canvas.look.party_style(council.after or NOC, bold=True)
    canvas.fill(x, y, 2, 2, fill)
    strong, names = canvas.look.style(canvas.look.strong, bold=True), scene.standing.party_names
    canvas.words(x + 3, y, short_name(council.name, room - 3), strong)
    at = council.declared_at
    time = "" if at is None else f"{hh_mm(at, estimated=council.declared_at_estimated)} "
    kind, code = kind_words(council, names), ""
    if council.after is not None:
        code = party_of(council.after, names).label
        code = kind.replace(headline_name(council.after, names), code)
    words = [f"{time}{kind}", f"{time}{code}", code]
    if council.changed_hands:
        words.insert(0, f"{time}{kind} from {as_owner(council.before, names)}")
    said = next((it for it in words if cells_of(it) <= room - 3), code)
    canvas.words(x + 3, y + 1, said, canvas.look.style(canvas.look.text), room - 3)


def _under(canvas: Canvas, top: int, height: int, scene: Scene) -> None:
    """Write legend and news side by side under the map."""
    legend = _legend(scene)
    rows = max(3, min(height - 1, 6))
    x, y = 2, top + 1
    for at, item in enumerate(legend):
        column, row = divmod(at, rows)
        if x + column * 30 + 28 > canvas.width * 0.6:
            break
        _legend_line(canvas, x + column * 30, y + row, 28, item, scene)
    columns = min((len(legend) + rows - 1) // rows, int(canvas.width * 0.6) // 30)
    x = 2 + max(1, columns) * 30 + 2
    canvas.words(x, y + rows, "", canvas.look.style(canvas.look.dim))
    news = declared_newest_first(scene.standing)[:3]
    for at, council in enumerate(news):
        if 2 * at + 1 < height - 1:
            _news(canvas, x, y + 2 * at, canvas.width - x - 2, council, scene)
