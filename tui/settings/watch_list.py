"""The councils that a reader wants to watch, by the names that they were written down under."""

from __future__ import annotations

from collections.abc import Iterable

from feed.councils.register import built_in
from feed.councils.spelling import name_key
from feed.model.entries import PlaceId
from feed.model.standing import Standing


class WatchList:
    """Names that wait for their council: a roster may come later than the config is read."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.missing = tuple(names)
        """Names that no council of the night goes by yet."""

    def take(self, standing: Standing) -> frozenset[PlaceId]:
        """Return the councils of `standing` that were waited for; they wait no longer."""
        if not self.missing or not (standing.councils or standing.ni_councils):
            return frozenset()
        places = {c.id: c.id for c in standing.all_councils}
        by_key = {name_key(c.name): c.id for c in standing.all_councils}
        found: set[PlaceId] = set()
        missing = []
        for name in self.missing:
            place = by_key.get(name_key(name)) or places.get(_known(name))
            if place is None:
                missing.append(name)
            else:
                found.add(place)
        self.missing = tuple(missing)
        return frozenset(found)

    def complaint(self) -> str:
        """Say which names mean no council of the night, and what comes near."""
        said = []
        for name in self.missing:
            near = built_in().find(name).nearest
            said.append(f"{name} (near: {', '.join(near)})" if near else name)
        return f"Not on tonight's list, so not watched: {'; '.join(said)}" if said else ""

    def names(self, watched: Iterable[PlaceId], standing: Standing) -> tuple[str, ...]:
        """Return the names to write down: those watched now, and those still waited for."""
        councils = [council for place in watched if (council := standing.council(place))]
        return (*sorted(council.name for council in councils), *self.missing)


def _known(name: str) -> PlaceId:
    known = built_in().find(name).known
    return PlaceId("") if known is None else known.id
