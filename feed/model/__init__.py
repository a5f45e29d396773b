"""What the whole core speaks in: messages, entries, the standing and the view, as frozen values."""
