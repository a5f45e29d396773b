"""One viewer's desk: a night, a position in it, and the thread that folds what comes in."""
