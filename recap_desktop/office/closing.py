"""Closing a contest (penetapan hasil): what is missing, the revision it makes, and reopening."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recap_desktop.election import journal, merkle, regions
from recap_desktop.election.canonical import canonical, clean_text
from recap_desktop.election.definition_data import contest_data
from recap_desktop.election.facts import Presence, Signer
from recap_desktop.election.journal import Draft, Kind, Record
from recap_desktop.election.tallies import EMPTY, State, Tally, leaf, tally_of
from recap_desktop.election.totals import Total, total_of
from recap_desktop.office.people import enrol
from recap_desktop.problems import Fault, KnownProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recap_desktop.election.contests import Election
    from recap_desktop.office.opening import Office


@dataclass(frozen=True, slots=True)
class Revision:
    """The close number n of a contest (revisi), and the records it was made from.

    Attributes:
        number: from 1.
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
    def date(self) -> str:
        """Day of the close as the laptop said, ISO."""
        return self.record.time.partition("T")[0]


def contest_hash(election: Election, contest_id: str) -> str:
    """Hash of a contest's definition with its form: names it in every leaf."""
    contest = contest_data(election.contest(contest_id))
    form = election.form(contest_id).data
    return journal.digest("contest", canonical({"contest": contest, "form": form}))


def election_of(office: Office, revision: Revision | None) -> Election:
    """The definition a revision was made under, whatever was amended since."""
    return office.file.election_at(revision.heads) if revision else office.election


def revisions(office: Office, contest_id: str) -> list[Revision]:
    """Every close of a contest in the order of its number."""
    closes = office.file.journal.records_of_kind(Kind.CLOSE, contest=contest_id)
    return sorted(map(_revision, closes), key=lambda revision: (revision.number, revision.head))


def _revision(record: Record) -> Revision:
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


def standing_revision(office: Office, contest_id: str) -> Revision | None:
    """The newest revision that no reopening names; None while the contest is open."""
    standing = standing_revisions(office, contest_id)
    return standing[-1] if standing else None


def standing_revisions(office: Office, contest_id: str) -> list[Revision]:
    """Every revision that no reopening names, the newest last.

    There are several only where posts closed the contest without knowing of each other.
    """
    files = office.file.journal
    reopened = {
        other
        for record in files.records_of_kind(Kind.REOPENING, contest=contest_id)
        for other in record.over
    }
    return [r for r in revisions(office, contest_id) if r.record.id not in reopened]


def has_moved_on(office: Office, revision: Revision) -> bool:
    """Whether records of the contest, or an amendment, have come since a revision was made."""
    contest = revision.record.contest
    return (
        office.file.journal.has_subjects_after(contest, revision.heads)
        or election_of(office, revision) is not office.election
    )


def require_open(office: Office, contest_id: str) -> None:
    """Refuse to go on in a contest that is closed.

    Raises:
        KnownProblem: ``contest-closed`` with the number of the revision.
    """
    if contest_id not in office.closed:
        revision = standing_revision(office, contest_id)
        office.closed[contest_id] = revision.number if revision else 0
    if office.closed[contest_id]:
        raise KnownProblem("contest-closed", contest=contest_id, revision=office.closed[contest_id])


def tallies_at(
    office: Office, contest_id: str, revision: Revision | None = None
) -> list[tuple[str, Tally]]:
    """The tally of every TPS of the contest, in code order, now or as of a revision."""
    stations = election_of(office, revision).stations_of(contest_id, office.code)
    heads = revision.heads if revision else None
    folded = dict(office.file.fresh_fold(contest_id, heads))
    return [(station.tps, folded.get(station.tps, EMPTY)) for station in stations]


def missing(office: Office, contest_id: str) -> list[Fault]:
    """Everything that stands in the way of closing, TPS by TPS; empty when nothing does."""
    tables = office.file.contests[contest_id]
    faults = []
    for stored in tables.tallies():
        details = {"tps": stored.tps}
        state = stored.tally.state
        if state is not State.NOT_DELIVERED and (
            not stored.tally.counts or state is State.REOPENED
        ):
            faults.append(Fault(f"close-{state.value}", details))
        if stored.late:
            faults.append(Fault("close-late", details))
        # Of figures that do not count nothing is said: the first of two entries stays unseen.
        if stored.broken and stored.tally.counts and state is not State.ACCEPTED:
            faults.append(Fault("close-broken", details))
    return faults + _of_abolished(office, contest_id)


def _of_abolished(office: Office, contest_id: str) -> list[Fault]:
    """TPS that were abolished although figures were typed there; nobody has withdrawn them."""
    contest = office.election.contest(contest_id)
    double = office.file.double_entry
    return [
        Fault("close-abolished", {"tps": station.tps})
        for station in office.election.stations
        if station.abolished and station.tps.startswith(office.code)
        if station.defined_for(contest)
        if tally_of(office.file.journal.records(contest_id, station.tps), double_entry=double).state
        is not State.EMPTY
    ]


