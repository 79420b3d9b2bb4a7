"""Amending the definition of an office (perubahan definisi): what it would change, and the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.definitions import amendable, amendments
from recap_desktop.election.definitions.definition_data import to_data
from recap_desktop.election.figures.tallies import State
from recap_desktop.election.records import journal
from recap_desktop.election.records.canonical import canonical, clean_text
from recap_desktop.election.records.journal import Draft, Kind
from recap_desktop.election.records.roles import Deed
from recap_desktop.office.people.people import signer
from recap_desktop.problems import Fault, KnownProblem

if TYPE_CHECKING:
    from recap_desktop.election.definitions.amendments import Change
    from recap_desktop.election.definitions.contests import Election
    from recap_desktop.election.records.journal import Record
    from recap_desktop.office.opening import Office


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a newer definition would change in an office (usul perubahan).

    Attributes:
        changes: what it says otherwise than the definition that holds.
        faults: every change that is forbidden; with any, nothing is amended.
    """

    changes: tuple[Change, ...]
    faults: tuple[Fault, ...]


def compare(old: Election, new: Election) -> Proposal:
    """What one definition changes in another, before any office is asked."""
    faults = amendable.forbidden(old, new)
    if new.version <= old.version:
        details: dict[str, str | int] = {"before": old.version, "after": new.version}
        faults = (*faults, Fault("amend-version", details))
    return Proposal(amendments.changes_between(old, new), faults)


def propose(office: Office, new: Election) -> Proposal:
    """What a newer definition would change in this office; nothing is written."""
    proposal = compare(office.election, new)
    abolished = [s for s in new.stations if s.abolished and s.tps.startswith(office.code)]
    figures = tuple(
        Fault("amend-station-has-figures", {"tps": station.tps, "contest": contest_id})
        for station in abolished
        for contest_id in office.contests
        if _has_figures(office, contest_id, station.tps)
    )
    return Proposal(proposal.changes, proposal.faults + figures)


def _has_figures(office: Office, contest_id: str, tps: str) -> bool:
    known = office.file.journal.records(contest_id, tps)
    return office.file.layers.tally(known).state is not State.EMPTY


def amend(office: Office, new: Election, *, by: str, reason: str, decided_by: str = "") -> Record:
    """Take a newer version of the definition: its words, its TPS, who was struck.

    Figures typed before stay as they were and are judged under it from now on; revisions made
    before keep the definition they were made under.

    Args:
        office: the open office.
        new: the whole newer definition, as built from the mended folder.
        by: name of the person who takes it.
        reason: why; never empty.
        decided_by: by what decision, e.g. the number of a KPU decision; may be empty.

    Raises:
        KnownProblem: ``amendment-refused`` with every forbidden change, ``amendment-empty``,
            ``reason-missing``; or when nothing can be written.
    """
    office.require_writable()
    proposal = propose(office, new)
    if proposal.faults:
        raise KnownProblem("amendment-refused", faults=proposal.faults)
    if not proposal.changes:
        raise KnownProblem("amendment-empty", version=new.version)
    if not clean_text(reason):
        raise KnownProblem("reason-missing")
    first = office.file.definitions.first
    known = office.file.journal.records_of_kind(Kind.AMENDMENT)
    named = {other for record in known for other in record.over}
    body = {
        "version": new.version,
        "changes": amendments.as_values(amendments.changes_between(first, new)),
        "definition": journal.election_hash(canonical(to_data(new))),
        "reason": clean_text(reason),
        "decided_by": clean_text(decided_by),
    }
    draft = Draft(
        Kind.AMENDMENT,
        time=office.now(),
        person=signer(office, by, Deed.AMEND),
        subject={},
        body=body,
        over=tuple(record.id for record in known if record.id not in named),
    )
    return office.record(journal.OFFICE_CHAIN, [draft])[0]
