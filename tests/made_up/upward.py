"""Offices above one another in the tiny election, their keys, and packages that go up."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from recap_desktop.election.definitions.regions import parent
from recap_desktop.exchange.certificates import Certificate, Holder, Realm, Trust, seal
from recap_desktop.exchange.signing import SigningKey
from recap_desktop.office.entry.ruling import Decision
from recap_desktop.office.opening import create_office_for
from recap_desktop.office.plenary import closing
from recap_desktop.office.plenary.revisions import standing_revision
from recap_desktop.office.upward import receiving
from recap_desktop.office.upward.package_preview import preview
from recap_desktop.office.upward.packing import write_load
from recap_desktop.office.upward.receiving import Typed
from tests.adversaries.loads import read_load
from tests.made_up.offices import BUPATI, CIAMIS, Clock, tiny_election

if TYPE_CHECKING:
    from pathlib import Path

    from recap_desktop.election.definitions.contests import Election
    from recap_desktop.election.records.journal import Record
    from recap_desktop.office.opening import Office
    from recap_desktop.office.upward.package_preview import Preview
    from tests.adversaries.loads import WholeLoad

KABKO, PROVINSI, CIKONENG = "3207", "32", "320702"
DECISION = Decision(by="Tuti", reason="salah jumlah", decided_by="Ketua KPU")


@dataclass
class Ladder:
    """Offices of one election above one another, each with its key; the highest is the root.

    Attributes:
        folder: where their files and packages lie.
        election: of all of them.
        root: region code of the office that everybody trusts.
        offices: open ones by region code.
        contest: of which packages are made.
        revoked: (issuer's key, key) that is certified no longer.
    """

    folder: Path
    election: Election = field(default_factory=tiny_election)
    root: str = KABKO
    offices: dict[str, Office] = field(default_factory=dict)
    contest: str = BUPATI
    keys: dict[str, SigningKey] = field(default_factory=dict)
    revoked: frozenset[tuple[str, str]] = frozenset()
    _made: int = 0

    def office(self, code: str, *, double_entry: bool = False) -> Office:
        if code not in self.offices:
            path = self.folder / f"{code}.rekap"
            self.offices[code] = create_office_for(
                path, election=self.election, region=code, double_entry=double_entry, clock=Clock()
            )
        return self.offices[code]

    def key(self, code: str) -> SigningKey:
        return self.keys.setdefault(code, SigningKey.of(Ed25519PrivateKey.generate()))

    @property
    def realm(self) -> Realm:
        return Realm(next(iter(self.offices.values())).file.election_id, self.election.mode.value)

    @property
    def trust(self) -> Trust:
        return Trust(self.realm, {self.root: self.key(self.root).public.hex()}, self.revoked)

    def certificates(self, code: str) -> list[bytes]:
        """That lead from the root to an office's key and its post's."""
        office = self.offices[code]
        assert office.post is not None
        found = []
        at = code
        while at != self.root:
            above = parent(at)
            one = Certificate(
                self.realm,
                Holder.OFFICE,
                at,
                self.key(at).public.hex(),
                at,
                above,
                self.key(above).public.hex(),
                1,
            )
            found.append(seal(one, self.key(above)))
            at = above
        own = self.key(code)
        post = Certificate(
            self.realm,
            Holder.POST,
            code,
            office.post.public.hex(),
            "Meja",
            code,
            own.public.hex(),
            2,
        )
        return [*found, seal(post, own)]

    def load(self, code: str) -> WholeLoad:
        """What the package of an office's standing close is made of."""
        office = self.offices[code]
        revision = standing_revision(office, self.contest)
        assert revision is not None
        load = read_load(office, self.contest, revision, certificates=self.certificates(code))
        return replace(load, book=None)

    def write(self, load: WholeLoad, key: SigningKey | None = None) -> Path:
        self._made += 1
        path = self.folder / f"{load.statement.office}-{self._made}.rkp"
        write_load(load, path, key=key or self.key(load.statement.office))
        return path

    def package(self, code: str) -> Path:
        """Close an office's contest where it is open, and pack it."""
        office = self.offices[code]
        if standing_revision(office, self.contest) is None:
            closing.close(office, self.contest, by="Siti", place="Ciamis")
        return self.write(self.load(code))

    def look(self, path: Path, at: str = KABKO) -> Preview:
        return preview(self.offices[at], path, self.trust)

    def receive(self, path: Path, at: str = KABKO, *, by: str = "Tuti") -> Record:
        seen = self.look(path, at)
        return receiving.receive(self.offices[at], seen, typed=paper_of(seen), by=by)

    def again(self, code: str) -> Office:
        """Open a closed contest of an office again."""
        office = self.offices[code]
        closing.reopen_contest(office, self.contest, by="Siti", reason="keliru", decided_by="Ketua")
        return office

    def close(self) -> None:
        for office in self.offices.values():
            office.close()


def paper_of(seen: Preview) -> Typed:
    """What the signed paper of a package says."""
    return Typed(seen.proved.totals, seen.proved.statement.head[:8])


__all__ = ["CIAMIS", "CIKONENG", "DECISION", "KABKO", "PROVINSI", "Ladder", "paper_of"]
