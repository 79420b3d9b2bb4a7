"""Two double-entry offices that are alike but for what one person typed first.

Whatever another person is told must be the same in both: then nothing tells of what was typed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recap_desktop.election.figures.tallies import Source
from recap_desktop.election.records.people import person_id
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.entry.ruling import Decision, move, new_round, not_delivered, withdraw
from tests.made_up.offices import BUPATI, GUBERNUR, TPS, tiny_office, valid_bupati

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from recap_desktop.office.opening import Office

SITI, OTHER = "Siti", "Budi"
SITI_ID = person_id(SITI)
FIRST = TPS[0]
"""The TPS of which there is a first entry, and an older one that was withdrawn."""

PLAIN: Mapping[str, int] = valid_bupati(40, 100)
FAULTY: Mapping[str, int] = {**valid_bupati(77, 61, 9), "valid": 999, "voters.dpt.l": 140}
"""Adds up nowhere, and has other voters than the other contest of the TPS."""

DECISION = Decision(SITI, "salah ketik")


def office_with(path: Path, cells: Mapping[str, int]) -> Office:
    """An office in which ``cells`` stand in every first entry there can be.

    At the second TPS it was withdrawn when it was moved to the first, at the third it is a
    salinan, at the fourth of a round that was ordered anew, at the fifth its form was declared
    not delivered.
    """
    office = tiny_office(path, double_entry=True)
    for name in (SITI, OTHER):
        enter(office, GUBERNUR, FIRST, _gubernur(), by=name)
        enter(office, BUPATI, TPS[3], valid_bupati(30), by=name)
    enter(office, BUPATI, TPS[1], cells, by=SITI)
    move(office, BUPATI, TPS[1], to=FIRST, decision=DECISION)
    enter(office, BUPATI, TPS[2], cells, by=SITI, source=Source.SALINAN)
    new_round(office, BUPATI, TPS[3], decision=DECISION)
    enter(office, BUPATI, TPS[3], cells, by=SITI)
    enter(office, BUPATI, TPS[4], cells, by=SITI)
    not_delivered(office, BUPATI, TPS[4], decision=DECISION)
    enter(office, GUBERNUR, TPS[1], dict.fromkeys(_gubernur(), cells["votes.1"]), by=SITI)
    withdraw(office, GUBERNUR, TPS[1], decision=DECISION)
    return office


def _gubernur() -> dict[str, int]:
    cells = valid_bupati()
    return {**cells, "votes.2": 60, "votes.3": 40}


def told(answer: object) -> str:
    """An answer as text, without what differs in any two offices: hashes, keys, paths."""
    text = re.sub(r"\b[0-9a-f]{8}\b|[0-9a-f]{12,64}", "#", str(answer))
    text = re.sub(r"(?:[0-9a-f]{4} )+[0-9a-f]{4}", "#", text)
    return re.sub(r"0x[0-9a-f]+", "#", text)
