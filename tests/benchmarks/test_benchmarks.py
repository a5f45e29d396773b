"""Each benchmark runs; what it finds at these sizes says nothing."""

from math import isfinite

import pytest

from tests.benchmarks.__main__ import BENCHMARKS
from tests.benchmarks.figures import TINY, Figure, as_json, as_table


@pytest.mark.parametrize("goals", BENCHMARKS)
def test_each_benchmark_finds_figures_for_its_goals(goals: str) -> None:
    figures = [figure for benchmark in BENCHMARKS[goals] for figure in benchmark(TINY)]

    assert {figure.goal for figure in figures} == set(goals.split())
    assert all(isfinite(figure.ours) for figure in figures)


def test_a_figure_is_met_when_it_is_at_most_so_many_times_the_reference() -> None:
    assert Figure("P7", "replay", 6.0, 1.0, 6).is_met
    assert not Figure("P7", "replay", 6.1, 1.0, 6).is_met


def test_figures_are_printed_as_a_table_and_as_json() -> None:
    figure = Figure("P7", "replay", 0.0021, 0.001, 6, against="json.loads")

    assert "| P7 | replay | 2.1 ms | 1 ms (json.loads) | 2.10 | ≤ 6 | yes |" in as_table([figure])
    assert '"met": true' in as_json([figure])
