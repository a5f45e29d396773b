"""Election nights as values: arrivals read, folded and put into words, without a screen."""
