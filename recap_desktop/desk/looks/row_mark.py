"""The mark on the chosen row of a table: quiet, and stronger where the keys go to the table."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QAbstractItemView
from shiboken6 import isValid

_SEEN = (QEvent.Type.PaletteChange, QEvent.Type.FocusIn, QEvent.Type.FocusOut)


class RowMark(QObject):
    """Keeps the mark in the colours of the program, also when they change.

    What is read in a row matters more than the mark. A style sheet would do, but keeps the
    colours of the moment in which it was set.
    """

    def __init__(self, view: QAbstractItemView) -> None:
        """Mark the rows of a view."""
        super().__init__(view)
        self._view = view
        view.installEventFilter(self)
        self._draw(has_keys=False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """See focus and colours change."""
        if event.type() in _SEEN and isValid(self._view):
            is_leaving = event.type() is QEvent.Type.FocusOut
            self._draw(has_keys=self._view.hasFocus() and not is_leaving)
        return super().eventFilter(watched, event)

    def _draw(self, *, has_keys: bool) -> None:
        colours = QGuiApplication.palette()
        role = QPalette.ColorRole
        mark = colours.color(role.Mid if has_keys else role.Midlight)
        palette = self._view.palette()
        if palette.color(role.Highlight) == mark:
            return
        palette.setColor(role.Highlight, mark)
        palette.setColor(role.HighlightedText, colours.color(role.Text))
        self._view.setPalette(palette)
