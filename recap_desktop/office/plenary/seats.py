"""Seats of the hall: who signs the sheets of an office, and who attends beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.definitions import regions
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recap_desktop.election.papers.facts import Signer
    from recap_desktop.office.opening import Office

OBSERVERS = ("panwas", "observer", "guest")
"""Seats of no member and no saksi: Panwas or Bawaslu, observers (pemantau), others."""


def seats(office: Office, contest_id: str) -> tuple[str, ...]:
    """The seats that sign the sheets of this office: its members, then a witness a choice."""
    form = office.election.form(contest_id)
    members = form.signers.get(regions.level_of(office.code).word, 0)
    witnessed = [c for c in office.election.contest(contest_id).choices if c.has_witness]
    return (
        *("ketua" if number == 1 else f"anggota-{number}" for number in range(1, members + 1)),
        *(f"saksi-{choice.number}" for choice in witnessed),
    )


def is_witness(seat: str) -> bool:
    """Whether a seat is of a saksi."""
    return seat.startswith("saksi-")


def require_seats(known: Sequence[str], signers: Sequence[Signer]) -> None:
    """Refuse signers of no seat, and two for one seat.

    Raises:
        KnownProblem: ``seat-unknown``, ``seat-twice``.
    """
    met = set()
    for signer in signers:
        if signer.seat not in known:
            raise KnownProblem("seat-unknown", seat=signer.seat, seats=", ".join(known))
        if signer.seat in met:
            raise KnownProblem("seat-twice", seat=signer.seat)
        met.add(signer.seat)
