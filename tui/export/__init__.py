"""A night to hand on: one page for a browser, one recording of a terminal."""
