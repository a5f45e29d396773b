"""The desk: one screen, and the commands that it runs."""
