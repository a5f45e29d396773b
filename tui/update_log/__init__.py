"""The pane of what has happened."""
