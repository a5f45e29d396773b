"""Contrast between two colours, by the Web Content Accessibility Guidelines."""

from __future__ import annotations

from functools import lru_cache

BLACK, WHITE = "#000000", "#FFFFFF"
_WEIGHTS = (0.2126, 0.7152, 0.0722)
_STEPS = 20


def channels(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue of a `#RRGGBB`, each 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def linear(colour: str) -> tuple[float, float, float]:
    """Return red, green and blue as light, 0 to 1, without the screen's gamma."""
    red, green, blue = (_linear(value / 255) for value in channels(colour))
    return red, green, blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


@lru_cache(maxsize=1024)
def luminance(colour: str) -> float:
    """Return how bright a colour is: 0 black, 1 white."""
    return sum(weight * value for weight, value in zip(_WEIGHTS, linear(colour), strict=True))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours: 1 when they are the same, 21 for black on white."""
    darker, brighter = sorted((luminance(one), luminance(other)))
    return (brighter + 0.05) / (darker + 0.05)


def ink(background: str) -> str:
    """Return black or white, whichever reads better on `background`; never under 4.5."""
    return max(WHITE, BLACK, key=lambda colour: contrast(colour, background))


def mixed(colour: str, other: str, share: float) -> str:
    """Return `colour` with `share` (0 to 1) of `other` mixed in."""
    pairs = zip(channels(colour), channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


@lru_cache(maxsize=1024)
def readable(colour: str, background: str, ratio: float = 4.5) -> str:
    """Return `colour`, moved towards black or white until it reads on `background`."""
    towards = ink(background)
    for step in range(_STEPS + 1):
        candidate = mixed(colour, towards, step / _STEPS)
        if contrast(candidate, background) >= ratio:
            return candidate
    return towards
