"""Makes the letter of the office's key: what is on record, as a paper to be signed and stamped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop import __version__
from recap_desktop.election.papers.key_letters import KeyFacts, key_letter
from recap_desktop.office.keys.key_typing import whole_fingerprint
from recap_desktop.office.keys.own_keys import require_own_key
from recap_desktop.office.language import load_words
from recap_desktop.office.papers.printing import Book

if TYPE_CHECKING:
    from recap_desktop.office.opening import Office


def letter_of(office: Office) -> Book:
    """The letter of the key on record; it needs no passphrase, since it says nothing secret.

    Raises:
        KnownProblem: ``key-not-made``.
    """
    facts = KeyFacts(
        office=office.code,
        fingerprint=whole_fingerprint(require_own_key(office)),
        definition=office.file.election_id,
        program=__version__,
    )
    return Book((key_letter(office.election, facts, load_words("id")),), None)
