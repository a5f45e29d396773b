"""`nightdesk summary` and `nightdesk explain`: a night as text or data, and what makes a figure."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from feed.errors import UsageProblem
from tui.cli import completion
from tui.cli.flags import (
    DateOption,
    PathArgument,
    SinceOption,
    SummaryFormat,
    UntilOption,
    poll_asked,
    with_options,
)
from tui.running.collecting import made_to_stay
from tui.running.output import print_json, print_text
from tui.settings.config import Config

if TYPE_CHECKING:
    from feed.ledger.night import Night
    from feed.model.terms import HouseStyle


@with_options
def summary(  # noqa: PLR0913  # each is a flag of the command
    config: Config,
    *,
    path: PathArgument,
    at: Annotated[
        str | None,
        typer.Option("--at", help="As known then: 01:30, or an ISO time.", metavar="TIME"),
    ] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    form: Annotated[
        SummaryFormat,
        typer.Option("--format", help="text, json, csv or markdown.", metavar="NAME"),
    ] = SummaryFormat.TEXT,
    day: DateOption = None,
) -> None:
    """Print the scoreboard and control, or sum up a stretch.

    It is the whole night, or as it was known at a time.

    Examples:
    nightdesk summary sample_feeds/england-2019

    nightdesk summary sample_feeds/england-2019 --at 01:30 --format json

    nightdesk summary sample_feeds/england-2019 --since 02:10 --until 03:00 --format markdown
    """
    from feed.reports import standing_text as reports  # noqa: PLC0415
    from feed.reports import summary as data  # noqa: PLC0415
    from feed.reports.silence import read_silence  # noqa: PLC0415

    if since is not None or until is not None:
        if at is not None:
            raise UsageProblem("--at is one moment, --since and --until a stretch", "give either")
        _print_stretch(_night(path, day), since, until, form, config.options.style)
        return
    night = _night(path, day)
    moment = None if at is None else _moment(night, at)
    standing = night.edge() if moment is None else night.at(night.position_at(moment))
    house = config.options.style
    judged = read_silence(standing, moment, timedelta(minutes=config.options.late_after))
    match form:
        case SummaryFormat.JSON:
            print_json(data.standing_summary(standing, house, judged=judged), indent=1)
        case SummaryFormat.CSV:
            print_text(reports.standing_as_csv(standing, house).rstrip("\n"))
        case SummaryFormat.MARKDOWN:
            print_text(reports.standing_as_markdown(standing, house).rstrip("\n"))
        case SummaryFormat.TEXT:
            print_text(reports.standing_as_text(standing, house, judged))


def explain(
    path: PathArgument,
    figure: Annotated[
        str,
        typer.Argument(
            metavar="FIGURE",
            help="For example con.seats_net or noc.councils.",
            autocompletion=completion.figure_names,
        ),
    ],
    day: DateOption = None,
) -> None:
    """Say which results make up a figure of the scoreboard.

    Examples:
    nightdesk explain sample_feeds/england-2019 con.seats_net

    nightdesk explain sample_feeds/england-2019 noc.councils
    """
    from feed.reports.provenance import contributions_as_text  # noqa: PLC0415

    print_text(contributions_as_text(_night(path, day).edge(), figure))


def _night(path: Path, day: datetime | None) -> Night:
    from feed.ledger.night import whole_night  # noqa: PLC0415
    from feed.sources.saved import load_night  # noqa: PLC0415

    asked = poll_asked(day)
    return made_to_stay(lambda: whole_night(load_night(path, asked), asked))


def _print_stretch(
    night: Night, since: str | None, until: str | None, form: SummaryFormat, style: HouseStyle
) -> None:
    from feed.reports.digest import (  # noqa: PLC0415
        digest_as_json,
        digest_as_text,
        stretch,
    )

    if form is SummaryFormat.CSV:
        raise UsageProblem(
            "--format csv is a table of councils at one moment; a stretch has none",
            "give text, json or markdown with --since, or csv with --at",
        )
    found = stretch(night, since, until)
    if form is SummaryFormat.JSON:
        print_json(digest_as_json(found, style), indent=1)
    else:
        print_text(digest_as_text(found, style, marked=form is SummaryFormat.MARKDOWN))


def _moment(night: Night, at: str) -> datetime | None:
    from feed.typed_times import parse_moment  # noqa: PLC0415

    opening = night.opening
    return None if opening is None else parse_moment(at, opening, end=night.last_at)
