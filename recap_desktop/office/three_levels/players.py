"""The offices of the demo, each with its file, its key on a medium, and what they ask of each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.figures.totals import paper_sums
from recap_desktop.exchange.office_keys import make_office_key
from recap_desktop.exchange.signing import asked_groups
from recap_desktop.office.entry.ruling import Decision
from recap_desktop.office.keys import certifying, own_keys, taking_certificates
from recap_desktop.office.keys.key_letter import letter_of
from recap_desktop.office.keys.key_typing import whole_fingerprint
from recap_desktop.office.keys.trusting import record_root
from recap_desktop.office.opening import Office, create_office_for
from recap_desktop.office.papers.printing import write_book
from recap_desktop.office.plenary.revisions import standing_revision
from recap_desktop.office.upward import receipts, receiving
from recap_desktop.office.upward.package_preview import preview
from recap_desktop.office.upward.receiving import Typed
from recap_desktop.office.upward.sending import send
from recap_desktop.problems import KnownProblem, reason_of

if TYPE_CHECKING:
    from pathlib import Path

    from recap_desktop.election.definitions.contests import Election
    from recap_desktop.election.records.journal import Record
    from recap_desktop.exchange.signing import SigningKey
    from recap_desktop.office.upward.package_preview import Preview

CONTEST = "bupati"
PASSPHRASE = "latihan tiga tingkat"  # noqa: S105 - a rehearsal, and the paper beside it says so
OPERATOR, CHAIR = "Siti Aminah", "Dedi Kurnia"
_DECIDERS = {2: "Ketua KPU Provinsi", 4: "Ketua KPU Ciamis", 6: "Pleno PPK"}


@dataclass(frozen=True, slots=True)
class Stage:
    """The folder of the demo, with a folder inside for each thing that lies apart in real life.

    Attributes:
        folder: as the person chose it.
    """

    folder: Path

    def place(self, name: str) -> Path:
        """A folder inside, made when missing.

        Raises:
            KnownProblem: ``file-cannot-be-written``.
        """
        path = self.folder / name
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = reason_of(error)
            raise KnownProblem("file-cannot-be-written", path=str(path), reason=reason) from error
        return path

    @property
    def offices(self) -> Path:
        """Where the office files lie: in real life each on a laptop of its own."""
        return self.place("kantor")

    @property
    def keys(self) -> Path:
        """Where the keys lie: in real life each on a medium of the ketua."""
        return self.place("kunci")

    @property
    def letters(self) -> Path:
        """Letters, requests and certificates of keys."""
        return self.place("surat")

    @property
    def packages(self) -> Path:
        """What goes up."""
        return self.place("paket")

    @property
    def receipts(self) -> Path:
        """What comes back."""
        return self.place("tanda-terima")


@dataclass(frozen=True, slots=True)
class Player:
    """One office on the stage (kantor peraga).

    Attributes:
        stage: where it plays.
        office: open.
        key: of the office.
    """

    stage: Stage
    office: Office
    key: SigningKey

    @classmethod
    def made(cls, stage: Stage, election: Election, code: str) -> Player:
        """A new office of a region, with a new key in a file and on record.

        Raises:
            KnownProblem: ``file-exists``, ``file-cannot-be-made``, ``key-not-written``.
        """
        path = stage.offices / f"{code}.rekap"
        office = create_office_for(path, election=election, region=code)
        name = own_keys.office_name(office)
        key = make_office_key(stage.keys / own_keys.key_name(office), PASSPHRASE, name=name)
        record_root(office, code, key.public.hex(), name=name, by=CHAIR)
        return cls(stage, office, key)

    @property
    def code(self) -> str:
        """Region code of the office."""
        return self.office.code

    def leave(self) -> None:
        """Close the office, and take away the mark that it was open: nobody else has it open."""
        self.office.close()
        path = self.office.file.path
        path.with_name(f"{path.name}.kunci").unlink(missing_ok=True)

    # Keys

    def ask(self) -> Path:
        """Write the letter of the key and the request that goes with it; the request."""
        stem = self.stage.letters / f"SURAT_{self.code}.pdf"
        write_book(letter_of(self.office), stem)
        return own_keys.write_request(self.office, self.stage.letters, key=self.key)

    def certify(self, below: Player) -> None:
        """Certify the key of an office right below, as typed from its letter; it takes that in."""
        request = certifying.read_request(self.office, below.ask())
        typed = from_letter(below.key)
        issued = certifying.issue(self.office, request, typed, key=self.key, by=CHAIR)
        path = issued.write(self.stage.letters)
        taking_certificates.take(below.office, [path], by=CHAIR)

    def believe(self, root: SigningKey, request: Path) -> None:
        """Believe a root, as typed from its letter, then certify the own laptop."""
        offered = taking_certificates.read_root(self.office, request)
        taking_certificates.believe(self.office, offered, from_letter(root), by=CHAIR)
        certifying.certify_posts(self.office, key=self.key, by=CHAIR)

    # Up and down

    def send(self) -> Path:
        """Write the package of the standing close."""
        sent = send(self.office, CONTEST, self.stage.packages, key=self.key, by=OPERATOR)
        return sent.path

    def paper(self) -> Typed:
        """What its signed paper says of its standing close, for whoever types it above."""
        revision = standing_revision(self.office, CONTEST)
        if revision is None:
            raise KnownProblem("send-not-closed", contest=CONTEST)
        sums = paper_sums(revision.record.body)
        head = revision.head[: receiving.HEAD]
        return Typed(sums, head)

    def receive(self, path: Path, paper: Typed) -> Preview:
        """Look at a package from below and take it in against the paper; what it was seen to do."""
        seen = preview(self.office, path)
        receiving.receive(self.office, seen, typed=paper, by=OPERATOR)
        return seen

    def give_receipt(self, below: Player) -> Record:
        """Write a receipt to an office below, which proves it and records it; that record."""
        number = len(receipts.receipts_back(below.office, CONTEST)) + 1
        path = self.stage.receipts / f"TERIMA_{below.code}_{CONTEST}_{number}.terima"
        receipts.give_receipt(self.office, CONTEST, below.code, path, key=self.key)
        return receipts.take_receipt(below.office, path, by=OPERATOR)

    def decision(self, reason: str) -> Decision:
        """Why, and who decided, as a plenary of this office says it."""
        return Decision(by=OPERATOR, reason=reason, decided_by=_DECIDERS[len(self.code)])


def from_letter(key: SigningKey) -> str:
    """The groups of a fingerprint that are asked, as somebody types them from its letter."""
    groups = whole_fingerprint(key.public.hex())
    return " ".join(groups[place] for place in asked_groups(key.public))
