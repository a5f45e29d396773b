"""Which file system a folder lies on: network shares give no notice of changes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

_MOUNTS: Final = Path("/proc/self/mountinfo")
_OCTAL: Final = re.compile(rb"\\([0-7]{3})")
_NETWORK: Final = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "9p",
        "afs",
        "ceph",
        "glusterfs",
        "lustre",
        "vboxsf",
        "fuse",
    }
)


def network_file_system(folder: Path, mounts: Path = _MOUNTS) -> str | None:
    """Name the network file system that a folder lies on; none for a local or unknown one."""
    try:
        table = mounts.read_bytes()
        path = bytes(folder.resolve())
    except OSError:
        return None
    kind = _kind_at(path.rstrip(b"/") + b"/", table).decode("ascii", "replace")
    return kind if kind in _NETWORK or kind.startswith("fuse.") else None


def _kind_at(path: bytes, table: bytes) -> bytes:
    best, kind = b"", b""
    for line in table.splitlines():
        before, _, after = line.partition(b" - ")
        place, system = before.split(b" ")[4:5], after.split(b" ")[0]
        point = _OCTAL.sub(lambda found: bytes([int(found[1], 8) & 0xFF]), b"".join(place))
        base = point.rstrip(b"/") + b"/"
        if path.startswith(base) and len(base) >= len(best):
            best, kind = base, system
    return kind
