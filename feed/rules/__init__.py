"""The rules of the night: control, majority, checks, scoreboard, totals (domain.md §3)."""
