"""The fold: every accepted message, the log that it writes and the standing that follows."""
