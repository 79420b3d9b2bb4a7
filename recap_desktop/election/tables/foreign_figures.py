"""One figure of somebody else's table: a plain count, blank, crossed out, or refused by name."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

from recap_desktop.election.figures.counts import LARGEST

CROSSES = frozenset("xX-\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}\N{MULTIPLICATION SIGN}")
"""What alone in a field says that it is crossed out on the paper: it counts as 0."""

GROUPINGS = ("", ".", ",")
"""Marks of thousands that a person may say a table has; none unless somebody says so."""

_MOST_DIGITS = len(str(LARGEST))
_DECIMAL = re.compile(r"(?P<whole>\d{1,4})[.,](?P<rest>\d{1,2})")
_GROUPED = re.compile(r"(?P<whole>\d{1,3}(?P<mark>[.,])\d{3}(?:(?P=mark)\d{3})*)(?:[.,]0{1,2})?")
_NEGATIVE = re.compile(r"\((?P<brackets>.+)\)|[-\N{MINUS SIGN}]\s*(?P<sign>\d.*)")


class Trouble(enum.Enum):
    """Why what stands in a field is no count (sebab ditolak); worded as ``import-figure-``."""

    GROUPED = "grouped"
    DECIMAL = "decimal"
    NEGATIVE = "negative"
    LARGE = "large"
    FORMULA = "formula"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula whose value the spreadsheet did not keep."""

    text: str


Value = str | int | float | Formula | None
"""What stands in one field of a table."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What a field says.

    Attributes:
        count: the figure; None when it is blank or refused.
        crossed: whether it is crossed out, and so 0.
        trouble: why it is refused; None when it is not.
        meant: the count that a refused one may be, as digits; empty where nothing is near.
    """

    count: int | None = None
    crossed: bool = False
    trouble: Trouble | None = None
    meant: str = ""


BLANK, CROSSED = Figure(), Figure(0, crossed=True)


def shown(value: Value) -> str:
    """A field as people see it in the table."""
    if value is None:
        return ""
    if isinstance(value, Formula):
        return value.text
    return str(value).strip()


def read_figure(value: Value, *, grouping: str = "") -> Figure:
    """Read a field; nothing is guessed (error catalogue: a thousands dot read as a decimal point).

    Args:
        value: what stands there.
        grouping: the mark of thousands, when a person said that the table has one; every figure
            must then be grouped in threes, or have no mark at all.
    """
    if value is None:
        return BLANK
    if isinstance(value, Formula):
        return Figure(trouble=Trouble.FORMULA)
    if isinstance(value, float):
        if value.is_integer() and abs(value) <= LARGEST:
            value = int(value)
        else:
            return _refused(repr(value))
    if isinstance(value, int):
        if value < 0:
            return Figure(trouble=Trouble.NEGATIVE)
        return Figure(value) if value <= LARGEST else Figure(trouble=Trouble.LARGE)
    return _read_text(value.strip(), grouping)


def _read_text(text: str, grouping: str) -> Figure:
    if not text:
        return BLANK
    if text in CROSSES:
        return CROSSED
    if text.isascii() and text.isdigit():
        digits = text.lstrip("0") or "0"
        # Python reads no number of some thousand digits.
        if len(digits) > _MOST_DIGITS or int(digits) > LARGEST:
            return Figure(trouble=Trouble.LARGE)
        return Figure(int(digits))
    grouped = _GROUPED.fullmatch(text) if text.isascii() else None
    if grouping and grouped and grouped["whole"] == text and grouped["mark"] == grouping:
        return _read_text(text.replace(grouping, ""), "")
    return _refused(text)


def _refused(text: str) -> Figure:
    """What is wrong with a text that is no plain count, and what it may mean."""
    if not text.isascii():
        return Figure(trouble=Trouble.WRONG)
    negative = _NEGATIVE.fullmatch(text)
    if negative:
        return Figure(trouble=Trouble.NEGATIVE)
    grouped = _GROUPED.fullmatch(text)
    if grouped:
        return Figure(trouble=Trouble.GROUPED, meant=grouped["whole"].replace(grouped["mark"], ""))
    decimal = _DECIMAL.fullmatch(text)
    if decimal:
        return Figure(
            trouble=Trouble.DECIMAL, meant=decimal["whole"] + decimal["rest"].ljust(3, "0")
        )
    return Figure(trouble=Trouble.WRONG)
