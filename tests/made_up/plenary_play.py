"""The plenary of Kecamatan Ciamis with its real figures, as a play: who says what, in which desa.

158 TPS in 12 desa and kelurahan (Pilbup 2024, resources/sample/ciamis-2024); three of them had
published nothing: their forms are declared not delivered. Two people have typed every form
beforehand, one of them with slips; in the hall a third types what is read.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from recap_desktop import places
from recap_desktop.election.definitions.regions import Level, read_code, read_station_number
from recap_desktop.election.papers.facts import Presence, Signer
from recap_desktop.election.records.plenary import Topic
from recap_desktop.exchange.election_folder import build_election
from recap_desktop.office.entry.entering import enter_all
from recap_desktop.office.entry.ruling import Decision, correct, new_round, not_delivered
from recap_desktop.office.plenary.closing import close, reopen_contest
from recap_desktop.office.plenary.plenaries import Speech, answer_incident, put_on_record
from recap_desktop.office.plenary.reading import read_out
from recap_desktop.office.plenary.seats import seats

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from recap_desktop.election.definitions.contests import Election
    from recap_desktop.office.opening import Office

BUPATI, KECAMATAN = "bupati", "320701"
FIRST, SECOND, READER = "Budi Hartono", "Citra Dewi", "Ani Lestari"
PLACE, LEADER = "Aula Kecamatan Ciamis", "Siti Aminah"
PLENO = "Rapat pleno"
MEMBERS = (
    "Siti Aminah, S.Pd.",
    "Dede Kurnia",
    "Drs. H. Asep Saepuloh, M.Si.",
    "Neng Rahmawati, S.H.",
    "Ujang Supriatna",
)


def election() -> Election:
    """The election of the sample, a rehearsal."""
    return build_election(places.resource("sample", "ciamis-2024"))


def paper() -> dict[str, dict[str, int]]:
    """What every C.HASIL says: TPS -> filled cells, in code order."""
    read: dict[str, dict[str, int]] = {}
    for name in ("counts.csv", "practice.csv"):
        text = places.resource("sample", "ciamis-2024", name).read_text("utf-8")
        for row in csv.DictReader(text.splitlines()):
            tps = read_code(row.pop("kode_desa")) + read_station_number(row.pop("tps"))
            read[tps] = {cell: int(figure) for cell, figure in row.items() if figure}
    return dict(sorted(read.items()))


@dataclass(frozen=True)
class Play:
    """What happens, TPS by TPS.

    Attributes:
        paper: TPS -> what its C.HASIL says when it is read; empty where it never came.
        slips: TPS -> what the first typist typed instead.
        mended: TPS -> cells the plenary corrects after the reading, since the form is wrong.
        recounted: TPS -> what its recount gives.
        objections: TPS -> whether the objection about it is settled.
    """

    paper: Mapping[str, Mapping[str, int]]
    slips: Mapping[str, Mapping[str, int]]
    mended: Mapping[str, Mapping[str, int]]
    recounted: Mapping[str, Mapping[str, int]]
    objections: Mapping[str, bool]

    @property
    def desas(self) -> tuple[str, ...]:
        """The desa in code order."""
        return tuple(dict.fromkeys(tps[: Level.DESA.value] for tps in self.paper))

    def below(self, desa: str) -> list[str]:
        """The TPS of a desa in code order."""
        return [tps for tps in self.paper if tps.startswith(desa)]

    @property
    def result(self) -> dict[str, dict[str, int]]:
        """What every TPS stands at in the end."""
        return {
            tps: dict(self.recounted.get(tps, {**cells, **self.mended.get(tps, {})}))
            for tps, cells in self.paper.items()
        }


def play() -> Play:
    """Three slips, three corrections, one recount, two objections of which one stays."""
    came = paper()
    keys = list(came)
    read = {station.tps: came.get(station.tps, {}) for station in election().stations}
    slips = {tps: _slipped(read[tps], at) for at, tps in enumerate(keys[5:150:60])}
    mended = {
        tps: {"votes.1": read[tps]["votes.1"] + 1, "votes.2": read[tps]["votes.2"] - 1}
        for tps in keys[20:150:50]
    }
    recount = keys[40]
    cells = read[recount]
    recounted = {
        recount: {
            **cells,
            "votes.2": cells["votes.2"] - 2,
            "valid": cells["valid"] - 2,
            "invalid": cells["invalid"] + 2,
        }
    }
    return Play(read, slips, mended, recounted, {keys[12]: True, keys[100]: False})


def _slipped(cells: Mapping[str, int], at: int) -> dict[str, int]:
    """A digit too much, two figures swapped, or one of the next line."""
    first, second = cells["votes.1"], cells["votes.2"]
    typed = ({"votes.1": first + 100}, {"votes.1": second, "votes.2": first}, {"invalid": first})
    return {**cells, **typed[at]}


def type_beforehand(office: Office, acted: Play) -> None:
    """Both people type every form; the first one with slips."""
    rows = [(tps, acted.slips.get(tps, cells)) for tps, cells in acted.paper.items()]
    enter_all(office, BUPATI, rows, by=FIRST)
    enter_all(office, BUPATI, list(acted.paper.items()), by=SECOND)


@dataclass
class Hall:
    """Reads a desa out in one office, TPS by TPS, as the play has it."""

    office: Office
    acted: Play
    said: list[str] = field(default_factory=list)

    def steps(self, desa: str) -> Iterator[str]:
        """Do one thing after another; between two of them anything else may happen."""
        for tps in self.acted.below(desa):
            yield from self._station(tps)
        close(
            self.office,
            BUPATI,
            by=READER,
            unit=desa,
            signers=signers(self.office),
            place="Ciamis",
        )
        yield "closed"

    def _station(self, tps: str) -> Iterator[str]:
        acted, office = self.acted, self.office
        if not acted.paper[tps]:
            why = Decision(READER, "kotak tidak memuat C.HASIL", "Panwas", PLENO)
            not_delivered(office, BUPATI, tps, decision=why)
            yield "not delivered"
            return
        decision = None
        if tps in acted.slips:
            decision = Decision(READER, "salah ketik entri awal", decided_by=PLENO)
        read_out(office, BUPATI, tps, acted.paper[tps], by=READER, decision=decision)
        yield "read"
        if tps in acted.objections:
            self._object(tps, settled=acted.objections[tps])
            yield "objection"
        if tps in acted.mended:
            why = Decision(READER, "salah jumlah di TPS", "Saksi nomor 2", PLENO)
            correct(office, BUPATI, tps, changes=dict(acted.mended[tps]), decision=why)
            yield "corrected"
        if tps in acted.recounted:
            why = Decision(READER, "hitung ulang", "Panwas", PLENO)
            new_round(office, BUPATI, tps, decision=why)
            yield "new round"
            for name in (FIRST, SECOND):
                enter_all(office, BUPATI, [(tps, acted.recounted[tps])], by=name)
            yield "recounted"
            read_out(office, BUPATI, tps, acted.recounted[tps], by=READER)
            yield "read again"

    def _object(self, tps: str, *, settled: bool) -> None:
        text = "Jumlah pengguna DPTb berbeda dari daftar hadir"
        speech = Speech(Topic.OBJECTION, text, unit=tps, raised_by="Saksi nomor 2")
        made = put_on_record(self.office, BUPATI, speech, by=READER)
        answer = "Daftar hadir dibuka, jumlahnya sesuai"
        answer_incident(self.office, BUPATI, made.id, by=READER, answer=answer, settled=settled)


def signers(office: Office) -> list[Signer]:
    """Every seat: the members are there, the saksi refuses."""
    *members, witness = seats(office, BUPATI)
    return [
        *(Signer(seat, name) for seat, name in zip(members, MEMBERS, strict=True)),
        Signer(witness, "Budi Santoso", Presence.REFUSED, "keberatan tidak selesai"),
    ]


def finish(office: Office) -> None:
    """Close all of it, open it again for one desa, and close both."""
    close(office, BUPATI, by=READER, signers=signers(office), place="Ciamis")
    desa = office.file.contests[BUPATI].desas()[0]
    why = "rekomendasi Panwas"
    reopen_contest(office, BUPATI, by=READER, reason=why, decided_by=PLENO)
    reopen_contest(office, BUPATI, by=READER, reason=why, decided_by=PLENO, unit=desa)
    close(office, BUPATI, by=READER, unit=desa, signers=signers(office), place="Ciamis")
    close(office, BUPATI, by=READER, signers=signers(office), place="Ciamis")
