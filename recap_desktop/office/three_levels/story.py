"""Plays the demo of three levels, step by step: what was done is told as it is done.

Every step is a command of the program, as an operator would give it. Only the figures of the TPS
are real; the corrections, the second revisions and the forged packages are made up.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from recap_desktop import places
from recap_desktop.election.definitions.regions import Level, dotted
from recap_desktop.election.figures.totals import added
from recap_desktop.election.papers.captions import full_name
from recap_desktop.exchange.election_folder import build_election
from recap_desktop.foreign.counts_csv import read_counts_csv
from recap_desktop.office.entry import conflicts, entering, ruling
from recap_desktop.office.plenary import closing
from recap_desktop.office.progress.overview import totals
from recap_desktop.office.three_levels import forging, left_behind
from recap_desktop.office.three_levels.players import CHAIR, CONTEST, OPERATOR, Player, Stage
from recap_desktop.office.upward import proposals, unit_figures
from recap_desktop.office.upward.package_changes import Fate
from recap_desktop.office.upward.package_preview import preview
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from recap_desktop.election.definitions.contests import Election
    from recap_desktop.foreign.counts_csv import Row
    from recap_desktop.office.opening import Office

SAMPLE = "ciamis-kabupaten-2024"
PROVINSI, KABKO = "32", "3207"
ABSORBED, DISPUTED, UNIT, CORRECTED = "320701", "320702", "320703", "320704"
"""Kecamatan: whose second revision says what was ruled above, says something else; of which the
kabupaten corrects the total; of which it corrects a TPS."""

STATION = {
    ABSORBED: "3207011001001",
    DISPUTED: "3207022001001",
    CORRECTED: "3207042001001",
}
"""The TPS that are corrected."""

RULED, SAID_BELOW, DIFFERENCE = 2, 3, 5
"""So many votes go from choice 2 to choice 1: by rulings above, by the revision that says
something else, and by the difference on a kecamatan."""

FIRST, SECOND = "votes.1", "votes.2"


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that was done, for a sentence (yang diperagakan).

    Attributes:
        code: of the sentence, below ``levels``.
        details: that it names; ``problem`` is told apart.
        problem: the refusal that the sentence ends in.
        is_wrong: whether it should not have come to this: the program did not do what it must.
    """

    code: str
    details: Mapping[str, str | int] = field(default_factory=dict)
    problem: KnownProblem | None = None
    is_wrong: bool = False