def close(
    office: Office,
    contest_id: str,
    *,
    by: str,
    signers: Sequence[Signer] = (),
    place: str = "",
) -> Revision:
    """Close a contest: the present state becomes revision n, signed by the post.

    Args:
        office: the open office.
        contest_id: the contest.
        by: name of the person who closes it.
        signers: who signs the sheets.
        place: where it was decided (ditetapkan di); empty leaves dots on the sheets.

    Raises:
        KnownProblem: ``close-incomplete`` with everything that is missing;
            ``contest-closed``; ``seat-unknown``, ``seat-twice``; or when nothing can be written.
    """
    office.require_contest(contest_id)
    office.require_writable()
    require_open(office, contest_id)
    _require_seats(seats(office, contest_id), signers)
    faults = missing(office, contest_id)
    if faults:
        raise KnownProblem("close-incomplete", faults=faults, contest=contest_id)
    person = enrol(office, by)
    body = _statement(office, contest_id, signers) | {"place": clean_text(place)}
    assert office.post is not None
    body["signature"] = office.post.sign("close", canonical(body))
    subject = {"contest": contest_id, "unit": office.code}
    draft = Draft(Kind.CLOSE, time=office.now(), person=person, subject=subject, body=body)
    return _revision(office.record(contest_id, [draft])[0])


def seats(office: Office, contest_id: str) -> tuple[str, ...]:
    """The seats that sign the sheets of this office: its members, then a witness a choice."""
    form = office.election.form(contest_id)
    members = form.signers.get(regions.level_of(office.code).word, 0)
    witnessed = [c for c in office.election.contest(contest_id).choices if c.has_witness]
    return (
        *("ketua" if number == 1 else f"anggota-{number}" for number in range(1, members + 1)),
        *(f"saksi-{choice.number}" for choice in witnessed),
    )


def _require_seats(known: Sequence[str], signers: Sequence[Signer]) -> None:
    met = set()
    for signer in signers:
        if signer.seat not in known:
            raise KnownProblem("seat-unknown", seat=signer.seat, seats=", ".join(known))
        if signer.seat in met:
            raise KnownProblem("seat-twice", seat=signer.seat)
        met.add(signer.seat)


def _statement(office: Office, contest_id: str, signers: Sequence[Signer]) -> dict[str, Any]:
    tallies = tallies_at(office, contest_id)
    digest = contest_hash(office.election, contest_id)
    mode = office.election.mode.value
    leaves = [merkle.leaf_hash(leaf(digest, mode, tps, tally)) for tps, tally in tallies]
    total = whole_total(office, contest_id, tallies)
    chains = office.file.journal.heads().items()
    return {
        "revision": len(revisions(office, contest_id)) + 1,
        "contest": digest,
        "heads": [
            [chain, seq, key]
            for chain, (seq, key) in chains
            if chain.partition("/")[2] in (contest_id, journal.OFFICE_CHAIN)
        ],
        "root": merkle.root(leaves).hex(),
        "leaves": len(leaves),
        "totals": dict(total.sums),
        "blanks": dict(total.blanks),
        "signers": [
            {
                "seat": s.seat,
                "name": clean_text(s.name),
                "presence": s.presence.value,
                "reason": clean_text(s.reason),
            }
            for s in signers
        ],
    }


def whole_total(office: Office, contest_id: str, tallies: Sequence[tuple[str, Tally]]) -> Total:
    """The total of the office over given tallies, added up afresh."""
    cells = office.election.layout(contest_id).cells
    return total_of(office.code, (tally for _, tally in tallies), cells)


def close_is_genuine(office: Office, revision: Revision) -> bool:
    """Whether a close is signed by its post and its root and totals follow from its records."""
    # Loading the cryptography takes longer than the whole first window.
    from recap_desktop.exchange.post_keys import is_signed  # noqa: PLC0415

    record = revision.record
    body = dict(record.body)
    signature = body.pop("signature")
    key = office.file.journal.post_key(record.post)
    if not is_signed(key, "close", raw=canonical(body), signature=signature):
        return False
    tallies = tallies_at(office, record.contest, revision)
    digest, mode = body["contest"], office.election.mode.value
    leaves = [merkle.leaf_hash(leaf(digest, mode, tps, tally)) for tps, tally in tallies]
    total = whole_total(office, record.contest, tallies)
    return bool(
        all(office.file.journal.holds(chain, seq, key) for chain, seq, key in body["heads"])
        and digest == contest_hash(election_of(office, revision), record.contest)
        and merkle.root(leaves).hex() == body["root"]
        and len(leaves) == body["leaves"]
        and dict(total.sums) == body["totals"]
        and dict(total.blanks) == body["blanks"]
    )


def reopen_contest(
    office: Office, contest_id: str, *, by: str, reason: str, decided_by: str = ""
) -> Record:
    """Open a closed contest again by decision; its revision stays as it is for ever.

    Where two posts have closed it without knowing of each other, both closes are named.

    Raises:
        KnownProblem: ``contest-not-closed``, ``reason-missing``.
    """
    office.require_contest(contest_id)
    office.require_writable()
    standing = standing_revisions(office, contest_id)
    if not standing:
        raise KnownProblem("contest-not-closed", contest=contest_id)
    if not clean_text(reason):
        raise KnownProblem("reason-missing")
    draft = Draft(
        Kind.REOPENING,
        time=office.now(),
        person=enrol(office, by),
        subject={"contest": contest_id, "unit": office.code},
        body={"reason": clean_text(reason), "decided_by": clean_text(decided_by)},
        over=tuple(revision.head for revision in standing),
    )
    return office.record(contest_id, [draft])[0]
