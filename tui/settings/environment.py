"""The options that the environment sets."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic_settings import BaseSettings, EnvSettingsSource, NoDecode, SettingsConfigDict
from pydantic_settings.exceptions import SettingsError

from feed.errors import UsageProblem
from tui.settings.config import PREFIX
from tui.settings.options import Options


class _Environment(BaseSettings, Options):
    """The options as the environment spells them."""

    model_config = SettingsConfigDict(env_prefix=PREFIX)

    watch: Annotated[tuple[str, ...], NoDecode] = ()


def options_set() -> dict[str, Any]:
    """Give the options that are set, as they are spelt; raises UsageProblem for no JSON."""
    try:
        return EnvSettingsSource(_Environment)()
    except SettingsError as error:
        option = str(error).split('"')[1] if '"' in str(error) else "keys"
        raise UsageProblem(
            f"{PREFIX}{option.upper()} cannot be read", 'write JSON, such as {"filter": "ctrl+f"}'
        ) from None
