"""What the papers of the office are made from: read from the file at once, made in any thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from recap_desktop.election.checks import rules
from recap_desktop.election.definitions import regions
from recap_desktop.election.definitions.regions import Level, level_of
from recap_desktop.election.figures import counts
from recap_desktop.election.figures.compact_tallies import CompactTallies
from recap_desktop.election.figures.figures_before import figures_before
from recap_desktop.election.figures.tallies import Cause, Tally
from recap_desktop.election.papers import books, facts
from recap_desktop.election.records.journal import Kind
from recap_desktop.election.records.marks import marks_of
from recap_desktop.election.records.plenary import incidents_of
from recap_desktop.office.checks.findings import Case, beside
from recap_desktop.office.language import load_words
from recap_desktop.office.papers.anchoring import anchor_of
from recap_desktop.office.papers.emblem_choosing import paper_emblem
from recap_desktop.office.plenary.revisions import election_of
from recap_desktop.office.upward.unit_figures import differences
from recap_desktop.problems import KnownProblem
from recap_desktop.storage.journal_table import read_stored

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recap_desktop.election.checks.rules import Finding
    from recap_desktop.election.definitions.contests import Election, Station
    from recap_desktop.election.figures.layers import Layers
    from recap_desktop.election.papers.annexes import Annex
    from recap_desktop.election.papers.books import Papers
    from recap_desktop.election.papers.sheets import Sheet
    from recap_desktop.election.records.journal import Record
    from recap_desktop.election.records.marks import Mark
    from recap_desktop.election.records.plenary import Incident
    from recap_desktop.election.records.unit_records import Difference
    from recap_desktop.election.wording import Words
    from recap_desktop.office.opening import Office
    from recap_desktop.office.plenary.revisions import Revision

_LANGUAGE = "id"
"""Papers are in Bahasa Indonesia whatever the screen speaks."""


@dataclass(frozen=True, slots=True)
class Makings:
    """All that the papers of an office or a desa are made from (bahan lembar).

    It holds no door to the office: the thread that reads it need not be the one that makes them.

    Attributes:
        election: the definition.
        contest_id: the contest.
        office: its code.
        desa: code of the one desa that is printed; empty for the office as a whole.
        revision: of which close; None for a draft.
        state: the same as it stands on the papers.
        layers: how its records fold.
        words: of the papers.
        raws: TPS -> bytes of its records, as they arrived; a TPS without any is absent.
        stations: desa -> its TPS.
        others: TPS -> other contest -> figures that must say the same; of a draft only.
        incidents: what was put on record, up to the revision.
        differences: corrections of units above the TPS, likewise.
        signers: who signs; of a revision as it was closed.
        post_key: public key of the post that closed, in hex; empty for a draft.
        emblem: picture of the office's own mark; empty for the neutral one.
    """

    election: Election
    contest_id: str
    office: str
    desa: str
    revision: Revision | None
    state: facts.Draft | facts.Revision | facts.Loose
    layers: Layers
    words: Words
    raws: Mapping[str, Sequence[bytes]]
    stations: Mapping[str, tuple[Station, ...]]
    others: Mapping[str, Mapping[str, Mapping[str, int]]]
    incidents: tuple[Incident, ...] = ()
    differences: tuple[Difference, ...] = ()
    signers: tuple[facts.Signer, ...] = ()
    post_key: str = ""
    emblem: bytes = b""

    def papers(self) -> Papers[Sheet | Annex]:
        """The papers in the order in which they are bound, each made when it is looked at.

        Raises:
            KnownProblem: ``record-damaged``.
        """
        return self.bound(*self.folded())

    def bound(self, gathered: facts.Facts, tallied: Mapping[str, Tally]) -> Papers[Sheet | Annex]:
        """The same, from what ``folded`` gave before."""
        if self.desa:
            return books.desa_book(gathered, self.desa, tallied)
        return books.office_book(gathered, self.office, tallied)

    def folded(self) -> tuple[facts.Facts, Mapping[str, Tally]]:
        """What stands beside the figures, and the tally of each TPS that has records.

        The records of each TPS are looked at here, so that one that is damaged is told before a
        paper is begun, and let go again: most of what a large office is made from would be figures.

        Raises:
            KnownProblem: ``record-damaged``.
        """
        findings: dict[str, Sequence[Finding]] = {}
        marks: dict[str, Sequence[Mark]] = {}
        decisions: list[facts.Decision] = []
        tallied = CompactTallies()
        for tps in self.raws:
            records = [read_stored(raw) for raw in self.raws[tps]]
            tally = self.layers.tally(records)
            tallied.add(tps, tally)
            if found := self._findings(tps, tally):
                findings[tps] = found
            if said := marks_of(records):
                marks[tps] = said
            decisions += self._decisions(tps, records)
        gathered = facts.Facts(
            election=self.election,
            contest_id=self.contest_id,
            office=self.office,
            state=self.state,
            double_entry=self.layers.own.double_entry,
            words=self.words,
            signers=self.signers,
            findings=findings,
            marks=marks,
            incidents=self.incidents,
            differences=self.differences,
            decisions=tuple(decisions),
        )
        return gathered, tallied

    def _decisions(self, tps: str, records: Sequence[Record]) -> list[facts.Decision]:
        """What was decided in this office; offices below print theirs on their own papers."""
        own = {record.id for record in self.layers.own_records(records)}
        return _decisions(tps, records, own)

    def _findings(self, tps: str, tally: Tally) -> Sequence[Finding]:
        """Findings of what counts; those of a revision never speak of the other contests (R16).

        What stood in another contest when this one was closed is no part of the revision: the
        page would change with every record there.
        """
        if not tally.counts:
            return ()
        case = Case(
            contest=self.contest_id,
            tps=tps,
            cells=tally.cells,
            siblings=self.stations.get(tps[: Level.DESA.value], ()),
            others=self.others.get(tps, {}),
        )
        findings = case.findings(self.election.layout(self.contest_id))
        if self.revision:
            findings = tuple(f for f in findings if f.rule != rules.OTHER_CONTEST)
        return findings


def gather(
    office: Office, contest_id: str, *, revision: Revision | None = None, desa: str = ""
) -> Makings:
    """Read what papers are made from, as of a revision or of what stands now.

    Args:
        office: the open office.
        contest_id: the contest.
        revision: of which close; None makes a draft.
        desa: code of one desa, to print it while the next is read; empty for the whole office.

    Raises:
        KnownProblem: ``contest-unknown``, ``sheet-unit-unknown``; ``desa-of-kecamatan-only`` for
            a desa in the office of a kabko or provinsi, whose paper it is not.
    """
    beside_them = gather_beside(office, contest_id, revision=revision, desa=desa)
    held = beside_them.election.stations_of(contest_id, office.code)
    stations = {station.tps for station in held}
    heads = revision.heads if revision else None
    raws = office.file.journal.raws_of_subjects(contest_id, heads, under=desa)
    return replace(beside_them, raws={tps: known for tps, known in raws if tps in stations})


def gather_beside(
    office: Office, contest_id: str, *, revision: Revision | None = None, desa: str = ""
) -> Makings:
    """The same but the records of the TPS: it is read at once, however many TPS there are.

    Raises:
        KnownProblem: as ``gather``.
    """
    office.require_contest(contest_id)
    if desa:
        require_kecamatan(office)
    election = election_of(office, revision)
    held = {s.tps[: Level.DESA.value] for s in election.stations_of(contest_id, office.code)}
    if desa and desa not in held:
        raise KnownProblem("sheet-unit-unknown", unit=regions.dotted(desa))
    heads = revision.heads if revision else None
    return Makings(
        election=election,
        contest_id=contest_id,
        office=office.code,
        desa=desa,
        revision=revision,
        state=_state(office, contest_id, revision),
        layers=office.file.layers,
        words=load_words(_LANGUAGE),
        raws={},
        stations=_by_desa(election, desa or office.code),
        others={} if revision else beside(office, contest_id, under=desa),
        incidents=_incidents(office, contest_id, heads),
        differences=tuple(differences(office, contest_id, heads)),
        signers=revision.signers if revision else (),
        post_key=office.file.journal.post_key(revision.record.post).hex() if revision else "",
        emblem=paper_emblem(office, revision),
    )


def require_kecamatan(office: Office) -> None:
    """Refuse what is made of the desa of a kecamatan in an office above it.

    Raises:
        KnownProblem: ``desa-of-kecamatan-only``.
    """
    if level_of(office.code) is not Level.KECAMATAN:
        raise KnownProblem("desa-of-kecamatan-only", name=office.election.tree.name(office.code))


def _incidents(
    office: Office, contest_id: str, heads: Mapping[str, int] | None
) -> tuple[Incident, ...]:
    """What was put on record of a contest, up to the heads of a revision."""
    known = office.file.journal.records_of_kind(Kind.INCIDENT, contest=contest_id)
    return incidents_of(
        record for record in known if heads is None or record.seq <= heads.get(record.chain, 0)
    )


def _by_desa(election: Election, under: str) -> dict[str, tuple[Station, ...]]:
    """Every TPS below a unit that was not abolished, by desa."""
    found: dict[str, list[Station]] = {}
    for station in election.stations:
        if station.tps.startswith(under) and not station.abolished:
            found.setdefault(station.tps[: Level.DESA.value], []).append(station)
    return {desa: tuple(stations) for desa, stations in found.items()}


def _state(
    office: Office, contest_id: str, revision: Revision | None
) -> facts.Draft | facts.Revision:
    if revision:
        return facts.Revision(
            revision.number,
            revision.head,
            place=revision.place,
            date=revision.date,
            post=revision.record.post,
            anchor=anchor_of(election_of(office, revision), revision.record),
        )
    chains = office.file.journal.heads().items()
    return facts.Draft(
        tuple(
            facts.Head(seq, digest)
            for chain, (seq, digest) in chains
            if chain.partition("/")[2] == contest_id
        )
    )


def _decisions(tps: str, records: Sequence[Record], own: set[str]) -> list[facts.Decision]:
    """Every ruling of the office on a TPS, a later one after what it names; the laptop's time settles ties."""
    known = {record.id: record for record in records}
    rulings = [r for r in records if r.kind == Kind.RULING.value and r.id in own]
    rulings.sort(key=lambda record: (_depth(record, known), record.time, record.id))
    return [
        facts.Decision(
            tps=tps,
            cause=Cause(record.body["cause"]),
            reason=record.body["reason"],
            decided_by=record.body["decided_by"],
            changes=_changes(record, known),
            raised_by=record.body["raised_by"],
        )
        for record in rulings
    ]


def _depth(record: Record, known: Mapping[str, Record]) -> int:
    """How many records stand one behind another below this one."""
    below = [known[key] for key in record.over if key in known]
    return 1 + max((_depth(other, known) for other in below), default=0)


def _changes(record: Record, known: Mapping[str, Record]) -> tuple[facts.Change, ...]:
    """Cells that differ from what was replaced, where that was one set of figures."""
    if record.body["cause"] not in (Cause.CORRECTED.value, Cause.SETTLED.value):
        return ()
    before = figures_before(record, known)
    if before is None:
        return ()
    pairs = counts.changes(before, record.body["cells"])
    return tuple(facts.Change(cell, old, new) for cell, (old, new) in pairs.items())
