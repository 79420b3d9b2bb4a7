"""Closing a contest or a desa of it (penetapan hasil): what is missing, the close, reopening."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recap_desktop.election.definitions import regions
from recap_desktop.election.definitions.regions import Level, level_of
from recap_desktop.election.figures.tallies import State
from recap_desktop.election.figures.totals import by_unit
from recap_desktop.election.papers.anchors import SIGNED
from recap_desktop.election.papers.captions import full_name
from recap_desktop.election.papers.facts import Presence, Signer
from recap_desktop.election.records import journal, merkle
from recap_desktop.election.records.canonical import canonical, clean_text
from recap_desktop.election.records.journal import Draft, Kind, Record
from recap_desktop.election.records.plenary import Phase
from recap_desktop.election.records.roles import Deed
from recap_desktop.office.checks.marking import marks_of_contest, reasons_of_errors
from recap_desktop.office.papers.anchoring import statement_of
from recap_desktop.office.people.people import signer
from recap_desktop.office.plenary.child_reading import Heard, heard_by_unit
from recap_desktop.office.plenary.plenaries import plenary
from recap_desktop.office.plenary.revisions import (
    Revision,
    closed_units,
    contest_hash,
    merkle_leaves,
    require_open,
    revision_of,
    revisions,
    standing_revisions,
    tallies_at,
    whole_total,
)
from recap_desktop.office.plenary.seats import require_seats, seats
from recap_desktop.office.upward.children import Came, children
from recap_desktop.office.upward.unit_figures import differences, moved_differences
from recap_desktop.problems import Fault, KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from recap_desktop.election.records.marks import Mark as Said
    from recap_desktop.office.opening import Office
    from recap_desktop.storage.station_lists import Mark


def missing(office: Office, contest_id: str, *, unit: str = "") -> list[Fault]:
    """Everything that stands in the way of closing but signers; empty when nothing does.

    Once a plenary of a kecamatan has been opened every TPS must have been read out there, and
    every desa of the contest closed before the whole of it is. In a plenary above it the results
    of kecamatan or kabko are read, not those of TPS (Perbawaslu 17/2020 Pasal 23).

    Args:
        office: the open office.
        contest_id: the contest.
        unit: a desa; empty for the contest as a whole.
    """
    session = plenary(office)
    faults = []
    if session.was_opened and session.phase is not Phase.OPEN:
        faults.append(Fault(f"close-plenary-{session.phase.value}"))
    reads = session.was_opened and level_of(office.code) is Level.KECAMATAN
    lists = office.file.contests[contest_id].lists
    said = marks_of_contest(office, contest_id)
    below = {} if unit else _of_children(office, contest_id, reads=session.was_opened)
    faults += [fault for found in below.values() for fault in found]
    bare = tuple(code for code in below if _is_bare(below[code]))
    for mark in lists.open_marks(unit or office.code, asks_reading=reads):
        # Of an office below of which nothing came one line is enough.
        if mark.tps.startswith(bare):
            continue
        found = _of_station(office, contest_id, mark, asks_reading=reads)
        faults += [_reasoned(office, contest_id, fault, said) for fault in found]
    faults += _of_abolished(office, contest_id, unit or office.code)
    if reads and not unit:
        faults += _open_desas(office, contest_id)
    return faults


_BARE = frozenset({"close-child-nothing", "close-child-paper"})
"""What is said of an office below as a whole, and so not of each of its TPS."""


def _of_children(office: Office, contest_id: str, *, reads: bool) -> dict[str, list[Fault]]:
    """Office below -> what stands in the way of closing over it but single TPS.

    Once a plenary was opened the result of each of them must have been read out, as it is now.
    """
    found: dict[str, list[Fault]] = {}
    below = children(office, contest_id)
    codes = [child.code for child in below]
    heard = heard_by_unit(office, contest_id, below) if reads else dict.fromkeys(codes, Heard.READ)
    for child in below:
        said = found.setdefault(child.code, [])
        if child.has_alarm:
            said.append(Fault("close-child-alarm", {"office": child.name}))
        if child.came is Came.NOTHING:
            details: dict[str, str | int] = {"office": child.name, "stations": child.stations}
            said.append(Fault("close-child-nothing", details))
        if child.came is Came.PAPER:
            said.append(Fault("close-child-paper", {"office": child.name}))
        elif child.came is not Came.NOTHING and heard[child.code] is not Heard.READ:
            said.append(Fault(f"close-child-{heard[child.code].value}", {"office": child.name}))
    for one in moved_differences(office, contest_id):
        place = {"office": full_name(office.election.tree, one.unit), "difference": one.record[:12]}
        found.setdefault(one.unit, []).append(Fault("close-difference-moved", place))
    return found


def _is_bare(faults: Sequence[Fault]) -> bool:
    return any(fault.code in _BARE for fault in faults)


def _of_station(
    office: Office, contest_id: str, mark: Mark, *, asks_reading: bool
) -> Iterator[Fault]:
    details = {"tps": mark.tps}
    state = mark.state
    if against := _speaks_below(office, contest_id, mark):
        yield Fault("close-conflict-below", {**details, "office": against})
    elif state is not State.NOT_DELIVERED and (not mark.counts or state is State.REOPENED):
        yield Fault(f"close-{state.value}", details)
    if mark.late:
        yield Fault("close-late", details)
    # Of figures that do not count nothing is said: the first of two entries stays unseen.
    if mark.broken and mark.counts and state is not State.ACCEPTED:
        yield Fault("close-broken", details)
    if asks_reading and mark.counts and not mark.read:
        yield Fault("close-unread", details)


def _speaks_below(office: Office, contest_id: str, mark: Mark) -> str:
    """Name of the office below that came to say something else than was ruled here; else empty."""
    if mark.state is not State.CONFLICT or level_of(office.code) is Level.KECAMATAN:
        return ""
    known = office.file.journal.records(contest_id, mark.tps)
    layers = office.file.layers
    makers = {layers.office_of(record) for record in known if not layers.is_own(record)}
    # The one right below brought it, whoever below it said so.
    return full_name(office.election.tree, min(makers, key=len)) if makers else ""


def _reasoned(
    office: Office, contest_id: str, fault: Fault, said: Mapping[str, Sequence[Said]]
) -> Fault:
    """The same, but errors that all have a reason say it, and still wait to be accepted.

    A reason is the word of who typed: that figures count although they contradict each other is
    a ruling (design 5).
    """
    tps = str(fault.details["tps"])
    if fault.code != "close-broken" or tps not in said:
        return fault
    reason = reasons_of_errors(office, contest_id, tps, said[tps])
    return Fault("close-marked", {"tps": tps, "reason": reason}) if reason else fault


def _of_abolished(office: Office, contest_id: str, under: str) -> list[Fault]:
    """TPS that were abolished although figures were typed there; nobody has withdrawn them."""
    contest = office.election.contest(contest_id)
    return [
        Fault("close-abolished", {"tps": station.tps})
        for station in office.election.abolished
        if station.tps.startswith(under)
        if station.defined_for(contest)
        if office.file.layers.tally(office.file.journal.records(contest_id, station.tps)).state
        is not State.EMPTY
    ]


def _open_desas(office: Office, contest_id: str) -> list[Fault]:
    closed = closed_units(office, contest_id)
    return [
        Fault("close-desa-open", {"desa": office.election.tree.name(desa)})
        for desa in office.file.contests[contest_id].desas()
        if desa not in closed
    ]


def missing_signers(office: Office, contest_id: str, signers: Sequence[Signer]) -> list[Fault]:
    """Seats of which nobody said who sits there, or that nobody came; asked once a plenary began.

    (UU 7/2017 Pasal 393: the sheets are signed by the members and the saksi who are present.)
    """
    if not plenary(office).was_opened:
        return []
    said = {s.seat for s in signers if s.name or s.presence is not Presence.PRESENT}
    return [
        Fault("close-signer", {"seat": seat})
        for seat in seats(office, contest_id)
        if seat not in said
    ]


def close(
    office: Office,
    contest_id: str,
    *,
    by: str,
    signers: Sequence[Signer] = (),
    place: str = "",
    unit: str = "",
) -> Revision:
    """Close a contest, or a desa of it: its present state becomes revision n, signed by the post.

    Args:
        office: the open office.
        contest_id: the contest.
        by: name of the person who closes it.
        signers: who signs the sheets.
        place: where it was decided (ditetapkan di); empty leaves dots on the sheets.
        unit: a desa; empty for the contest as a whole.

    Raises:
        KnownProblem: ``close-incomplete`` with everything that is missing;
            ``contest-closed``, ``desa-closed``; ``close-unit-unknown``; ``seat-unknown``,
            ``seat-twice``; or when nothing can be written.
    """
    office.require_contest(contest_id)
    office.require_writable()
    if unit and unit not in office.file.contests[contest_id].desas():
        raise KnownProblem("close-unit-unknown", unit=regions.dotted(unit), contest=contest_id)
    require_open(office, contest_id, unit)
    require_seats(seats(office, contest_id), signers)
    faults = missing(office, contest_id, unit=unit) + missing_signers(office, contest_id, signers)
    if faults:
        raise KnownProblem("close-incomplete", faults=faults, contest=contest_id)
    person = signer(office, by, deed_now(office))
    body = _statement(office, contest_id, signers, unit=unit) | {"place": clean_text(place)}
    assert office.post is not None
    stated = statement_of(office.election, contest_id, unit or office.code, body)
    body["anchor"] = office.post.sign(SIGNED, stated.text.encode("ascii"))
    body["signature"] = office.post.sign("close", canonical(body))
    subject = {"contest": contest_id, "unit": unit or office.code}
    draft = Draft(Kind.CLOSE, time=office.now(), person=person, subject=subject, body=body)
    return revision_of(office.record(contest_id, [draft])[0])


def deed_now(office: Office) -> Deed:
    """What it is to close now: in the open plenary its leader decides, whom the plenary names; else a chair in person."""
    return Deed.CLOSE_IN_SESSION if plenary(office).phase is Phase.OPEN else Deed.CLOSE


def _statement(
    office: Office, contest_id: str, signers: Sequence[Signer], *, unit: str
) -> dict[str, Any]:
    tallies = tallies_at(office, contest_id, unit=unit)
    leaves = merkle_leaves(office.election, contest_id, tallies)
    total = whole_total(office, contest_id, tallies, unit=unit)
    chains = office.file.journal.heads().items()
    decided = by_unit(
        one for one in differences(office, contest_id) if one.unit.startswith(unit or office.code)
    )
    return {
        **({"differences": decided} if decided else {}),
        "revision": len(revisions(office, contest_id, unit)) + 1,
        "contest": contest_hash(office.election, contest_id),
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


def reopen_contest(
    office: Office,
    contest_id: str,
    *,
    by: str,
    reason: str,
    decided_by: str = "",
    unit: str = "",
) -> Record:
    """Open a closed contest, or a closed desa, again by decision; its revision stays for ever.

    Where two posts have closed it without knowing of each other, both closes are named. A desa
    is opened only while the contest as a whole is open.

    Raises:
        KnownProblem: ``contest-not-closed``, ``desa-not-closed``, ``contest-closed``,
            ``reason-missing``.
    """
    office.require_contest(contest_id)
    office.require_writable()
    if unit:
        require_open(office, contest_id)
    standing = standing_revisions(office, contest_id, unit)
    if not standing and unit:
        raise KnownProblem("desa-not-closed", contest=contest_id, desa=regions.dotted(unit))
    if not standing:
        raise KnownProblem("contest-not-closed", contest=contest_id)
    if not clean_text(reason):
        raise KnownProblem("reason-missing")
    draft = Draft(
        Kind.REOPENING,
        time=office.now(),
        person=signer(office, by, Deed.REOPEN),
        subject={"contest": contest_id, "unit": unit or office.code},
        body={"reason": clean_text(reason), "decided_by": clean_text(decided_by)},
        over=tuple(revision.head for revision in standing),
    )
    return office.record(contest_id, [draft])[0]
