"""Text for terminal cells: cleaned, measured, cut and wrapped."""
