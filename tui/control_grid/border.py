"""The words in the control grid's border: its title, and the council that is meant."""

from __future__ import annotations

from typing import Self

from textual.geometry import Region

from feed.model.entries import PlaceId
from tui.control_grid.canvas import GridCanvas
from tui.control_grid.order import GROUP_TITLES
from tui.control_grid.words import named, progress

TITLE = "Council control"


class GridBorder(GridCanvas):
    """Names the council under the mouse or the cursor; else says how far the night is."""

    _pointed: PlaceId | None = None
    _above = _below = ""
    _edge: Region | None = None

    @property
    def selected(self) -> PlaceId | None:
        """The council under the cursor."""
        order = self.laid_out.order
        return order[self.cursor] if 0 <= self.cursor < len(order) else None

    def title_words(self) -> str:
        """Give the words for the top border."""
        parts = [TITLE, f"changed {self._since}" if self._since else ""]
        parts.append("" if self.group == "none" else GROUP_TITLES[self.group])
        return " · ".join(filter(None, parts))

    def entitle(self) -> None:
        """Write the top border."""
        self.set_title(self.title_words())

    def say(self) -> None:
        """Write the bottom border."""
        place = self._pointed or (self.selected if self.has_focus else None)
        council = self._councils.get(place) if place else None
        if council is None:
            self.set_title(subtitle=progress(self._standing, self.sort))
        else:
            room = max(0, self.window.width - 4)
            self.set_title(subtitle=named(council, room, watched=council.id in self._marks.watched))

    def point_at(self, place: PlaceId | None) -> None:
        """Name the council under the mouse; none for the cursor's again."""
        self._pointed = place
        self.say()

    def set_title(self, title: str | None = None, subtitle: str | None = None) -> None:
        """Write what is new in the borders; only their own lines are drawn again for it."""
        gutter, (width, height) = self.gutter, self.outer_size
        if title is not None and title != self._above:
            self._above = title
            self._edge = Region(-gutter.left, -gutter.top, width, 1)
            super().set_title(title)
        if subtitle is not None and subtitle != self._below:
            self._below = subtitle
            self._edge = Region(-gutter.left, height - gutter.top - 1, width, 1)
            super().set_title(subtitle=subtitle)
        self._edge = None

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Draw again; while a border is written, its line alone."""
        if self._edge is not None and not regions:
            regions = (self._edge,)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Name the cursor's council while the grid has the focus."""
        super().watch_has_focus(_has_focus)
        self.say()
