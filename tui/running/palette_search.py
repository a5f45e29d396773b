"""The command palette: every command by its name, and by other words for the same thing."""

from __future__ import annotations

from textual.command import DiscoveryHit, Hit, Hits, Provider

from tui.settings.commands import COMMANDS

_ALSO = {command.help: command.also for command in COMMANDS}
_LESS = 0.8
"""What a hit in the other words, and one in the sentence, is worth beside one in the title."""


class CommandSearch(Provider):
    """Looks for what is typed in a command's title, then in its other words and its sentence."""

    async def discover(self) -> Hits:
        """Give every command, while nothing is typed."""
        for title, help_, run, _ in self.app.get_system_commands(self.screen):
            yield DiscoveryHit(title, run, help=help_)

    async def search(self, query: str) -> Hits:
        """Give the commands that what is typed may mean."""
        matcher = self.matcher(query)
        for title, help_, run, _ in self.app.get_system_commands(self.screen):
            named = matcher.match(title)
            other = _LESS * matcher.match(_ALSO.get(help_, ""))
            told = _LESS**2 * (query.casefold() in help_.casefold())
            score = max(named, other, told)
            if score > 0:
                shown = matcher.highlight(title) if named else title
                yield Hit(score, shown, run, help=help_)
