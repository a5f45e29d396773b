"""The terminal: what it shows cell by cell, what is written to it, and the keys it sends."""
