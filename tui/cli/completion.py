"""What the shell offers for a value that is being typed: themes, councils, figures, recordings."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def completer(option: str) -> Callable[[str], list[str]]:
    """Return what the shell asks for the values of an option."""

    def complete(incomplete: str) -> list[str]:
        return values_of(option, incomplete)

    return complete


def values_of(option: str, incomplete: str) -> list[str]:
    """Return the values of an option that begin with what is typed.

    Args:
        option: the option's name.
        incomplete: what is typed of it; in a list, what stands behind the last comma counts.

    """
    if option == "watch":
        before, comma, last = incomplete.rpartition(",")
        return [f"{before}{comma}{each}" for each in _beginning(last, _councils())]
    return _beginning(incomplete, _choices(option))


def figure_names(incomplete: str) -> list[str]:
    """Return the figures of a scoreboard that begin with what is typed."""
    from feed.model.parties import PARTIES  # noqa: PLC0415  # the shell waits for what is needed
    from feed.reports.provenance import COLUMNS  # noqa: PLC0415

    return _beginning(incomplete, (f"{party}.{column}" for party in PARTIES for column in COLUMNS))


def recording_names(incomplete: str) -> list[str]:
    """Return the recordings that begin with what is typed, the newest first."""
    from feed.recording.shelf import list_recordings  # noqa: PLC0415  # as above

    return _beginning(incomplete, (str(each.path) for each in list_recordings()))


def _choices(option: str) -> Iterable[str]:
    from feed.model.terms import HOUSE_STYLES  # noqa: PLC0415  # as above
    from tui.control_grid.order import DENSITIES, GROUPS, SORTS  # noqa: PLC0415
    from tui.settings.options import OTHER_THEMES, OUR_THEMES, VIEWS  # noqa: PLC0415

    choices: dict[str, Iterable[str]] = {
        "theme": (*OUR_THEMES, *OTHER_THEMES),
        "style": HOUSE_STYLES,
        "view": (*VIEWS, "wall"),
        "group": ("auto", *GROUPS),
        "sort": SORTS,
        "density": DENSITIES,
        "speed": ("1", "10", "60", "300", "3600", "max"),
    }
    return choices.get(option, ())


def _councils() -> Iterable[str]:
    from feed.councils.register import built_in  # noqa: PLC0415  # as above

    return sorted({council.name for council in built_in() if council.end is None})


def _beginning(incomplete: str, values: Iterable[str]) -> list[str]:
    typed = incomplete.casefold()
    return [value for value in values if value.casefold().startswith(typed)]
