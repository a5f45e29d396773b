"""Where arrivals come from: folders and recordings."""
