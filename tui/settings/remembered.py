"""What the desk keeps by itself from one night to the next: choices, and watched councils."""

from __future__ import annotations

import contextlib
import json
import logging
import os
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from platformdirs import user_state_path

from feed.private_folder import make_private_folder
from feed.records import record
from tui.settings.options import REMEMBERED

if TYPE_CHECKING:
    from feed.model.entries import PlaceId
    from feed.model.standing import Standing

_logger = logging.getLogger(__name__)
_MOST_NIGHTS = 100


class Memory:
    """A small file of options that were changed with a key; never the user's own config."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or user_state_path("nightdesk") / "remembered.json"

    def all(self) -> dict[str, Any]:
        """Return what is remembered; what cannot be read or is no longer valid is forgotten."""
        try:
            said = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(said, dict):
            return {}
        return {
            name: said[name] for name in REMEMBERED if name in said and _valid(name, said[name])
        }

    def keep(self, name: str, value: object) -> None:
        """Remember one option; a folder that cannot be written is a line in the log."""
        try:
            _write_whole(self.path, {**self.all(), name: value})
        except OSError as error:
            _logger.warning("%s is not remembered: %s", name, error)


def nights_beside(memory: Path) -> Path:
    """Return the file of what was seen of each night, beside the one of the options."""
    return memory.with_name("nights.json")


@record(frozen=True, slots=True)
class NightRemembered:
    """What is remembered of a watched feed."""

    acknowledged: frozenset[str] = frozenset()
    """Trouble and problems that somebody has acknowledged."""
    looked_at: datetime | None = None
    """When somebody was last at the keys, aware."""


class NightMemory:
    """A small file of what somebody has seen of each feed; the oldest ones are forgotten."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or nights_beside(Memory().path)

    def of(self, source: str) -> NightRemembered:
        """Return what is remembered of a feed; what cannot be read is forgotten."""
        return self._all().get(_named(source), NightRemembered())

    def keep(
        self,
        source: str,
        *,
        acknowledged: frozenset[str] | None = None,
        looked_at: datetime | None = None,
    ) -> None:
        """Remember what is new of a feed; a folder that cannot be written is a line in the log."""
        nights = self._all()
        night = nights.pop(_named(source), NightRemembered())
        if acknowledged is not None:
            night = replace(night, acknowledged=acknowledged)
        if looked_at is not None:
            night = replace(night, looked_at=looked_at)
        nights[_named(source)] = night
        said: dict[str, object] = {
            name: {
                "acknowledged": sorted(each.acknowledged),
                "looked_at": each.looked_at.isoformat() if each.looked_at else None,
            }
            for name, each in [*nights.items()][-_MOST_NIGHTS:]
        }
        try:
            _write_whole(self.path, said)
        except OSError as error:
            _logger.warning("what was seen of %s is not remembered: %s", source, error)

    def _all(self) -> dict[str, NightRemembered]:
        try:
            said = json.loads(self.path.read_text(encoding="utf-8"))
            return {str(name): _night_of(each) for name, each in said.items()}
        except (OSError, ValueError, RecursionError, TypeError, AttributeError, KeyError):
            return {}


def _named(source: str) -> str:
    """Return a feed's address or the whole path of its folder, however it was typed."""
    return source if "://" in source else os.path.realpath(source)


def _night_of(said: dict[str, Any]) -> NightRemembered:
    keys, looked_at = said["acknowledged"], said["looked_at"]
    if not isinstance(keys, list):
        raise TypeError
    moment = None if looked_at is None else datetime.fromisoformat(looked_at)
    if moment is not None and moment.tzinfo is None:
        raise ValueError
    return NightRemembered(frozenset(map(str, keys)), moment)


def _write_whole(path: Path, said: dict[str, Any]) -> None:
    """Put a whole file in another one's place, for the owner alone."""
    make_private_folder(path.parent)
    from tempfile import mkstemp  # noqa: PLC0415  # most starts write nothing

    descriptor, name = mkstemp(prefix=f".{path.stem}-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(said, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _valid(name: str, value: object) -> bool:
    from tui.settings.checked import OptionRefused, checked  # noqa: PLC0415  # most say nothing

    try:
        checked({name: value})
    except OptionRefused:
        return False
    return True


class WatchList:
    """Names that wait for their council: a roster may come later than the config is read."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.missing = tuple(names)
        """Names that no council of the night goes by yet."""

    def take(self, standing: Standing) -> frozenset[PlaceId]:
        """Return the councils of `standing` that were waited for; they wait no longer."""
        if not self.missing or not (standing.councils or standing.ni_councils):
            return frozenset()
        from feed.councils.register import built_in  # noqa: PLC0415  # not before the first frame
        from feed.councils.spelling import name_key  # noqa: PLC0415

        places = {c.id: c.id for c in standing.all_councils}
        by_key = {name_key(c.name): c.id for c in standing.all_councils}
        found: set[PlaceId] = set()
        missing = []
        for name in self.missing:
            known = built_in().find(name).known
            place = by_key.get(name_key(name)) or (places.get(known.id) if known else None)
            if place is None:
                missing.append(name)
            else:
                found.add(place)
        self.missing = tuple(missing)
        return frozenset(found)

    def complaint(self) -> str:
        """Return which names mean no council of the night, and what comes near."""
        from feed.councils.register import built_in  # noqa: PLC0415

        said = []
        for name in self.missing:
            near = built_in().nearest(name)
            said.append(f"{name} (near: {', '.join(near)})" if near else name)
        return f"Not on tonight's list, so not watched: {'; '.join(said)}" if said else ""

    def names(self, watched: Iterable[PlaceId], standing: Standing) -> tuple[str, ...]:
        """Return the names to write down: those watched now, and those still waited for."""
        councils = [council for place in watched if (council := standing.council(place))]
        return (*sorted(council.name for council in councils), *self.missing)
