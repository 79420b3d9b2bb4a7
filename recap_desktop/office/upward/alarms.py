"""Alarms: packages that do not extend what was received, kept until a chair says which side holds.

What stands in the journal is never taken out of it. Where the package that came holds, it is taken
in as far as it can be, and figures that our records cannot say become rulings of this office.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recap_desktop.election.definitions.regions import dotted
from recap_desktop.election.records.canonical import clean_text
from recap_desktop.election.records.journal import Draft, Kind
from recap_desktop.election.records.roles import Deed
from recap_desktop.election.records.upward import CAME, HELD, alarms_of
from recap_desktop.exchange.package_file import open_package
from recap_desktop.exchange.package_folder import kept_package
from recap_desktop.office.people.people import signer
from recap_desktop.office.plenary.revisions import require_open
from recap_desktop.office.upward.following import followed, ruling_of
from recap_desktop.office.upward.package_preview import (
    branches_off,
    prove_by_records,
    require_fitting,
)
from recap_desktop.office.upward.received import standing_receipts
from recap_desktop.office.upward.receiving import (
    keep,
    receipt_draft,
    require_typed,
    require_unchanged,
    take_kept,
)
from recap_desktop.problems import KnownProblem
from recap_desktop.way import NO_WAY

if TYPE_CHECKING:
    from recap_desktop.election.records.journal import Record
    from recap_desktop.election.records.upward import Alarm
    from recap_desktop.exchange.certificates import Trust
    from recap_desktop.office.entry.ruling import Decision
    from recap_desktop.office.opening import Office
    from recap_desktop.office.upward.package_preview import Preview
    from recap_desktop.office.upward.receiving import Typed


def alarms(office: Office, contest_id: str) -> list[Alarm]:
    """Every alarm of this office with what was decided about it, as they came.

    Raises:
        KnownProblem: ``contest-unknown``.
    """
    office.require_contest(contest_id)
    return alarms_of(office.file.journal.records_of_kind(Kind.ALARM, contest=contest_id))


def raise_alarm(office: Office, seen: Preview, *, by: str) -> Record:
    """Record that a package does not extend what was received; both packages are kept.

    Raises:
        KnownProblem: ``alarm-not-due`` for a package that does extend it, ``alarm-known``; as
            ``keep_package`` and ``signer``; or when nothing can be written.
    """
    office.require_writable()
    if not seen.alarm:
        raise KnownProblem("alarm-not-due", file=seen.path.name)
    if any(alarm.package == seen.proved.hash for alarm in alarms(office, seen.contest)):
        raise KnownProblem("alarm-known", file=seen.path.name, sender=seen.sender)
    person = signer(office, by, Deed.RECEIVE)
    require_unchanged(office, seen)
    keep(office, seen)
    received = standing_receipts(office, seen.contest, seen.unit)
    said = seen.proved.statement
    draft = Draft(
        Kind.ALARM,
        time=office.now(),
        person=person,
        subject={"contest": said.contest, "unit": said.office},
        body={
            "package": seen.proved.hash,
            "against": received[-1].body["package"] if received else "",
            "cause": seen.alarm,
            "revision": said.revision,
            "head": said.head,
            "holds": "",
            "reason": "",
            "decided_by": "",
        },
    )
    return office.record(said.contest, [draft])[0]


def alarm_named(office: Office, contest_id: str, record: str) -> Alarm:
    """The open alarm that somebody means by the beginning of its id; empty for the only one.

    Raises:
        KnownProblem: ``alarm-unknown``.
    """
    waiting = [alarm for alarm in alarms(office, contest_id) if alarm.is_open]
    found = [alarm for alarm in waiting if alarm.record.id.startswith(record)]
    if len(found) != 1:
        listed = ", ".join(f"{one.record.id[:12]} ({dotted(one.unit)})" for one in waiting)
        raise KnownProblem("alarm-unknown", alarm=record, alarms=listed)
    return found[0]


def let_held_hold(office: Office, contest_id: str, alarm: str, *, decision: Decision) -> Record:
    """Decide that what was received before holds; the package that came stays away.

    Raises:
        KnownProblem: ``alarm-unknown``, ``reason-missing``; as ``signer``; or when nothing can be
            written.
    """
    office.require_writable()
    found = alarm_named(office, contest_id, alarm)
    return office.record(contest_id, [_decision(office, found, HELD, decision)])[0]


def let_came_hold(
    office: Office,
    contest_id: str,
    alarm: str,
    *,
    decision: Decision,
    typed: Typed,
    trust: Trust | None = None,
) -> tuple[Record, ...]:
    """Decide that the package that came holds: it is taken in, and what was received before ends.

    Its records are written behind ours where they can be: those that it left away stay, and
    where it branches off none can be written. Where our records below then say something else
    than the package, its figure is ruled; what the plenary here ruled is left alone. Later
    packages that go on from this one come in without another alarm.

    Args:
        office: the open office.
        contest_id: the contest.
        alarm: first digits of its id.
        decision: why, and who decided.
        typed: totals and head as the signed paper of the package says them.
        trust: what is believed here; None is what the office has on record.

    Returns:
        The decision, the receipt, then a ruling for each TPS of which our records below say
        something else.

    Raises:
        KnownProblem: ``alarm-unknown``, ``reason-missing``, ``contest-closed``; as
            ``prove_package`` (of the file that was kept), ``require_typed``, ``receive-records``
            and ``signer``; or when nothing can be written.
    """
    office.require_writable()
    found = alarm_named(office, contest_id, alarm)
    require_open(office, contest_id)
    kept, size = kept_package(office.file.path, found.package), 0
    decided = _decision(office, found, CAME, decision)
    with open_package(kept) as package, prove_by_records(office, package, trust) as proof:
        proved = proof.proved
        if proved.hash != found.package:
            raise KnownProblem("package-other-now", file=f"{found.package}.rkp")
        require_typed(office, proved, typed)
        aside = branches_off(office, proof)
        heads = None if aside else office.file.journal.heads()
        if heads is not None:
            size = require_fitting(office, proof, heads, NO_WAY)
        ruled = list(followed(office, proof, heads))
        reached = proof.shelf.heads() if aside else None
    drafts = [decided, receipt_draft(office, proved, decided.person, heads=reached)]
    drafts += [
        ruling_of(
            office,
            contest_id,
            one,
            decided.body,
            alarm=found.record.id,
            person=decided.person,
        )
        for one in ruled
    ]
    if aside:
        return tuple(office.record(contest_id, drafts))
    return tuple(take_kept(office, proved, kept, drafts, size=size))


def _decision(office: Office, alarm: Alarm, holds: str, decision: Decision) -> Draft:
    reason = clean_text(decision.reason)
    if not reason:
        raise KnownProblem("reason-missing")
    said: dict[str, Any] = {
        "holds": holds,
        "reason": reason,
        "decided_by": clean_text(decision.decided_by),
    }
    if holds == CAME:
        contest = alarm.record.contest
        over = standing_receipts(office, contest, alarm.unit)
        said["ended"] = sorted(receipt.id for receipt in over)
    return Draft(
        Kind.ALARM,
        time=office.now(),
        person=signer(office, decision.by, Deed.DECIDE_ALARM),
        subject=alarm.record.subject,
        body={**alarm.record.body, **said},
        over=(alarm.record.id,),
    )
