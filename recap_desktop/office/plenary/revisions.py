"""Revisions: what each close of a contest, or of one desa of it, was made from and says for ever."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.definition_data import contest_data
from recap_desktop.election.definitions.regions import Level, dotted
from recap_desktop.election.figures.tallies import EMPTY, Tally, leaf
from recap_desktop.election.figures.totals import Total, by_unit, total_of
from recap_desktop.election.papers.anchors import SIGNED
from recap_desktop.election.papers.facts import Presence, Signer
from recap_desktop.election.records import journal, merkle
from recap_desktop.election.records.canonical import canonical
from recap_desktop.election.records.journal import Kind, Record
from recap_desktop.election.records.unit_records import differences_of
from recap_desktop.office.papers.anchoring import statement_of
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recap_desktop.election.definitions.contests import Election
    from recap_desktop.office.opening import Office


@dataclass(frozen=True, slots=True)
class Revision:
    """The close number n of a contest, or of a desa of it (revisi), and what it was made from.

    Attributes:
        number: from 1, of its unit.
        record: the close; its id is the head printed on every page.
        heads: chain -> last sequence number it was made from.
        place: where it was decided; empty when that was not said.
        signers: as they were when it was closed.
    """

    number: int
    record: Record
    heads: dict[str, int]
    place: str
    signers: tuple[Signer, ...]

    @property
    def head(self) -> str:
        """Hash of the close, 64 hex digits."""
        return self.record.id

    @property
    def unit(self) -> str:
        """Code of the office, or of the desa that was closed."""
        return self.record.subject["unit"]

    @property
    def date(self) -> str:
        """Day of the close as the laptop said, ISO."""
        return self.record.time.partition("T")[0]


def revision_of(record: Record) -> Revision:
    """What a close says."""
    body = record.body
    return Revision(
        number=body["revision"],
        record=record,
        heads={chain: seq for chain, seq, _ in body["heads"]},
        place=body["place"],
        signers=tuple(
            Signer(s["seat"], s["name"], Presence(s["presence"]), s["reason"])
            for s in body["signers"]
        ),
    )


def revisions(office: Office, contest_id: str, unit: str = "") -> list[Revision]:
    """Every close of a contest (or of one desa of it) in the order of its number."""
    wanted = unit or office.code
    return [revision for revision in all_revisions(office, contest_id) if revision.unit == wanted]


def all_revisions(office: Office, contest_id: str) -> list[Revision]:
    """Every close of a contest and of its desa, by unit, then in the order of its number."""
    closes = office.file.journal.records_of_kind(Kind.CLOSE, contest=contest_id)
    return sorted(map(revision_of, closes), key=lambda r: (r.unit, r.number, r.head))


def standing_revision(office: Office, contest_id: str, unit: str = "") -> Revision | None:
    """The newest revision that no reopening names; None while the contest (or desa) is open."""
    standing = standing_revisions(office, contest_id, unit)
    return standing[-1] if standing else None


def standing_revisions(office: Office, contest_id: str, unit: str = "") -> list[Revision]:
    """Every revision that no reopening names, the newest last.

    There are several only where posts closed the contest without knowing of each other.
    """
    wanted = unit or office.code
    return [revision for revision in _standing(office, contest_id) if revision.unit == wanted]


def _standing(office: Office, contest_id: str) -> list[Revision]:
    reopened = {
        other
        for record in office.file.journal.records_of_kind(Kind.REOPENING, contest=contest_id)
        for other in record.over
    }
    return [r for r in all_revisions(office, contest_id) if r.record.id not in reopened]


def standing_by_unit(office: Office, contest_id: str) -> dict[str, Revision]:
    """The newest standing revision of each unit that is closed: the office itself, or desa."""
    return {revision.unit: revision for revision in _standing(office, contest_id)}


def closed_units(office: Office, contest_id: str) -> dict[str, int]:
    """The units that are closed with the number of their revision: the office itself, or desa."""
    if contest_id not in office.closed:
        standing = standing_by_unit(office, contest_id)
        office.closed[contest_id] = {unit: one.number for unit, one in standing.items()}
    return office.closed[contest_id]


def is_closed(office: Office, contest_id: str, tps: str) -> bool:
    """Whether a TPS lies in what is closed: its desa, or the whole contest."""
    closed = closed_units(office, contest_id)
    return office.code in closed or tps[: Level.DESA.value] in closed


def require_open(office: Office, contest_id: str, unit: str = "") -> None:
    """Refuse to go on in a contest that is closed, or in a desa (or TPS) of it that is.

    Raises:
        KnownProblem: ``contest-closed``, ``desa-closed`` with the number of the revision.
    """
    closed = closed_units(office, contest_id)
    desa = unit[: Level.DESA.value]
    if office.code in closed:
        raise KnownProblem("contest-closed", contest=contest_id, revision=closed[office.code])
    if desa in closed:
        name = office.election.tree.name(desa)
        raise KnownProblem(
            "desa-closed",
            contest=contest_id,
            desa=f"{name} ({dotted(desa)})",
            revision=closed[desa],
        )


def contest_hash(election: Election, contest_id: str) -> str:
    """Hash of a contest's definition with its form: names it in every leaf."""
    contest = contest_data(election.contest(contest_id))
    form = election.form(contest_id).data
    return journal.digest("contest", canonical({"contest": contest, "form": form}))


