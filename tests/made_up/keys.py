"""Offices with keys of their own, certified from the provinsi down, for tests of every room."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from recap_desktop.exchange.certificates import Holder, Request, seal
from recap_desktop.exchange.document_files import write_document
from recap_desktop.exchange.signing import SigningKey, asked_groups, fingerprint
from recap_desktop.office.keys import certifying, own_keys, taking_certificates, trusting
from recap_desktop.office.opening import Office, create_office_for
from recap_desktop.office.proof.auditing import audit
from tests.made_up.offices import Clock, tiny_election

if TYPE_CHECKING:
    from pathlib import Path

    from recap_desktop.election.definitions.contests import Election
    from recap_desktop.exchange.certificates import Certificate

PHRASE = "empat kata yang panjang"
CHAIR = "Ketut"


@dataclass
class Keyed:
    """An office with its key, on a medium beside it."""

    office: Office
    medium: Path
    key: SigningKey

    @property
    def public(self) -> str:
        return self.key.public.hex()


def keyed(
    folder: Path, region: str, election: Election | None = None, *, on_medium: bool = False
) -> Keyed:
    """A new office with a new key; nobody has certified it.

    Only ``on_medium`` lies in a file: deriving the key of a passphrase is slow, and meant to be.
    """
    medium = folder / f"kunci-{region}"
    medium.mkdir(parents=True)
    office = create_office_for(
        folder / f"{region}.rekap",
        election=election or tiny_election(),
        region=region,
        clock=Clock(),
    )
    if not on_medium:
        key = SigningKey.of(Ed25519PrivateKey.generate())
        name = own_keys.office_name(office)
        trusting.record_root(office, region, key.public.hex(), name=name, by=CHAIR)
        return Keyed(office, medium, key)
    made = own_keys.make_key(office, medium / own_keys.key_name(office), PHRASE, by=CHAIR)
    return Keyed(office, medium, own_keys.open_key(office, made.path, PHRASE))


def typed(public: str) -> str:
    """What somebody types who has the letter of a key before them."""
    groups = fingerprint(bytes.fromhex(public))
    return " ".join(groups[place] for place in asked_groups(bytes.fromhex(public)))


def certify(upper: Keyed, lower: Keyed) -> Certificate:
    """The whole way of a certificate: request, letter, issued, taken in."""
    request = own_keys.write_request(lower.office, lower.medium, key=lower.key)
    asked = certifying.read_request(upper.office, request)
    issued = certifying.issue(upper.office, asked, typed(lower.public), key=upper.key, by=CHAIR)
    path = issued.write(upper.medium)
    taking_certificates.take(lower.office, [path], by=CHAIR)
    return issued.certificate


def believe(upper: Keyed, lower: Keyed) -> None:
    """The root of an office above is typed from its letter."""
    request = own_keys.write_request(upper.office, upper.medium, key=upper.key)
    offered = taking_certificates.read_root(lower.office, request)
    assert taking_certificates.believe(lower.office, offered, typed(upper.public), by=CHAIR)


@dataclass
class Three:
    """A provinsi, its kabupaten and a kecamatan of that, each with a key."""

    folder: Path
    provinsi: Keyed
    kabko: Keyed
    kecamatan: Keyed

    def all(self) -> tuple[Keyed, ...]:
        return self.provinsi, self.kabko, self.kecamatan

    def close(self) -> None:
        for one in self.all():
            assert audit(one.office).faults == ()
            one.office.close()


def three_offices(folder: Path) -> Three:
    """The kecamatan's key lies in a file."""
    return Three(
        folder,
        keyed(folder, "32"),
        keyed(folder, "3207"),
        keyed(folder, "320701", on_medium=True),
    )


def request_of(key: SigningKey, code: str, three: Three, **changes: object) -> Path:
    realm = trusting.realm_of(three.kabko.office)
    said = replace(
        Request(realm, Holder.OFFICE, code, key.public.hex(), "KPU RI"),
        **changes,  # type: ignore[arg-type]
    )
    path = three.folder / "x.permohonan"
    write_document(path, seal(said, key))
    return path
