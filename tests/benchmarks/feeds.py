"""Feeds of real kinds: wards, results, corrections, news, and the agency's XML."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from itertools import count, islice
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from feed.model.arrival import Arrival
from tests.feed.builders import minutes
from tests.tui.terminal import ROOT

WARDS = ROOT / "sample_feeds/england-2019-wards"
NIGHT = ROOT / "sample_feeds/england-2019"


@cache
def real_messages() -> tuple[dict[str, Any], ...]:
    """Return every message of the ward night, roster first, by time."""
    lines = [
        line
        for path in sorted(WARDS.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    messages = [json.loads(line) for line in lines]
    return tuple(sorted(messages, key=lambda it: (it["kind"] != "roster", it.get("at", ""))))


def messages() -> Iterator[dict[str, Any]]:
    """Yield messages without end: the ward night, then its corrections, with news between them."""
    yield from real_messages()
    results = [message for message in real_messages() if message["kind"] in _CORRECTED]
    numbers = count()
    for revision in count(2):
        for message in results:
            if next(numbers) % 20 == 0:
                yield {"kind": "news", "text": f"{revision}: {message['council']} is looked at."}
            yield {**message, "revision": revision}


_CORRECTED = {"result", "ward_result"}


def texts(files: int) -> Iterator[bytes]:
    """Yield the bytes of so many files of one message each."""
    for message in islice(messages(), files):
        yield json.dumps(message, ensure_ascii=False).encode()


def fill(folder: Path, files: int) -> Path:
    """Write one file for each of so many messages."""
    folder.mkdir(parents=True)
    for number, text in enumerate(texts(files)):
        (folder / f"{number:06}.json").write_bytes(text)
    return folder


def real_arrivals(number: int) -> list[Arrival]:
    """Return so many files as they arrive."""
    return [Arrival(f"{n:06}.json", text, minutes(n / 60)) for n, text in enumerate(texts(number))]


def agency_files(folder: Path) -> list[Path]:
    """Write the rehearsal in the agency's XML; return its files, but for the one that is cut off."""
    script = ROOT / "sample_feeds/make_rehearsal.py"
    subprocess.run([sys.executable, str(script), str(folder)], check=True)
    return [path for path in sorted(folder.rglob("*.xml")) if _is_whole(path)]


def _is_whole(path: Path) -> bool:
    try:
        ET.parse(path)  # noqa: S314  # made by our own script
    except ET.ParseError:
        return False
    return True
