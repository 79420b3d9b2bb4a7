"""Qt's own words in the language of the program: Qt has no Indonesian translation of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTranslator

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject

    from recap_desktop.election.wording import Words


class QtWords(QTranslator):
    """Answers Qt with our words; what we have no word for stays as Qt has it."""

    def __init__(self, words: Words, parent: QObject) -> None:
        """Take the sentences ``qt.<name>``, each paired with Qt's English text."""
        super().__init__(parent)
        self._texts: Mapping[str, str] = {}
        self.speak(words)

    def speak(self, words: Words) -> None:
        """Answer in the language of other words from now on."""
        self._texts = {english: words[f"qt.{name}"] for name, english in _ENGLISH.items()}

    def translate(
        self,
        context: str | bytes | bytearray | memoryview,
        source: str | bytes | bytearray | memoryview,
        disambiguation: str | bytes | bytearray | memoryview | None = None,
        n: int = -1,
    ) -> str:
        """Our word for a text of Qt; empty lets Qt keep its own."""
        del context, disambiguation, n
        text = source if isinstance(source, str) else bytes(source).decode()
        return self._texts.get(text.replace("&", ""), "")

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        """Never: without this Qt would not ask."""
        return False


_ENGLISH = {
    "ok": "OK",
    "cancel": "Cancel",
    "save": "Save",
    "open": "Open",
    "close": "Close",
    "yes": "Yes",
    "no": "No",
    "choose": "Choose",
    "undo": "Undo",
    "redo": "Redo",
    "cut": "Cut",
    "copy": "Copy",
    "paste": "Paste",
    "delete": "Delete",
    "select-all": "Select All",
    "copy-link": "Copy Link Location",
    "look-in": "Look in:",
    "file-name": "File name:",
    "file-kinds": "Files of type:",
    "directory": "Directory:",
    "name": "Name",
    "size": "Size",
    "type": "Type",
    "kind": "Kind",
    "changed": "Date Modified",
    "back": "Back",
    "forward": "Forward",
    "up": "Parent Directory",
    "new-folder": "Create New Folder",
    "new-folder-2": "New Folder",
    "list-view": "List View",
    "detail-view": "Detail View",
    "computer": "My Computer",
    "computer-2": "Computer",
    "folder": "Folder",
    "file": "File",
    "all-files": "All Files (*)",
    "rename": "Rename",
    "show-hidden": "Show hidden files",
    "replace": "%1 already exists.\nDo you want to replace it?",
    "sidebar": "Sidebar",
    "files": "Files",
}
"""Name in words -> the English text of Qt's own dialogs and menus, without its mnemonics."""
