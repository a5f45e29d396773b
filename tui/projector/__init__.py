"""The night for a room."""
