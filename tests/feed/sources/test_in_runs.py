"""A great many names are put in order in runs, so that other threads can work between them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from feed.sources.folder import reconciler
from feed.sources.folder.reconciler import sorted_in_runs


@given(st.lists(st.integers(0, 50)), st.integers(1, 8))
@settings(deadline=None, max_examples=100)
def test_the_order_is_that_of_one_sort_however_long_the_runs_are(keys: list[int], run: int) -> None:
    items = list(enumerate(keys))
    before, reconciler._RUN = reconciler._RUN, run  # type: ignore[misc]
    try:
        found = list(sorted_in_runs(items, key=lambda it: it[1]))
    finally:
        reconciler._RUN = before  # type: ignore[misc]
    assert found == sorted(items, key=lambda it: it[1])


def test_so_many_that_they_make_several_runs_are_all_there_in_order() -> None:
    items = [number * 7_919 % 20_011 for number in range(20_011)]
    assert list(sorted_in_runs(items, key=lambda it: it)) == list(range(20_011))
