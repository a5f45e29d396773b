"""Tables of returns: CSV with commas, semicolons or tabs."""
