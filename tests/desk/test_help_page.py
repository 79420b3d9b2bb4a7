"""The help finds its own pages."""

from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from recap_desktop.desk.help_page import HelpPage
from recap_desktop.desk.laptop.window_settings import WindowSettings
from recap_desktop.office.language import load_words


def test_a_link_leads_to_its_page_and_an_unknown_one_changes_nothing(qtbot: QtBot) -> None:
    page = HelpPage(load_words("id"), WindowSettings())
    qtbot.addWidget(page)
    first = page.page.toPlainText()
    page.page.anchorClicked.emit(QUrl("04-keadaan.md"))
    target = next(
        row for row in range(page.topics.count()) if "eadaan" in page.topics.item(row).text()
    )
    assert page.topics.currentRow() == target
    shown = page.page.toPlainText()
    assert shown not in ("", first)
    page.page.anchorClicked.emit(QUrl("99-tidak-ada.md"))
    assert page.page.toPlainText() == shown
