"""A watched folder: every file that appears in it is delivered once, soon and whole."""
