"""What this machine remembers of its printers: the last one, its paper and speed, for whom one prints."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QSettings

FASTEST = 300
"""Pages a minute that are believed; what is typed beyond is a slip."""

_MOST_NAMES = 40
_MOST_OTHERS = 8


class PrinterSettings:
    """Typed access to what is remembered; a folder of files is a printer without a name."""

    def __init__(self, settings: QSettings) -> None:
        """Read and write the settings file of this machine."""
        self._settings = settings

    @property
    def last(self) -> str | None:
        """The printer that was used last, empty for a folder; None at first."""
        return self._text("printers/last") if self._settings.contains("printers/last") else None

    @last.setter
    def last(self, printer: str) -> None:
        self._settings.setValue("printers/last", printer)

    def paper(self, printer: str) -> str:
        """The size of paper that was chosen for a printer by hand; empty for none."""
        return self._text(_key(printer, "paper"))

    def set_paper(self, printer: str, size: str) -> None:
        """Remember a size that was chosen; empty takes again what the printer has in it."""
        self._settings.setValue(_key(printer, "paper"), size)

    def speed(self, printer: str) -> int:
        """Pages a minute: as somebody typed them, else as they were measured; 0 for not known."""
        return self._number(printer, "typed") or self._number(printer, "measured")

    def type_speed(self, printer: str, speed: int) -> None:
        """Take what somebody typed; 0 goes back to what was measured."""
        self._settings.setValue(_key(printer, "typed"), str(min(speed, FASTEST)))

    def measure_speed(self, printer: str, speed: int) -> None:
        """Take what a printer showed by printing; 0 tells nothing."""
        if speed > 0:
            self._settings.setValue(_key(printer, "measured"), str(min(speed, FASTEST)))

    def is_measured(self, printer: str) -> bool:
        """Whether the speed is the printer's own, and not what somebody typed."""
        return not self._number(printer, "typed") and bool(self._number(printer, "measured"))

    def left_out(self, kind: str) -> frozenset[str]:
        """Codes of addressees who were left out of the last print of a kind of paper."""
        return frozenset(self._texts(f"printers/left-out/{kind}"))

    def leave_out(self, kind: str, codes: Iterable[str]) -> None:
        """Remember who was left out."""
        self._put(f"printers/left-out/{kind}", sorted(codes)[:_MOST_NAMES])

    @property
    def others(self) -> tuple[str, ...]:
        """Addressees of no list, as they were typed, newest first."""
        return tuple(self._texts("printers/others"))

    def add_other(self, name: str) -> None:
        """Remember an addressee who was typed."""
        known = [name, *(other for other in self.others if other != name)]
        self._put("printers/others", known[:_MOST_OTHERS])

    def _number(self, printer: str, what: str) -> int:
        kept = self._text(_key(printer, what))
        return int(kept) if kept.isdecimal() else 0

    def _text(self, key: str) -> str:
        return str(self._settings.value(key, "", type=str))

    # A list of one comes back from an INI file as text: so one text, as for the offices.
    def _texts(self, key: str) -> list[str]:
        return [text for text in self._text(key).split("\n") if text]

    def _put(self, key: str, texts: list[str]) -> None:
        self._settings.setValue(key, "\n".join(texts))


def _key(printer: str, what: str) -> str:
    """A printer may be called anything; a slash would make a group of it."""
    return f"printers/{quote(printer, safe='') or '-'}/{what}"
