"""The root of an election that came with its definition: a file beside it, typed from its letter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.definition_data import to_data
from recap_desktop.election.papers.key_letters import office_title
from recap_desktop.election.records.canonical import canonical
from recap_desktop.election.records.journal import election_hash
from recap_desktop.exchange.certificates import SUFFIXES, Realm, What
from recap_desktop.office.keys.taking_certificates import Offered, offered_in
from recap_desktop.office.language import LANGUAGES, load_words
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from recap_desktop.election.definitions.contests import Election

_MOST = 200
"""Files that are looked at: a definition lies beside a few, not beside a whole archive."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Keys that files beside a definition offer as the root of an office (akar yang ikut dibawa).

    Attributes:
        offers: of the topmost office that is offered; several only where files disagree.
    """

    offers: tuple[Offered, ...]

    @property
    def offered(self) -> Offered | None:
        """The one that can be typed; None where there is none, or two that differ."""
        return self.offers[0] if len(self.offers) == 1 else None


def roots_beside(definition: Path, election: Election, region: str) -> Beside:
    """Look for a root beside a definition: for this election and mode, of an office above.

    What cannot be read, or is for another election or office, is passed over: it is no root, and
    no office waits for one.

    Args:
        definition: its file, or the folder it is built from.
        election: what it says.
        region: code of the office that is to be made.
    """
    folder = definition if definition.is_dir() else definition.parent
    wanted = (SUFFIXES[What.REQUEST], SUFFIXES[What.CERTIFICATE])
    try:
        files = sorted(file for file in folder.iterdir() if file.suffix in wanted)
    except OSError:
        files = []
    found = set(_offers(files[:_MOST], election, region))
    top = min((len(one.code) for one in found), default=0)
    offers = sorted((one for one in found if len(one.code) == top), key=lambda one: one.key)
    return Beside(tuple(offers))


def read_root_for(path: Path, election: Election, region: str) -> Offered:
    """The key that one file offers as the root of an office that is to be made.

    Raises:
        KnownProblem: as ``read_root``.
    """
    code, key = offered_in(path, realm_of_election(election), region, election)
    return Offered(code, office_title(election, code, load_words(LANGUAGES[0])), key)


def _offers(files: Iterable[Path], election: Election, region: str) -> Iterable[Offered]:
    for file in files:
        try:
            offered = read_root_for(file, election, region)
        except KnownProblem:
            continue
        if offered.code != region:
            yield offered


def realm_of_election(election: Election) -> Realm:
    """Of which election and mode documents are for an office that is made from it."""
    return Realm(election_hash(canonical(to_data(election))), election.mode.value)
