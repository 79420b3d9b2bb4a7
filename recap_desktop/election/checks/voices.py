"""In which voice findings are told: to whom, and when. One table.

Who types before the plenary is told where to look again, never what might stand there: a figure
that is suggested is a figure that is typed. Who judges what was typed is told everything, and so
is everybody once the plenary has opened, where the paper is read aloud.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from recap_desktop.election.records.roles import Role

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


class Voice(enum.Enum):
    """How a finding is told (suara temuan)."""

    LOOK_AGAIN = "look-again"
    EXACT = "exact"


class Listener(enum.Enum):
    """Who is told of findings, as far as it decides how (pendengar)."""

    HALL = "hall"
    """Anybody, once the plenary has opened."""
    OPERATOR = "operator"
    VERIFIER = "verifier"
    CHAIR = "chair"
    OBSERVER = "observer"
    NOBODY = "nobody"
    """Who has not signed in to an office with roles."""
    ALONE = "alone"
    """In an office without roles, with one entry."""
    ONE_OF_TWO = "one-of-two"
    """In an office without roles, with two entries."""


VOICES: Mapping[Listener, Voice] = {
    Listener.HALL: Voice.EXACT,
    Listener.OPERATOR: Voice.LOOK_AGAIN,
    Listener.VERIFIER: Voice.EXACT,
    Listener.CHAIR: Voice.EXACT,
    # Sits beside who types.
    Listener.OBSERVER: Voice.LOOK_AGAIN,
    Listener.NOBODY: Voice.LOOK_AGAIN,
    # Types, compares with the paper and mends: there is nobody else to tell it to.
    Listener.ALONE: Voice.EXACT,
    # Two people who are led to the same figure are no longer two.
    Listener.ONE_OF_TWO: Voice.LOOK_AGAIN,
}
"""The voice for each of them."""


def listener(
    *, in_plenary: bool, guarded: bool, roles: Collection[Role], double_entry: bool
) -> Listener:
    """Who somebody is to the findings.

    Args:
        in_plenary: whether the plenary has been opened.
        guarded: whether roles bind in the office.
        roles: of the person there; empty for nobody. Of several the most careful decides.
        double_entry: whether the office asks for two entries.
    """
    if in_plenary:
        return Listener.HALL
    if not guarded:
        return Listener.ONE_OF_TWO if double_entry else Listener.ALONE
    heard = [Listener(role.value) for role in Role if role in roles]
    careful = (one for one in heard if VOICES[one] is Voice.LOOK_AGAIN)
    return next(careful, heard[0] if heard else Listener.NOBODY)
