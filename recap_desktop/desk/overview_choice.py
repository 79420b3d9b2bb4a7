"""What the overview may show: units, what is missing of each contest, a list of TPS, findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox

from recap_desktop.office.listing_stations import choices

if TYPE_CHECKING:
    from recap_desktop.desk.session import Session

UNITS, LACKING, FINDINGS = "units", "lacking", "findings"


def choice_box(session: Session) -> QComboBox:
    """A box of all that can be shown; what is missing only where there are several contests."""
    words = session.words
    box = QComboBox()
    box.setAccessibleName(words["desk.list.choose"])
    box.setToolTip(words["desk.list.choose-tip"])
    box.addItem(words["desk.list.units"], UNITS)
    for choice in choices(session.office):
        box.addItem(words[f"desk.list.choice.{choice.value}"], choice.value)
    box.addItem(words["desk.list.findings"], FINDINGS)
    if len(session.office.contests) > 1:
        box.addItem(words["desk.lacking.choice"], LACKING)
    box.setMaxVisibleItems(box.count())
    return box
