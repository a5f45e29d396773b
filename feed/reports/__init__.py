"""The standing as data and as text."""
