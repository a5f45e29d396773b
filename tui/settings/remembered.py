"""What the desk keeps by itself from one night to the next, apart from the user's config."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import tempfile
from pathlib import Path
from typing import Any

from platformdirs import user_state_path

from tui.settings.options import REMEMBERED

_logger = logging.getLogger(__name__)


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
            self._write({**self.all(), name: value})
        except OSError as error:
            _logger.warning("%s is not remembered: %s", name, error)

    def _write(self, said: dict[str, object]) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=".remembered-", dir=self.path.parent)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(said, file, ensure_ascii=False, indent=1)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(self.path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise


def _valid(name: str, value: object) -> bool:
    from tui.settings.checked import OptionRefused, checked  # noqa: PLC0415  # imports pydantic

    try:
        checked({name: value})
    except OptionRefused:
        return False
    return True
