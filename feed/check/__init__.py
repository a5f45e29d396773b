"""Verdicts on files."""
