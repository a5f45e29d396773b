"""A night that stands still: it moves when it is asked, in the thread of whoever asks."""

from __future__ import annotations

from collections.abc import Sequence

from feed.ledger.ledger import Step
from feed.ledger.night import Night
from feed.model.arrival import Arrival
from feed.model.intents import Intent
from feed.model.view import SourceHealth
from feed.session.position import replay_transport
from feed.session.session import Post, Session
from feed.sources.folder.source import Delivery
from feed.typed_times import parse_moment


class StillSession(Session):
    """A session without threads, for pictures and for whoever wants every frame."""

    rescans = 0
    """How often somebody asked the source to look again."""

    def start(self) -> None:
        """Fold what is saved and post the first frame."""
        self._load_saved()
        self.pump()

    def stop(self, timeout: float = 0.0) -> None:
        """There is nothing to stop."""
        del timeout

    def ask(self, intent: Intent) -> None:
        """Do it now, and post what comes of it; what a wall shows is told to nobody."""
        if intent.what != "stage":
            self.pump(intent)

    def rescan(self) -> None:
        """Count the wish; there is no source to ask."""
        self.rescans += 1

    def arrive(self, *arrivals: Arrival, health: SourceHealth | None = None) -> None:
        """Fold arrivals as the source would have delivered them, and post what comes of it."""
        self.pump(Delivery(arrivals, health or SourceHealth("ok")))


def still_replay(
    post: Post,
    steps: Sequence[Step],
    at: str | None,
    *,
    playing: bool = False,
    night: Night | None = None,
) -> StillSession:
    """Return a saved night at a time; its clock stands.

    Args:
        post: takes the frames.
        steps: what was saved.
        at: the time, as `01:30` or `+90m` says it; none for the end.
        playing: whether it looks as if it were played.
        night: the same steps where they are folded already.
    """
    transport = replay_transport(steps, speed=60, playing=playing)
    if transport is not None:
        end = transport.end
        transport = transport.sought(
            end if at is None else parse_moment(at, transport.start, end=end)
        )
    return StillSession(
        post,
        steps=steps if night is None else (),
        transport=transport,
        health=SourceHealth("ok"),
        night=night,
        clock=lambda: 0.0,
    )
