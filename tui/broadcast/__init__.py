"""One drawing of the night for any number of browsers, and its standing as data and picture."""
