"""Widths of columns: figures have the room they need, names share what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QHeaderView

from recap_desktop.desk.looks.typefaces import BODY, CONDENSED, FAMILY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QTableView, QWidget

    from recap_desktop.desk.pieces.table_model import Column

_LETTERS = 13
"""So many letters of a name must have room, or the type is made narrow."""

_SMALL = 0.95
"""Titles in condensed type are that much smaller."""

_ICON, _EDGE, _NARROW = 30, 14, 9
"""Pixels beside a text: with an icon, without, and in condensed type."""


def fit_columns(
    table: QTableView,
    columns: Sequence[Column[Any]],
    *,
    factor: float,
    lines: float = 1.0,
    head: float = 0.0,
) -> None:
    """Size the columns of a table, in condensed type where names would have too little room.

    Args:
        table: as wide as it is now.
        columns: those with a widest text take its width, the others share the rest.
        factor: size of the type.
        lines: of a row.
        head: size of the type of the titles; 0 for that of the rows.
    """
    room = table.viewport().width()
    if not columns or room <= 0:
        return
    family = _family(table, columns, factor)
    is_plain = family == FAMILY
    _set(table, family, factor)
    header = table.horizontalHeader()
    _set(header, family, (head or factor) * (1 if is_plain else _SMALL))
    metrics, titles = table.fontMetrics(), header.fontMetrics()
    edge = _EDGE if is_plain else _NARROW
    widths = {at: _width(column, metrics, titles, edge) for at, column in enumerate(columns)}
    left = room - sum(widths.values())
    leasts = {at: _least(c, metrics) for at, c in enumerate(columns) if not c.widest}
    letters = metrics.averageCharWidth() * _LETTERS
    if letters * len(leasts) <= left < sum(leasts.values()):
        # Rather a name that is cut than a figure out of sight.
        leasts = dict.fromkeys(leasts, letters)
    widths |= _shares(columns, left, leasts)
    for at, width in widths.items():
        header.setSectionResizeMode(at, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(at, width)
    table.verticalHeader().setDefaultSectionSize(round(metrics.height() * 1.3 * lines))


def _shares(columns: Sequence[Column[Any]], left: int, leasts: Mapping[int, int]) -> dict[int, int]:
    """What is left for the names, the smallest shares first: none gets less than its least."""
    names = sorted((column.stretch, at) for at, column in enumerate(columns) if not column.widest)
    whole = sum(stretch for stretch, _ in names)
    shares = {}
    for stretch, at in names:
        shares[at] = max(leasts[at], left * stretch // whole)
        left, whole = left - shares[at], whole - stretch
    return shares


def _family(table: QTableView, columns: Sequence[Column[Any]], factor: float) -> str:
    """The family with which names have room enough: decided anew, not by what it is now."""
    font = QFont(FAMILY)
    font.setPointSizeF(BODY * factor)
    metrics = QFontMetrics(font)
    needed = sum(
        _width(column, metrics, metrics, _EDGE)
        or metrics.averageCharWidth() * _LETTERS * column.stretch
        for column in columns
    )
    return FAMILY if needed <= table.viewport().width() else CONDENSED


def _least(column: Column[Any], metrics: QFontMetrics) -> int:
    """What a name must have: a few letters, or the text it was given for that."""
    letters = metrics.averageCharWidth() * _LETTERS
    return max(letters, metrics.horizontalAdvance(column.least) + _EDGE if column.least else 0)


def _width(column: Column[Any], metrics: QFontMetrics, titles: QFontMetrics, edge: int) -> int:
    """Room for the widest text and the title; none for a column that shares what is left."""
    if not column.widest:
        return 0
    widest = max(metrics.horizontalAdvance(column.widest), titles.horizontalAdvance(column.title))
    return widest + (_ICON if column.icon else edge)


def _set(widget: QWidget, family: str, factor: float) -> None:
    font = widget.font()
    if font.family() != family or font.pointSizeF() != BODY * factor:
        font = QFont(family)
        font.setPointSizeF(BODY * factor)
        widget.setFont(font)
