"""The panes and bars, one widget a file."""
