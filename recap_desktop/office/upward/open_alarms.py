"""Whether a package waits for a chair: asked at every look at the head of the window, so it is light."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import Level, level_of
from recap_desktop.election.records.journal import Kind
from recap_desktop.election.records.upward import alarms_of

if TYPE_CHECKING:
    from recap_desktop.office.opening import Office


def has_open_alarm(office: Office, contest_id: str) -> bool:
    """Whether an alarm of a contest is undecided; there are none below a kabko."""
    if level_of(office.code) is Level.KECAMATAN:
        return False
    known = office.file.journal.records_of_kind(Kind.ALARM, contest=contest_id)
    return any(alarm.is_open for alarm in alarms_of(known))
