"""What the window remembers on this machine: its place, recent offices, who typed, looks."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from recap_desktop import places
from recap_desktop.desk.laptop.printer_settings import PrinterSettings
from recap_desktop.office.language import LANGUAGES

_MOST = 8
_LOCK_MINUTES = 10


class WindowSettings:
    """Typed access to the settings file of this machine; election settings are not here.

    Attributes:
        printers: what is remembered of printers.
    """

    def __init__(self) -> None:
        """Open (or make) the file beside the other data of this machine."""
        path = places.machine_data() / "desk.ini"
        self._settings = QSettings(str(path), QSettings.Format.IniFormat)
        self.printers = PrinterSettings(self._settings)

    @property
    def recent(self) -> tuple[Path, ...]:
        """Office files opened here that still exist, newest first."""
        return tuple(path for path in map(Path, self._texts("recent")) if path.is_file())

    def add_recent(self, path: Path) -> None:
        """Put an office file first in the list."""
        known = [str(path.resolve())]
        known += [text for text in self._texts("recent") if text not in known]
        self._put("recent", known[:_MOST])

    @property
    def names(self) -> tuple[str, ...]:
        """Names that typed on this machine, newest first."""
        return tuple(self._texts("names"))

    def add_name(self, name: str) -> None:
        """Remember who types here."""
        known = [name, *(other for other in self._texts("names") if other != name)]
        self._put("names", known[:_MOST])

    @property
    def hand_out_folder(self) -> Path | None:
        """Where numbers were handed out last; None at first, and while that medium is away."""
        kept = str(self._settings.value("hand-out", "", type=str))
        return Path(kept) if kept and Path(kept).is_dir() else None

    @hand_out_folder.setter
    def hand_out_folder(self, value: Path) -> None:
        self._settings.setValue("hand-out", str(value))

    @property
    def import_folder(self) -> Path | None:
        """Where a table was imported from last; None at first, and while that medium is away."""
        kept = str(self._settings.value("import", "", type=str))
        return Path(kept) if kept and Path(kept).is_dir() else None

    @import_folder.setter
    def import_folder(self, value: Path) -> None:
        self._settings.setValue("import", str(value))

    @property
    def exchange_folder(self) -> Path | None:
        """Where records were exchanged last; None at first, and while that medium is away."""
        kept = str(self._settings.value("exchange", "", type=str))
        return Path(kept) if kept and Path(kept).is_dir() else None

    @exchange_folder.setter
    def exchange_folder(self, value: Path) -> None:
        self._settings.setValue("exchange", str(value))

    @property
    def send_folder(self) -> Path | None:
        """Where a package was written last; None at first, and while that medium is away."""
        kept = str(self._settings.value("send", "", type=str))
        return Path(kept) if kept and Path(kept).is_dir() else None

    @send_folder.setter
    def send_folder(self, value: Path) -> None:
        self._settings.setValue("send", str(value))

    @property
    def receive_folder(self) -> Path | None:
        """Where a package came from last; None at first, and while that medium is away."""
        kept = str(self._settings.value("receive", "", type=str))
        return Path(kept) if kept and Path(kept).is_dir() else None

    @receive_folder.setter
    def receive_folder(self, value: Path) -> None:
        self._settings.setValue("receive", str(value))

    def key_file(self, office: str) -> Path | None:
        """Where the key of an office lay last; None at first, and while that medium is away."""
        kept = str(self._settings.value(f"key/{office}", "", type=str))
        return Path(kept) if kept and Path(kept).is_file() else None

    def last_key_file(self, office: str) -> str:
        """The same also while that medium is away; empty when none was used here."""
        return str(self._settings.value(f"key/{office}", "", type=str))

    def set_key_file(self, office: str, path: Path) -> None:
        """Remember where the key of an office lies; never the key itself."""
        self._settings.setValue(f"key/{office}", str(path))

    @property
    def scheme(self) -> str:
        """``light``, ``dark``, or empty to follow the desktop."""
        return str(self._settings.value("scheme", "", type=str))

    @scheme.setter
    def scheme(self, value: str) -> None:
        self._settings.setValue("scheme", value)

    @property
    def language(self) -> str:
        """Language of the screen: ``RECAP_LANG``, else what is set, else Indonesian."""
        kept = str(self._settings.value("language", LANGUAGES[0], type=str))
        asked = os.environ.get("RECAP_LANG", "")
        return next((name for name in (asked, kept) if name in LANGUAGES), LANGUAGES[0])

    @language.setter
    def language(self, value: str) -> None:
        # Chosen in the window is newer than what the window was started with.
        os.environ.pop("RECAP_LANG", None)
        self._settings.setValue("language", value)

    @property
    def in_one_go(self) -> bool:
        """Whether all contests of a TPS are typed before the next TPS."""
        return bool(self._settings.value("in-one-go", False, type=bool))  # noqa: FBT003 - Qt's

    @in_one_go.setter
    def in_one_go(self, value: bool) -> None:
        self._settings.setValue("in-one-go", value)

    @property
    def lock_minutes(self) -> int:
        """After so many minutes without a key a guarded office is locked; 0 is never."""
        kept = str(self._settings.value("lock-minutes", str(_LOCK_MINUTES), type=str))
        return int(kept) if kept.isdecimal() else _LOCK_MINUTES

    @lock_minutes.setter
    def lock_minutes(self, value: int) -> None:
        self._settings.setValue("lock-minutes", str(value))

    @property
    def geometry(self) -> QByteArray:
        """Place and size of the window; empty at first."""
        value = self._settings.value("geometry", QByteArray(), type=QByteArray)
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._settings.setValue("geometry", value)

    def flush(self) -> None:
        """Write everything to the disk now."""
        self._settings.sync()

    # A list of one comes back from an INI file as text, an empty one as nothing: so one text.
    def _texts(self, key: str) -> list[str]:
        return [t for t in str(self._settings.value(key, "", type=str)).split("\n") if t]

    def _put(self, key: str, texts: list[str]) -> None:
        self._settings.setValue(key, "\n".join(texts))
