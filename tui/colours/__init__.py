"""Colours: of the parties, of the themes, and their contrast."""
