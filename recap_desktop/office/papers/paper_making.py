"""Papers beside the sheets: read from the file at once, made in any thread, each by its name."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from recap_desktop import __version__
from recap_desktop.election.definitions import regions
from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures.tallies import EMPTY, leaf
from recap_desktop.election.moments import in_order
from recap_desktop.election.papers import (
    blanks,
    hall_papers,
    minutes,
    station_slips,
    typists,
    zero_reports,
)
from recap_desktop.election.papers.facts import Head, Loose
from recap_desktop.election.papers.minutes import Hall
from recap_desktop.election.papers.typists import Typed
from recap_desktop.election.papers.zero_reports import Beginning
from recap_desktop.election.records import merkle
from recap_desktop.election.records.journal import OFFICE_CHAIN, Kind
from recap_desktop.election.records.plenary import attendance_of, plenary_of
from recap_desktop.office.papers.book_making import gather
from recap_desktop.office.papers.printing import Book
from recap_desktop.office.people.people import roster
from recap_desktop.office.plenary.hall import expected_signers
from recap_desktop.office.plenary.revisions import contest_hash, merkle_leaves
from recap_desktop.office.plenary.seats import is_witness
from recap_desktop.office.posts.posts import posts
from recap_desktop.problems import KnownProblem
from recap_desktop.storage.journal_table import read_stored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from recap_desktop.election.figures.tallies import Tally
    from recap_desktop.election.papers.books import Bound
    from recap_desktop.election.papers.facts import Facts
    from recap_desktop.election.papers.station_slips import Slip
    from recap_desktop.election.records.journal import Record
    from recap_desktop.office.opening import Office
    from recap_desktop.office.papers.book_making import Makings
    from recap_desktop.office.plenary.revisions import Revision


class PaperKind(enum.Enum):
    """A paper that is no sheet with figures."""

    MINUTES = "minutes"
    INCIDENTS = "incidents"
    CORRECTIONS = "corrections"
    RECEIPT = "receipt"
    ZERO = "zero"
    SLIP = "slip"
    TYPISTS = "typists"
    BLANK_SHEETS = "blank-sheets"
    BLANK_FORMS = "blank-forms"


_OF_NO_REVISION = frozenset({PaperKind.ZERO, PaperKind.BLANK_SHEETS, PaperKind.BLANK_FORMS})
_OF_UNITS = frozenset({PaperKind.SLIP, PaperKind.BLANK_SHEETS, PaperKind.BLANK_FORMS})
_SHORT = 8


@dataclass(frozen=True, slots=True)
class PaperMakings:
    """All that one paper is made from; it holds no door to the office.

    Attributes:
        kind: which paper.
        unit: the desa or TPS it is of; empty for the office.
        makings: what sheets are made from too.
        hall: the plenary and who attended, up to the revision.
        beginning: of a zero report.
        people: names by id; of a list of typists.
        posts: number of each post; of a list of typists.
    """

    kind: PaperKind
    unit: str
    makings: Makings
    hall: Hall
    beginning: Beginning | None
    people: Mapping[str, str]
    posts: Mapping[str, int]

    def book(self) -> Book:
        """The paper, to be shown and printed.

        Raises:
            KnownProblem: ``record-damaged``.
        """
        makings = self.makings
        return Book(self._papers(), makings.revision, emblem=makings.emblem)

    def slip(self) -> Slip:
        """The slip of a TPS with its proof, as it is printed and as it is written as text."""
        _, tallied = self.makings.folded()
        return self._slip(tallied)

    def _papers(self) -> Sequence[Bound]:
        facts, tallied = self.makings.folded()
        makers: dict[PaperKind, Callable[[], Bound | Sequence[Bound]]] = {
            PaperKind.MINUTES: lambda: minutes.minutes(facts, self.hall, tallied),
            PaperKind.INCIDENTS: lambda: hall_papers.incident_form(facts, self.hall),
            PaperKind.CORRECTIONS: lambda: hall_papers.corrections(facts),
            PaperKind.RECEIPT: lambda: hall_papers.receipt(facts, self.hall),
            PaperKind.ZERO: lambda: self._zero(facts),
            PaperKind.SLIP: lambda: self._slip_paper(facts, tallied),
            PaperKind.TYPISTS: lambda: typists.typists(facts, tuple(self._typed())),
            PaperKind.BLANK_SHEETS: lambda: blanks.blank_sheets(facts, self.unit),
            PaperKind.BLANK_FORMS: lambda: blanks.blank_forms(facts, self.unit),
        }
        made = makers[self.kind]()
        return made if isinstance(made, Sequence) else (made,)

    def _slip_paper(self, facts: Facts, tallied: Mapping[str, Tally]) -> Bound:
        tally = tallied.get(self.unit, EMPTY)
        return station_slips.slip_paper(facts, self.unit, tally, self._slip(tallied))

    def _zero(self, facts: Facts) -> Bound:
        assert self.beginning is not None
        return zero_reports.zero_report(facts, self.hall, self.beginning)

    def _slip(self, tallied: Mapping[str, Tally]) -> Slip:
        makings = self.makings
        assert makings.revision is not None
        election, contest = makings.election, makings.contest_id
        stations = election.stations_of(contest, makings.revision.unit)
        own = [(station.tps, tallied.get(station.tps, EMPTY)) for station in stations]
        leaves = merkle_leaves(election, contest, own)
        index = next(at for at, (tps, _) in enumerate(own) if tps == self.unit)
        digest, mode = contest_hash(election, contest), election.mode.value
        return station_slips.Slip(
            leaf=leaf(digest, mode, *own[index]),
            index=index,
            size=len(leaves),
            path=merkle.proof(leaves, index),
            root=merkle.root(leaves),
            head=makings.revision.head,
        )

    def _typed(self) -> Iterator[Typed]:
        for tps in sorted(self.makings.raws):
            records = [read_stored(raw) for raw in self.makings.raws[tps]]
            records.sort(key=lambda record: (in_order(record.time), record.id))
            for record in records:
                what = _what(record)
                if what:
                    yield Typed(
                        tps=tps,
                        what=what,
                        person=self.people.get(record.person, record.person),
                        time=record.time,
                        post=self.posts.get(record.post, 0),
                        id=record.id[:_SHORT],
                    )


def _what(record: Record) -> str:
    """What was typed with a record, as a code; empty for what is no typing."""
    if record.kind == Kind.ENTRY.value:
        return str(record.body["source"])
    if record.kind == Kind.RULING.value:
        return str(record.body["cause"])
    return "withdrawn" if record.kind == Kind.WITHDRAWAL.value else ""


def gather_paper(
    office: Office,
    kind: PaperKind,
    contest_id: str,
    *,
    revision: Revision | None = None,
    unit: str = "",
) -> PaperMakings:
    """Read what one paper is made from.

    Args:
        office: the open office.
        kind: which paper.
        contest_id: the contest.
        revision: of which close; None for what stands now. A zero report and blank sheets are of
            none.
        unit: a desa (blank sheets) or TPS (slip, blank forms); empty for the office.

    Raises:
        KnownProblem: ``contest-unknown``, ``sheet-unit-unknown``, ``desa-of-kecamatan-only``;
            ``zero-too-late`` once something was recorded; ``slip-needs-close``,
            ``slip-needs-station``, ``blank-needs-unit``; ``paper-of-office-only``.
    """
    office.require_contest(contest_id)
    of = None if kind in _OF_NO_REVISION else revision
    _require_unit(office, kind, contest_id, unit=unit)
    if kind is PaperKind.ZERO:
        _require_nothing(office, contest_id)
    if kind is PaperKind.SLIP and of is None:
        raise KnownProblem("slip-needs-close", contest=contest_id)
    desa = of.unit if of and of.unit != office.code else ""
    makings = gather(office, contest_id, revision=of, desa=desa)
    if kind in _OF_NO_REVISION:
        state = Loose(_office_heads(office) if kind is PaperKind.ZERO else ())
        signers = expected_signers(office, contest_id) if kind is PaperKind.ZERO else ()
        makings = replace(makings, state=state, signers=signers, desa="")
    wants_names = kind is PaperKind.TYPISTS
    return PaperMakings(
        kind=kind,
        unit=unit,
        makings=makings,
        hall=_hall(office, contest_id, of),
        beginning=_beginning(office, contest_id) if kind is PaperKind.ZERO else None,
        people=roster(office) if wants_names else {},
        posts={post.id: post.number for post in posts(office)} if wants_names else {},
    )


def _require_unit(office: Office, kind: PaperKind, contest_id: str, *, unit: str) -> None:
    if unit and kind not in _OF_UNITS:
        raise KnownProblem("paper-of-office-only", unit=regions.dotted(unit))
    stations = {s.tps for s in office.election.stations_of(contest_id, office.code)}
    if kind is PaperKind.SLIP and unit not in stations:
        raise KnownProblem("slip-needs-station", unit=regions.dotted(unit) if unit else "-")
    if kind is PaperKind.BLANK_FORMS and len(unit) < Level.DESA.value:
        raise KnownProblem("blank-needs-unit")
    if unit and not any(tps.startswith(unit) for tps in stations):
        raise KnownProblem("sheet-unit-unknown", unit=regions.dotted(unit))


def _require_nothing(office: Office, contest_id: str) -> None:
    met = office.file.journal.met_subjects(contest_id)
    if met:
        raise KnownProblem("zero-too-late", contest=contest_id, stations=len(met))


def _office_heads(office: Office) -> tuple[Head, ...]:
    return tuple(
        Head(seq, digest)
        for chain, (seq, digest) in office.file.journal.heads().items()
        if chain.partition("/")[2] == OFFICE_CHAIN
    )


def _hall(office: Office, contest_id: str, revision: Revision | None) -> Hall:
    """The hall as it was at a close.

    The roster of who attends stands in a chain that no close names, since it never leaves the
    office: what the laptop says came later is left out.
    """
    table = office.file.journal
    turns, there = table.records_of_kind(Kind.PLENARY), table.records_of_kind(Kind.ATTENDANCE)
    if revision:
        turns = [t for t in turns if t.seq <= revision.heads.get(t.chain, 0)]
        closed = in_order(revision.record.time)
        there = [one for one in there if in_order(one.time) <= closed]
    attended = attendance_of(there)
    return Hall(
        plenary_of(turns),
        tuple(o for o in attended if not is_witness(o.seat) or o.contest == contest_id),
    )


def _beginning(office: Office, contest_id: str) -> Beginning:
    stations = office.election.stations_of(contest_id, office.code)
    own = [(station.tps, EMPTY) for station in stations]
    keys = [(post.id, office.file.journal.post_key(post.id).hex()) for post in posts(office)]
    return Beginning(
        definition=office.file.election_id,
        contest=contest_hash(office.election, contest_id),
        stations=len(stations),
        root=merkle.root(merkle_leaves(office.election, contest_id, own)).hex(),
        program=__version__,
        posts=tuple(keys),
    )