def play(folder: Path) -> Iterator[Told]:
    """Play all of it into a folder, and tell each step once it is done.

    Raises:
        KnownProblem: ``folder-not-empty``, ``file-cannot-be-written``; as the commands it gives.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise KnownProblem("folder-not-empty", path=str(folder))
    stage = Stage(folder)
    election = build_election(places.resource("sample", SAMPLE))
    story = _Story(stage, election)
    try:
        yield from story.told()
    finally:
        story.close()


def published() -> dict[str, int]:
    """Cell -> what was published of the kabupaten as a whole; the sample's README names the source."""
    path = places.resource("sample", SAMPLE, "published.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return {row["cell"]: int(row["total"]) for row in csv.DictReader(file)}


def total_of(office: Office) -> dict[str, int]:
    """The totals of the kabupaten as an office has them now, as its papers say them."""
    (whole,) = totals(office, CONTEST, level=Level.KABKO)
    return {cell: whole.sums.get(cell, 0) for cell in published()}


class _Story:
    """The play, with what its acts hand to each other."""

    def __init__(self, stage: Stage, election: Election) -> None:
        self._stage = stage
        self._election = election
        self._open: list[Player] = []
        self._below: dict[str, Player] = {}

    def close(self) -> None:
        for player in self._open:
            player.leave()

    def _make(self, code: str) -> Player:
        made = Player.made(self._stage, self._election, code)
        self._open.append(made)
        return made

    def _name(self, code: str) -> str:
        return full_name(self._election.tree, code)

    def told(self) -> Iterator[Told]:
        """All acts in their order."""
        codes = [code for code in self._election.tree.at(Level.KECAMATAN) if code.startswith(KABKO)]
        stations = len(self._election.stations)
        yield Told("begin", {"offices": len(codes), "stations": stations})
        prov = self._make(PROVINSI)
        kabko = self._make(KABKO)
        root = prov.ask()
        prov.certify(kabko)
        kabko.believe(prov.key, root)
        yield Told("keys", {"prov": self._name(PROVINSI), "kabko": self._name(KABKO)})
        yield from self._kecamatan(prov, kabko, root, codes)
        yield from self._corrections(kabko)
        yield from self._second_revisions(kabko)
        yield from self._forgeries(kabko)
        yield from self._upward(prov, kabko)
        left_behind.leave(self._stage, [prov, kabko, self._below[ABSORBED]])
        yield Told("end", {"folder": str(self._stage.folder)})

    # From the TPS to the kabupaten

    def _kecamatan(
        self, prov: Player, kabko: Player, root: Path, codes: list[str]
    ) -> Iterator[Told]:
        """Each enters, closes and sends; the kabupaten receives and gives a receipt."""
        known = {station.tps for station in self._election.stations}
        path = places.resource("sample", SAMPLE, "counts.csv")
        cells = frozenset(published())
        rows: dict[str, list[Row]] = {}
        for tps, figures in read_counts_csv(path, cells=cells, stations=known):
            rows.setdefault(tps[: Level.KECAMATAN.value], []).append((tps, figures))
        done: Counter[str] = Counter()
        for code in codes:
            below = self._make(code)
            kabko.certify(below)
            below.believe(prov.key, root)
            entering.enter_all(below.office, CONTEST, rows[code], by=OPERATOR)
            done["entered"] += len(rows[code])
            done["missing"] += self._declare_missing(below)
            closing.close(below.office, CONTEST, by=OPERATOR, place=self._election.tree.name(code))
            kabko.receive(below.send(), below.paper())
            kabko.give_receipt(below)
            if code in (ABSORBED, DISPUTED):
                self._below[code] = below
            else:
                below.leave()
                self._open.remove(below)
        yield Told("received", {"offices": len(codes), **done})
        same = total_of(kabko.office) == published()
        yield Told("published" if same else "not-published", _votes(published()), is_wrong=not same)

    def _declare_missing(self, below: Player) -> int:
        """TPS whose form never came are declared so; how many."""
        faults = closing.missing(below.office, CONTEST)
        for fault in faults:
            decision = below.decision("C.HASIL tidak diserahkan")
            ruling.not_delivered(
                below.office, CONTEST, str(fault.details["tps"]), decision=decision
            )
        return len(faults)

    # What the kabupaten decides

    def _corrections(self, kabko: Player) -> Iterator[Told]:
        for code in (CORRECTED, ABSORBED, DISPUTED):
            _move(kabko, code, RULED, "salah salin dari C.HASIL")
        stays = STATION[CORRECTED]
        yield Told("corrected", {"tps": dotted(stays), "number": RULED})
        unit_figures.add_difference(
            kabko.office,
            CONTEST,
            UNIT,
            cells={FIRST: DIFFERENCE, SECOND: -DIFFERENCE},
            decision=kabko.decision("salah jumlah di D.HASIL kecamatan, TPS tidak diketahui"),
        )
        yield Told("difference", {"name": self._name(UNIT), "number": DIFFERENCE})

    def _second_revisions(self, kabko: Player) -> Iterator[Told]:
        """One kecamatan takes up what the receipt proposes; another says something else."""
        agrees, differs = self._below[ABSORBED], self._below[DISPUTED]
        for below in (agrees, differs):
            kabko.give_receipt(below)
            closing.reopen_contest(
                below.office, CONTEST, by=CHAIR, reason="pembetulan", decided_by="Pleno PPK"
            )
        proposals.take_up(agrees.office, CONTEST, STATION[ABSORBED], decision=agrees.decision(""))
        _move(differs, DISPUTED, SAID_BELOW, "dihitung ulang dari C.HASIL")
        for below, fate in ((agrees, Fate.ABSORBED), (differs, Fate.CONFLICT)):
            closing.close(below.office, CONTEST, by=OPERATOR, place="Ciamis")
            seen = kabko.receive(below.send(), below.paper())
            tps = STATION[below.code]
            met = seen.rulings.get(tps) is fate
            told = {"name": self._name(below.code), "tps": dotted(tps)}
            yield Told(fate.value if met else "unexpected", told, is_wrong=not met)
        (theirs,) = (
            s for s in conflicts.sides(kabko.office, CONTEST, STATION[DISPUTED]) if s.office
        )
        conflicts.uphold(
            kabko.office,
            CONTEST,
            STATION[DISPUTED],
            side=theirs.ruling,
            decision=kabko.decision("C.HASIL dibuka dalam pleno: angka kecamatan yang benar"),
        )
        yield Told("settled", {"name": self._name(DISPUTED)})
        for below in (agrees, differs):
            kabko.give_receipt(below)

    def _forgeries(self, kabko: Player) -> Iterator[Told]:
        """Packages that were meddled with are looked at: each is refused, and nothing changes."""
        place = self._stage.place("palsu")
        genuine = next(iter(sorted(self._stage.packages.glob(f"REKAP_{UNIT}_*.rkp"))))
        # Whoever forges has a key, but it is that of another kecamatan.
        stranger = self._below[DISPUTED].key
        made = {
            "forged": forging.with_other_figures(genuine, place / "angka-lain.rkp", key=stranger),
            "damaged": forging.with_one_bit(genuine, place / "satu-bit.rkp"),
        }
        for code, path in made.items():
            try:
                preview(kabko.office, path)
            except KnownProblem as problem:
                yield Told(code, {"file": path.name}, problem)
            else:
                yield Told("unexpected", {"name": path.name, "tps": ""}, is_wrong=True)

    # From the kabupaten to the provinsi

    def _upward(self, prov: Player, kabko: Player) -> Iterator[Told]:
        closing.close(kabko.office, CONTEST, by=OPERATOR, place="Ciamis")
        prov.receive(kabko.send(), kabko.paper())
        prov.give_receipt(kabko)
        closing.close(prov.office, CONTEST, by=OPERATOR, place="Bandung")
        below, above, moved = total_of(kabko.office), total_of(prov.office), moved_votes()
        same = below == above == added(published(), {FIRST: moved, SECOND: -moved})
        told = {**_votes(above), "moved": moved}
        yield Told("same" if same else "not-same", told, is_wrong=not same)


def moved_votes() -> int:
    """So many votes went from choice 2 to choice 1 by all that was decided."""
    return RULED + RULED + SAID_BELOW + DIFFERENCE


def _move(player: Player, code: str, number: int, reason: str) -> None:
    """Correct the TPS of a kecamatan: some votes belong to the other choice."""
    tps = STATION[code]
    now = player.office.file.layers.tally(player.office.file.journal.records(CONTEST, tps)).cells
    changes = {FIRST: now[FIRST] + number, SECOND: now[SECOND] - number}
    ruling.correct(player.office, CONTEST, tps, changes=changes, decision=player.decision(reason))


def _votes(sums: Mapping[str, int]) -> dict[str, int]:
    return {"first": sums[FIRST], "second": sums[SECOND]}
