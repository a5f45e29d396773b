"""Every goal of speed beside what it is set against: `python -m tests.benchmarks [--only P16]`."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Mapping
from importlib.metadata import version

from tests.benchmarks import keys, panes, reading, running, starting, watching
from tests.benchmarks.figures import FULL, TINY, Benchmark, Figure, as_json, as_table

BENCHMARKS: Mapping[str, tuple[Benchmark, ...]] = {
    "P1 P2": (watching.heard,),
    "P3": (watching.seen,),
    "P4": (watching.burst,),
    "P5": (reading.summaries,),
    "P6": (reading.growth,),
    "P7": (reading.replayed,),
    "P8": (starting.starts,),
    "P9": (running.waiting, running.steady),
    "P10 P12": (panes.logs,),
    "P11": (keys.keys,),
    "P13": (reading.memory,),
    "P14": (panes.grids,),
    "P15": (watching.shares,),
    "P16": (running.sent,),
    "P17": (running.many_files,),
    "P18": (reading.seeks,),
    "P19": (running.slow_lines,),
}
"""Goals, and what measures them."""


def machine() -> str:
    """Return what the figures were taken on."""
    return (
        f"{_processor()}, {platform.system()} {platform.release()}, Python "
        f"{platform.python_version()}, Textual {version('textual')}, pydantic {version('pydantic')}"
    )


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:  # noqa: PTH123
            names = [
                line.partition(":")[2].strip() for line in file if line.startswith("model name")
            ]
    except OSError:
        names = []
    return f"{os.cpu_count()} × {names[0] if names else platform.machine()}"


def main() -> int:
    """Measure, and print a table or JSON."""
    # An installed program is compiled once: a start measured without that is half the compiler's.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--only", nargs="*", default=[], metavar="P16", help="only these goals")
    asked.add_argument("--json", action="store_true", help="print JSON instead of a table")
    asked.add_argument("--tiny", action="store_true", help="sizes that prove only that it runs")
    wanted = asked.parse_args()
    figures: list[Figure] = []
    for goals, benchmarks in BENCHMARKS.items():
        if wanted.only and not set(goals.split()) & set(wanted.only):
            continue
        for benchmark in benchmarks:
            for figure in benchmark(TINY if wanted.tiny else FULL):
                figures.append(figure)
                print(" · ".join(figure.cells()), file=sys.stderr, flush=True)
    if wanted.only:
        figures = [figure for figure in figures if figure.goal in wanted.only]
    print(as_json(figures) if wanted.json else f"{as_table(figures)}\n\n{machine()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
