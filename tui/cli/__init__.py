"""The command line, one command a file."""

import gc

# A night only grows: fewer collections halve the time that a cold load of 10,000 files takes, and
# the command is there sooner when what it is made of is not looked through while it is imported.
gc.set_threshold(200_000, 50, 100)
