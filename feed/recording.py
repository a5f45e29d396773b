"""The recording: every arrival of a night, byte for byte, so that it can be played again."""

from __future__ import annotations

from feed.recorder import Recorder
from feed.recording_file import is_being_written
from feed.recording_lines import Header
from feed.recording_reader import (
    BadLine,
    RecordingFollower,
    is_recording,
    read_recording,
    recording_header,
)
from feed.recording_shelf import (
    Shelved,
    drop_older_than,
    list_recordings,
    newest_recording,
    recording_path,
    recordings_folder,
)

__all__ = [
    "BadLine",
    "Header",
    "Recorder",
    "RecordingFollower",
    "Shelved",
    "drop_older_than",
    "is_being_written",
    "is_recording",
    "list_recordings",
    "newest_recording",
    "read_recording",
    "recording_header",
    "recording_path",
    "recordings_folder",
]
