"""`nightdesk alert`: try every way that an alert goes."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from feed.errors import UsageProblem
from tui.cli.flags import with_options
from tui.running.output import print_text
from tui.settings.config import Config


@with_options
def alert(
    config: Config,
    *,
    test: Annotated[
        bool, typer.Option("--test", help="Send one alert by every way that is configured.")
    ] = False,
) -> None:
    """Try the alerts, and say of each way whether one went out.

    The ways are bell, notify, on_alert and alert_url of the config file or the environment.

    Examples:
    nightdesk alert --test

    nightdesk alert --test > ways.txt
    """
    from tui.desk.alarm import desktop_notice  # noqa: PLC0415
    from tui.running.alert_sending import AlertFailed, alert_ways  # noqa: PLC0415

    if not test:
        raise UsageProblem("nothing to do", "`nightdesk alert --test` sends one alert by every way")
    options, text = config.options, "This is a test: alerts come this way."
    said, failed = list[str](), False
    for name, wanted, sequence in (
        ("the bell", options.bell, "\a"),
        ("the desktop notice", options.notify, desktop_notice(text, os.environ)),
    ):
        if wanted and sys.stderr.isatty():
            sys.stderr.write(sequence)
            sys.stderr.flush()
            said.append(f"{name}: sent to this terminal")
        elif wanted:
            failed = True
            said.append(f"{name}: not sent: this is no terminal")
    for way in alert_ways(options):
        try:
            way.send(text)
        except AlertFailed as error:
            failed = True
            said.append(f"{way.name}: not sent: {error}")
        else:
            said.append(f"{way.name}: sent")
    if not said:
        raise UsageProblem(
            "no way is configured", "set bell, notify, on_alert or alert_url in the config file"
        )
    print_text("\n".join(said))
    if failed:
        raise typer.Exit(1)
