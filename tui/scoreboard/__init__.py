"""The pane of the parties."""
