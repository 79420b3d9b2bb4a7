"""Every attack on a package that we know of, for the program and both verifiers.

Each makes a file; beside it stands with which code the kabupaten refuses it, and what anybody says
of it who has nothing but the file and the root's key: a code, or nothing where the file itself is
genuine and only comes to the wrong place or at the wrong time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from recap_desktop.election.records import packages
from recap_desktop.exchange.certificates import Realm
from tests.adversaries import forgers
from tests.adversaries.attack_bench import STRANGER
from tests.made_up.upward import CIKONENG, KABKO

# ---------------------------------------------------------------- the table


@dataclass(frozen=True, slots=True)
class Attack:
    """One way to deceive.

    Attributes:
        make: the file.
        received: code with which the kabupaten refuses it.
        verified: what is said of the file by whoever has the root's key; nothing where it is
            genuine by itself.
        at_real: whether it is brought to the real kabupaten; else to that of the rehearsal.
        is_revoked: whether the kabupaten revoked the key of the sender before.
    """

    make: forgers.Make
    received: str
    verified: str
    at_real: bool = False
    is_revoked: bool = False


def found(make: forgers.Make, code: str) -> Attack:
    """One that anybody finds in the file itself."""
    return Attack(make, code, code)


def misplaced(make: forgers.Make, code: str, *, at_real: bool = False) -> Attack:
    """A genuine file that comes to the wrong place, or at the wrong time."""
    return Attack(make, code, "", at_real=at_real)


LINK, ZIP64 = 0o120777 << 16, 45
NAMES = ("../x", "/x", "a/../../x", "..", "a/./x", "a//x", "C:x", "a\\x", "a b", "a\u00e9", "x/")

ATTACKS: dict[str, Attack] = {
    # Names, links, doubles, bombs, claims: what a ZIP may hold and a package may not.
    **{
        f"a member called {name!r}": found(forgers.with_first(name), "package-name")
        for name in NAMES
    },
    "names equal but for case": found(forgers.with_first("CONTEST.json"), "package-layout"),
    "a name that stands twice": found(forgers.twice, "package-layout"),
    "members in another order": found(forgers.backwards, "package-layout"),
    "300 members": found(forgers.crowded, "package-layout"),
    "a link": found(forgers.set_to("external_attr", LINK), "package-layout"),
    "a comment in a header": found(forgers.set_to("comment", b"hello"), "package-layout"),
    "something in an extra field": found(
        forgers.set_to("extra", b"\x99\x99\0\0"), "package-layout"
    ),
    "another day": found(forgers.set_to("date_time", (2024, 11, 27, 1, 0, 0)), "package-layout"),
    "another system": found(forgers.set_to("create_system", 0), "package-layout"),
    "another version": found(forgers.set_to("extract_version", ZIP64), "package-layout"),
    "a member that is not packed": found(forgers.set_to("compress_type", 0), "package-layout"),
    "a member packed by bzip2": found(forgers.set_to("compress_type", 12), "package-layout"),
    "something before it": found(lambda b: b"\0" + b.good, "package-layout"),
    "something behind it": found(lambda b: b.good + b"\0", "package-layout"),
    "something in its middle": found(forgers.with_gap, "package-layout"),
    "two behind each other": found(lambda b: b.good * 2, "package-layout"),
    "a header that claims 4 GB": found(forgers.four_gigabytes, "package-layout"),
    "a manifest that claims 5 GB": found(forgers.claiming, "package-too-large"),
    "a bomb": found(forgers.bomb, "package-damaged"),
    "no package": found(lambda _: b"PK nothing at all", "package-not-ours"),
    "nothing": found(lambda _: b"", "package-not-ours"),
    "its first half": found(lambda b: b.good[: len(b.good) // 2], "package-not-ours"),
    # Members, manifest and signature.
    "a bit of a member": found(forgers.one_bit, "package-damaged"),
    "a member that is not listed": found(forgers.with_unlisted, "package-members"),
    **{
        f"no {name}": found(forgers.without(name), "package-member-missing")
        for name in sorted(packages.NECESSARY)
    },
    "a signature for something else": found(forgers.for_something_else, "package-not-signed"),
    "the signature of another package": found(forgers.of_other_manifest, "package-not-signed"),
    # Keys and certificates.
    "the key of a stranger": found(forgers.signed_by(lambda _: STRANGER), "key-not-certified"),
    "the valid key of another kecamatan": found(forgers.of_neighbour, "key-not-certified"),
    "no certificate": found(forgers.certified_by(), "key-not-certified"),
    "a laptop without certificate": found(
        forgers.certified_by(forgers.office_certificate()), "key-not-certified"
    ),
    "a laptop that nobody knows": found(forgers.of_unknown_laptop, "key-not-certified"),
    "a certificate of another election": found(
        forgers.certified_by(
            forgers.office_certificate(realm=Realm("ab" * 32, "rehearsal")),
            forgers.post_certificate,
        ),
        "certificate-of-other-election",
    ),
    "a certificate of the real election": found(
        forgers.certified_by(
            lambda b: forgers.office_certificate(realm=replace(b.ladder.realm, mode="real"))(b),
            forgers.post_certificate,
        ),
        "certificate-of-other-election",
    ),
    "a certificate by another kecamatan": found(
        forgers.certified_by(forgers.office_certificate(issuer=CIKONENG), forgers.post_certificate),
        "certificate-of-other-region",
    ),
    "a key that was lost and revoked": Attack(
        lambda b: b.good, "certificate-revoked", "certificate-revoked", is_revoked=True
    ),
    # Journal and figures, by whoever has the sender's key.
    "a record with other figures": found(
        forgers.recorded(forgers.other_figures), "package-records"
    ),
    "records that changed places": found(
        forgers.recorded(lambda r: [r[1], r[0], *r[2:]]), "package-records"
    ),
    "a record that was dropped": found(
        forgers.recorded(lambda r: [r[0], *r[2:]]), "package-records"
    ),
    "a record that stands twice": found(forgers.recorded(lambda r: [*r, r[-1]]), "package-records"),
    "a chain that divides": found(forgers.recorded(forgers.at_its_side), "package-records"),
    "the genesis dropped": found(forgers.recorded(lambda r: r[:-1]), "package-records"),
    "a journal without its last record": found(
        forgers.loaded(lambda load: replace(load, records=forgers.without_close(load))),
        "package-close",
    ),
    "a leaf with other figures": found(forgers.loaded(forgers.other_leaf), "package-leaves"),
    "a leaf that was dropped": found(
        forgers.loaded(lambda load: replace(load, leaves=load.leaves[1:])), "package-leaves"
    ),
    "leaves that changed places": found(
        forgers.loaded(lambda load: replace(load, leaves=load.leaves[::-1])), "package-leaves"
    ),
    "a table with other figures": found(
        forgers.with_member("hasil/tps.csv", b",43,97,", b",44,96,"), "package-results"
    ),
    "another name on the definition": Attack(
        forgers.loaded(
            lambda load: replace(load, contest=load.contest.replace(b"Herdiat", b"Hurdiat"))
        ),
        "package-contest",
        "package-contest",
    ),
    # What the manifest says.
    "another election": Attack(
        forgers.stated(election="ab" * 32), "receive-election", "certificate-of-other-election"
    ),
    "a rehearsal said to be real": Attack(
        forgers.stated(mode="real"), "receive-mode", "certificate-of-other-election"
    ),
    "another contest": Attack(
        forgers.stated(contest="gubernur"), "receive-definition", "package-contest"
    ),
    "a contest that there is not": Attack(
        forgers.stated(contest="walikota"), "receive-contest", "package-contest"
    ),
    "another kecamatan": Attack(
        forgers.stated(office=CIKONENG), "receive-stations", "key-not-certified"
    ),
    "the kabupaten itself": Attack(
        forgers.stated(office=KABKO), "receive-office", "key-not-certified"
    ),
    "an office that there is not": Attack(
        forgers.stated(office="990101"), "receive-office", "key-not-certified"
    ),
    "another definition": Attack(
        forgers.stated(contest_hash="ab" * 32), "receive-definition", "package-contest"
    ),
    "another list of TPS": Attack(
        forgers.stated(stations="ab" * 32), "receive-stations", "package-leaves"
    ),
    "another revision": found(forgers.stated(revision=9), "package-close"),
    "another head": found(forgers.stated(head="ab" * 32), "package-close"),
    "another root": found(forgers.stated(root="ab" * 32), "package-close"),
    "fewer leaves": found(forgers.stated(leaves=4), "package-close"),
    # Genuine, but not here or not now.
    "the same again": misplaced(lambda b: b.first, "receive-already"),
    "an old revision": misplaced(lambda b: b.skipped, "receive-older"),
    "a history that branched off": misplaced(lambda b: b.forked, "receive-alarm"),
    "a history that became shorter": misplaced(lambda b: b.shortened, "receive-alarm"),
    "the real election in the rehearsal": misplaced(
        lambda b: b.written(forgers.real_one(b), real=True), "receive-election"
    ),
    "the rehearsal in the real election": misplaced(
        lambda b: b.good, "receive-election", at_real=True
    ),
    "the real one, said to be of this election": Attack(
        forgers.as_ours(), "receive-mode", "certificate-of-other-election"
    ),
    "the real one, said to be a rehearsal": found(
        forgers.as_ours(mode="rehearsal"), "certificate-of-other-election"
    ),
    "the rehearsal, said to be real": Attack(
        forgers.into_real,
        "certificate-of-other-election",
        "certificate-of-other-election",
        at_real=True,
    ),
}
"""What is done -> the file, and with which code it is refused."""
