"""The rules of the night: control, majority, checks, scoreboard, totals (rules 1 to 7)."""
