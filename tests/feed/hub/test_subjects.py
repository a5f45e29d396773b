"""The names of lines on a hub."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feed.hub.subjects import Channel, alive_channel, channel_of, position_of
from feed.recording.lines import BadLineError, Header, header_line

CHANNEL = Channel("2026-05-07", "1bce7c47a73d")


@given(st.integers(0, 10**7), st.integers(0, 400))
def test_the_subject_of_a_line_says_where_it_stands(number: int, piece: int) -> None:
    found = position_of(CHANNEL.line(number, piece))
    assert found is not None
    assert (found.channel, found.number, found.piece) == (CHANNEL, number, piece)


@pytest.mark.parametrize(
    ("started", "night"),
    [
        (datetime(2026, 5, 7, 21, tzinfo=UTC), "2026-05-07"),
        (datetime(2026, 5, 7, 23, 30, tzinfo=UTC), "2026-05-07"),
        (datetime(2026, 5, 8, 3, tzinfo=UTC), "2026-05-07"),
        (datetime(2026, 5, 8, 12, tzinfo=UTC), "2026-05-08"),
    ],
)
def test_a_recording_begun_before_noon_is_of_the_night_before(
    started: datetime, night: str
) -> None:
    assert channel_of(header_line(Header(started, "/feed"))[:-1]).night == night


def test_two_recordings_of_one_folder_have_names_of_their_own() -> None:
    first, second = (
        channel_of(header_line(Header(datetime(2026, 5, 7, 21, m, tzinfo=UTC), "/feed"))[:-1])
        for m in (0, 1)
    )
    assert first != second
    assert first.night == second.night


@pytest.mark.parametrize(
    "subject", ["nd.x", "nd.2026-05-07.standing", "nd.a.b.c", "", "nd.1.2.3.4"]
)
def test_what_is_no_line_has_no_place(subject: str) -> None:
    assert position_of(subject) is None


def test_a_heartbeat_names_its_recording() -> None:
    assert alive_channel(CHANNEL.alive) == CHANNEL
    assert alive_channel("nd-alive.x") is None


def test_what_is_no_header_names_no_recording() -> None:
    with pytest.raises(BadLineError):
        channel_of(b"{}")
