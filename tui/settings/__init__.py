"""Options, commands and keys, each in one table."""
