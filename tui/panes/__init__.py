"""What all panes and bars draw with."""
