"""Pages of prose: declarations and running totals in plain words (rule 18)."""
