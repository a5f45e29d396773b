"""`nightdesk check`, `where` and `schema`: verdicts on files, where files are, our own format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tui.cli.flags import CheckFormat, DateOption, poll_asked
from tui.running.collecting import made_to_stay
from tui.running.output import print_json, print_text


def check(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Files, folders or recordings.")
    ],
    form: Annotated[
        CheckFormat, typer.Option("--format", help="text or json.", metavar="NAME")
    ] = CheckFormat.TEXT,
    day: DateOption = None,
) -> None:
    """Give a verdict on every file.

    It is ok, accepted with a remark, or rejected, and why.

    Examples:
    nightdesk check sample_feeds/england-2019

    nightdesk check sample_feeds/england-2018 --format json
    """
    from feed.check.verdicts import any_rejected, verdicts, verdicts_as_text  # noqa: PLC0415

    asked = poll_asked(day)
    found = made_to_stay(lambda: [each for path in paths for each in verdicts(path, asked)])
    if form is CheckFormat.JSON:
        print_json([verdict.as_json() for verdict in found])
    else:
        print_text(verdicts_as_text(found))
    if any_rejected(found):
        raise typer.Exit(1)


def where(
    form: Annotated[
        CheckFormat, typer.Option("--format", help="text or json.", metavar="NAME")
    ] = CheckFormat.TEXT,
) -> None:
    """Say where the files are, and where each option was set.

    Examples:
    nightdesk where

    nightdesk where --format json
    """
    from tui.cli.where import locations, locations_as_text  # noqa: PLC0415
    from tui.settings.config import config_path, load_config  # noqa: PLC0415
    from tui.settings.remembered import Memory  # noqa: PLC0415

    found = locations(load_config(), config_path(), Memory().path)
    if form is CheckFormat.JSON:
        print_json(found)
    else:
        print_text(locations_as_text(found))


def schema() -> None:
    """Print the JSON Schema of our own format.

    Examples:
    nightdesk schema

    nightdesk schema > nightdesk.schema.json
    """
    from feed.formats.native.schema import native_schema  # noqa: PLC0415

    print_json(native_schema())
