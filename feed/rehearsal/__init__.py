"""A saved feed written out again, with faults on request."""