def election_of(office: Office, revision: Revision | None) -> Election:
    """The definition a revision was made under, whatever was amended since."""
    return office.file.election_at(revision.heads) if revision else office.election


def has_moved_on(office: Office, revision: Revision) -> bool:
    """Whether records of what was closed, or an amendment, have come since."""
    contest = revision.record.contest
    return (
        office.file.journal.has_subjects_after(contest, revision.heads, under=revision.unit)
        or _differs_since(office, revision)
        or election_of(office, revision) is not office.election
    )


def _differs_since(office: Office, revision: Revision) -> bool:
    """Whether something was said of a unit above the TPS since."""
    known = office.file.journal.records_of_kind(
        Kind.DIFFERENCE, contest=revision.record.contest, of_others=True
    )
    return any(
        record.seq > revision.heads.get(record.chain, 0)
        and record.subject["unit"].startswith(revision.unit)
        for record in known
    )


def tallies_at(
    office: Office, contest_id: str, revision: Revision | None = None, *, unit: str = ""
) -> list[tuple[str, Tally]]:
    """The tally of every TPS of a unit (the office), in code order, now or as of a revision."""
    under = revision.unit if revision else unit or office.code
    stations = election_of(office, revision).stations_of(contest_id, under)
    heads = revision.heads if revision else None
    folded = dict(office.file.fresh_fold(contest_id, heads, under=under))
    return [(station.tps, folded.get(station.tps, EMPTY)) for station in stations]


def whole_total(
    office: Office, contest_id: str, tallies: Sequence[tuple[str, Tally]], *, unit: str = ""
) -> Total:
    """The total of a unit (the office) over given tallies, added up afresh."""
    cells = office.election.layout(contest_id).cells
    return total_of(unit or office.code, (tally for _, tally in tallies), cells)


def merkle_leaves(
    election: Election, contest_id: str, tallies: Sequence[tuple[str, Tally]]
) -> list[bytes]:
    """Hash of the leaf of each TPS, in code order."""
    digest, mode = contest_hash(election, contest_id), election.mode.value
    return [merkle.leaf_hash(leaf(digest, mode, tps, tally)) for tps, tally in tallies]


def differences_at(office: Office, revision: Revision) -> dict[str, dict[str, int]]:
    """Unit -> cell -> what was corrected above the TPS as of a revision."""
    known = office.file.journal.records_of_kind(
        Kind.DIFFERENCE, contest=revision.record.contest, of_others=True
    )
    heads = revision.heads
    told = differences_of(record for record in known if record.seq <= heads.get(record.chain, 0))
    return by_unit(one for one in told if one.unit.startswith(revision.unit))


def close_is_genuine(office: Office, revision: Revision) -> bool:
    """Whether a close is signed by its post and its root and totals follow from its records."""
    # Loading the cryptography takes longer than the whole first window.
    from recap_desktop.exchange.signing import is_signed  # noqa: PLC0415

    record = revision.record
    body = dict(record.body)
    signature = body.pop("signature")
    key = office.file.journal.post_key(record.post)
    if not is_signed(key, "close", raw=canonical(body), signature=signature):
        return False
    election = election_of(office, revision)
    if "anchor" in body:
        stated = statement_of(election, record.contest, revision.unit, body)
        raw, signature = stated.text.encode("ascii"), body["anchor"]
        if not is_signed(key, SIGNED, raw=raw, signature=signature):
            return False
    tallies = tallies_at(office, record.contest, revision)
    leaves = merkle_leaves(election, record.contest, tallies)
    total = whole_total(office, record.contest, tallies, unit=revision.unit)
    return bool(
        all(office.file.journal.holds(chain, seq, key) for chain, seq, key in body["heads"])
        and body["contest"] == contest_hash(election, record.contest)
        and merkle.root(leaves).hex() == body["root"]
        and len(leaves) == body["leaves"]
        and dict(total.sums) == body["totals"]
        and dict(total.blanks) == body["blanks"]
        and differences_at(office, revision) == body.get("differences", {})
    )
