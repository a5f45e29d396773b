"""Pages of prose: declarations and running totals in plain words (domain.md §8 and §15)."""
