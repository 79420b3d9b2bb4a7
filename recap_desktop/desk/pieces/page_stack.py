"""Pages of which one is shown: nothing of the others takes the keys, whatever comes home to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QStackedWidget

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from recap_desktop.desk.pieces.step_bar import StepBar


class Footed(Protocol):
    """A page that says at its foot what was done, and knows where the work is."""

    @property
    def foot(self) -> StepBar:
        """Its foot."""

    def take_focus(self) -> None:
        """Go where the work is."""


class PageStack(QStackedWidget):
    """A page that is not shown is disabled.

    Work that was begun on a page goes on while another is shown. When it is done the page goes to
    its next step: the Enter that follows is meant for the page that is looked at.
    """

    def addWidget(self, page: QWidget) -> int:  # noqa: N802 - Qt's name
        """Add a page, which is shown where it is the first."""
        at = super().addWidget(page)
        page.setEnabled(page is self.currentWidget())
        return at

    def setCurrentWidget(self, page: QWidget) -> None:  # noqa: N802 - Qt's name
        """Show a page."""
        before = self.currentWidget()
        page.setEnabled(True)
        super().setCurrentWidget(page)
        if before is not None and before is not page:
            before.setEnabled(False)
