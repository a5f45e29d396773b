"""The recording: every arrival of a night, byte for byte, so that it can be played again."""
