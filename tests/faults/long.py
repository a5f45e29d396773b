"""The long run: many seeds, many kills, many files dropped while the program sleeps.

`python tests/faults/long.py --seeds 50 --kills 50 --stopped 20000` prints an account of each.
"""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.faults.account import Account
from tests.faults.nights import a_night, killed, stopped


def main() -> int:
    """Run it all; give 1 when any account does not balance."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seeds", type=int, default=10, help="nights of producers of every manner")
    asked.add_argument("--kills", type=int, default=10, help="kill -9 at random points, restarted")
    asked.add_argument("--stopped", type=int, default=5_000, help="files dropped while it sleeps")
    asked.add_argument("--turns", type=int, default=400, help="turns of producers in each night")
    asked.add_argument("--first", type=int, default=100, help="the first seed")
    wanted = asked.parse_args()
    logging.disable(logging.CRITICAL)
    bad = 0
    with TemporaryDirectory(prefix="nightdesk-faults-") as place:
        root = Path(place)
        if wanted.seeds:
            bad += _nights(root, wanted.first, wanted.seeds, wanted.turns)
        if wanted.kills:
            (root / "killed").mkdir()
            began = monotonic()
            account = killed(root / "killed", wanted.first, wanted.kills, 60)
            print(f"kill -9, {wanted.kills} times, in {monotonic() - began:.0f} s: {account}")
            bad += bool(account.faults)
        if wanted.stopped:
            (root / "stopped").mkdir()
            night = stopped(root / "stopped", wanted.stopped)
            print(
                f"stopped, {wanted.stopped:,} files, woken: all recorded after {night.seconds:.1f} s; "
                f"{night.found_by_scan:,} found by the scan: {night.account}"
            )
            bad += bool(night.account.faults)
    return 1 if bad else 0


def _nights(root: Path, first: int, seeds: int, turns: int) -> int:
    accounts: list[Account] = []
    bad = 0
    for seed in range(first, first + seeds):
        place = root / f"night-{seed}"
        place.mkdir()
        account = a_night(place, seed, turns)
        accounts.append(account)
        if account.faults:
            bad += 1
            print(f"seed {seed}: {account}")
    dropped = sum(account.dropped for account in accounts)
    recorded = sum(account.accepted + account.rejected + account.repeated for account in accounts)
    halves = sum(account.halves for account in accounts)
    print(
        f"{seeds} nights: {dropped:,} files dropped, {recorded:,} in the recordings once each, "
        f"{halves:,} halves rejected and made good; {bad} nights with a fault"
    )
    return bad


if __name__ == "__main__":
    sys.exit(main())
