"""Election nights as values: arrivals read, folded and put into words, without a screen.

The rules that docstrings name by number are those of `README.md` beside this file.
"""
