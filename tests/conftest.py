"""What holds for every test: no animations, and nobody's own folders are touched."""

import gc
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

os.environ["TEXTUAL_ANIMATIONS"] = "none"
os.environ.pop("NO_COLOR", None)
# Tests start the program a few hundred times, which would else compile itself each time.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# As the program itself does: collecting garbage less often makes the suite a quarter faster.
gc.set_threshold(50_000, 20, 20)

_COUNT = count()


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give each test folders of its own for configuration, recordings and logs."""
    # Named, not made: most tests need none, and numbered folders are slow by the thousand.
    home: Path = tmp_path_factory.getbasetemp() / f"home-{next(_COUNT)}"
    kept = {name: os.environ.get(name) for name in _HOMES}
    os.environ.update({name: str(home / name.lower()) for name in _HOMES})
    yield
    for name, value in kept.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


_HOMES = ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")
