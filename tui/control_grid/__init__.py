"""The pane of the councils."""
