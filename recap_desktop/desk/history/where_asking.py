"""One key asks where the figure comes from that is looked at, and leads back to it afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from recap_desktop.desk.entry.number_field import NumberField

if TYPE_CHECKING:
    from recap_desktop.desk.entry.hall_page import HallPage
    from recap_desktop.desk.history.where_page import WherePage
    from recap_desktop.desk.overview.overview_page import OverviewPage
    from recap_desktop.desk.session import Session

_SUMS = ("valid", "invalid", "cast")


@runtime_checkable
class LooksAt(Protocol):
    """A page that says of which figure somebody may ask where it comes from."""

    @property
    def looked_at(self) -> tuple[str, str]:
        """Code of a unit or TPS, and a cell; empty for none, and for the first choice."""


class WhereAsking(QObject):
    """Holds the page of where a figure comes from; it is made when first asked for."""

    def __init__(
        self,
        session: Session,
        stack: QStackedWidget,
        overview: OverviewPage,
        entry: HallPage,
    ) -> None:
        """Nothing was asked yet."""
        super().__init__(stack)
        self._session, self._stack = session, stack
        self._overview, self._entry = overview, entry
        self._came_from: QWidget | None = None
        self._focus: QWidget | None = None
        self.made: WherePage | None = None

    @property
    def page(self) -> WherePage:
        """The page."""
        if self.made is None:
            from recap_desktop.desk.history.where_page import WherePage  # noqa: PLC0415 - seldom

            self.made = WherePage(self._session)
            self.made.left.connect(self._leave)
            self._stack.addWidget(self.made)
        return self.made

    def ask(self) -> None:
        """Ask about the row or the box that has the focus; elsewhere the key does nothing."""
        before = self._stack.currentWidget()
        figure = self._figure(before)
        if figure is None:
            return
        self._came_from, self._focus = before, QApplication.focusWidget()
        self.page.show_figure(*figure)
        self._stack.setCurrentWidget(self.page)
        self.page.take_focus()

    def _figure(self, shown: object) -> tuple[str, str] | None:
        if shown is self._overview:
            return self._of_overview()
        if shown is self._entry and self._entry.station:
            box = QApplication.focusWidget()
            cell = box.cell if isinstance(box, NumberField) else ""
            return self._entry.station, cell or self._cells[0]
        if isinstance(shown, LooksAt):
            unit, cell = shown.looked_at
            return (unit, cell or self._cells[0]) if unit else None
        return None

    @property
    def _cells(self) -> list[str]:
        """The cells of the columns of the overview."""
        return [*(choice.counted_key for choice in self._session.contest.choices), *_SUMS]

    def _of_overview(self) -> tuple[str, str]:
        """The chosen row, where the table has the focus; else the unit of the totals above it."""
        page, cells = self._overview, self._cells
        index = page.table.currentIndex()
        if not page.table.hasFocus() or not index.isValid():
            return page.under, cells[0]
        at = index.column() - index.model().columnCount() + len(cells)
        return page.rows[index.row()].code, cells[max(0, at)]

    def _leave(self) -> None:
        """Back to the page, and to the very box, from which it was asked."""
        self._stack.setCurrentWidget(self._came_from or self._overview)
        if self._focus is not None and self._focus.isVisible():
            self._focus.setFocus(Qt.FocusReason.TabFocusReason)
