"""Verdicts on files, and a stretch of a night summed up."""
