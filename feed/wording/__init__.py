"""Sentences: control, corrections, totals and contests in the house style of the reader."""
