"""In which voice this office tells somebody of findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.checks.voices import VOICES, Voice, listener
from recap_desktop.office.people.people import guarded, people, seen_as
from recap_desktop.office.plenary.plenaries import plenary
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from recap_desktop.office.opening import Office


def voice_of(office: Office, person: str) -> Voice:
    """The voice for a person (an id of the roster; empty for nobody), as things stand now."""
    known = people(office).get(seen_as(office, person))
    return VOICES[
        listener(
            in_plenary=plenary(office).was_opened,
            guarded=guarded(office),
            roles=known.roles if known else (),
            double_entry=office.file.double_entry,
        )
    ]


def require_voice(office: Office, voice: Voice, person: str) -> None:
    """Refuse to tell more than a person is told; where no roles bind, whoever asks may choose.

    Raises:
        KnownProblem: ``voice-not-yet``.
    """
    told = voice_of(office, person)
    if guarded(office) and voice is Voice.EXACT and told is not Voice.EXACT:
        raise KnownProblem("voice-not-yet")
