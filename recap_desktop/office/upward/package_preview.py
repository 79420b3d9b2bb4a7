"""Looks at a package of an office right below: whether it may come in, and what it would do here.

Nothing the sender says is believed without proof: who signed, that the chains go on where ours
end, what the figures break.
"""

from __future__ import annotations

import enum
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.amendments import amended, is_applicable
from recap_desktop.election.definitions.forms import Severity
from recap_desktop.election.definitions.regions import dotted, parent
from recap_desktop.election.figures import counts
from recap_desktop.election.figures.layers import Layers, Maker, judged
from recap_desktop.election.figures.tallies import STATES, Counts, State, Tally, live_records
from recap_desktop.election.papers.captions import full_name
from recap_desktop.election.records import packages
from recap_desktop.election.records.canonical import read_canonical
from recap_desktop.election.records.journal import ABOUT_SCANS, OFFICE_CHAIN, Kind
from recap_desktop.election.records.packages import Statement
from recap_desktop.election.records.soundness import named_by, names_rightly
from recap_desktop.election.records.upward import alarms_of
from recap_desktop.exchange.package_file import open_package
from recap_desktop.exchange.package_folder import take_copy
from recap_desktop.office.checks.findings import Judge
from recap_desktop.office.keys.trusting import known_certificates, trust_of
from recap_desktop.office.plenary.revisions import contest_hash
from recap_desktop.office.posts.exchanging import in_writing_order, is_of_this_office, stations_of
from recap_desktop.office.proof.proving_packages import Proved, prove_package
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from recap_desktop.election.records.journal import Record
    from recap_desktop.exchange.certificates import Trust
    from recap_desktop.office.opening import Office


class Fate(enum.Enum):
    """What becomes of a ruling made here when the office below says something new."""

    STANDS = "stands"
    ABSORBED = "absorbed"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Change:
    """Figures of a TPS that a package brings (perubahan).

    Attributes:
        tps: 13-digit key.
        cells: cell -> what stood and what comes, None for blank; all of them where nothing stood.
        after: its tally as it would stand.
        is_new: whether nothing of it had come up before.
    """

    tps: str
    cells: Mapping[str, tuple[int | None, int | None]]
    after: Tally
    is_new: bool


@dataclass(frozen=True, slots=True)
class Broken:
    """A TPS whose figures contradict themselves, judged here anew.

    Attributes:
        tps: 13-digit key.
        rules: ids of the rules that do not hold.
        accepted: whether the office below accepted the form as it is written.
    """

    tps: str
    rules: tuple[str, ...]
    accepted: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What a package would do here (pratinjau penerimaan); nothing is written yet.

    Attributes:
        proved: the package.
        path: the file.
        sha256: of its bytes, which were proved.
        place: of the newest record here when it was looked at.
        sender: name of the office that sent it.
        before: number of the revision received before; 0 for none.
        alarm: ``forked`` or ``shortened`` when it does not extend what was received; else empty.
        new: records that are not here yet, as they can be written.
        changes: TPS whose figures are new or others.
        unchanged: how many TPS stay as they are.
        broken: TPS whose figures contradict themselves.
        rulings: TPS ruled on here of which something new comes, and what becomes of that.
    """

    proved: Proved
    path: Path
    sha256: str
    place: int
    sender: str
    before: int
    alarm: str
    new: tuple[Record, ...]
    changes: tuple[Change, ...]
    unchanged: int
    broken: tuple[Broken, ...]
    rulings: Mapping[str, Fate]

    @property
    def unit(self) -> str:
        """Region code of the sender."""
        return self.proved.statement.office

    @property
    def contest(self) -> str:
        """Id of the contest."""
        return self.proved.statement.contest


def receipts_of(office: Office, contest_id: str, unit: str = "") -> list[Record]:
    """Receipts written here of an office below (of all), by revision."""
    known = office.file.journal.records_of_kind(Kind.RECEIPT, contest=contest_id)
    own = [record for record in known if unit in ("", record.subject["unit"])]
    return sorted(own, key=lambda r: (r.subject["unit"], r.body["revision"], r.id))


def preview(office: Office, path: Path, trust: Trust | None = None) -> Preview:
    """Prove a package and say what it would do here; nothing is written.

    Args:
        office: the open office.
        path: the package.
        trust: what is believed here; None is what the office has on record.

    Raises:
        KnownProblem: as ``prove_package``; ``receive-election``, ``receive-mode``,
            ``receive-contest``, ``receive-office``, ``receive-definition``,
            ``receive-stations``; ``receive-already``; ``receive-decided``; ``receive-older``; ``receive-records``.
    """
    with tempfile.TemporaryDirectory(prefix="rekap-") as folder:
        copy, sha256 = take_copy(path, Path(folder))
        with open_package(copy) as package:
            try:
                said = Statement.of_data(package.manifest)
            except ValueError as error:
                raise KnownProblem("package-manifest", file=path.name) from error
            _require_ours(office, said, path.name)
        proved = prove_by_records(office, copy, trust)
    before = _require_unmet(office, proved, file=path.name)
    alarm = _alarm(office, proved, before=before, file=path.name)
    # What does not extend our chains cannot be written behind them.
    new = () if alarm else _new_records(office, proved)
    _require_fitting(office, proved, new, file=path.name)
    changes = differing(office, proved) if alarm else _changes(office, proved, new)
    after = {change.tps: change.after for change in changes}
    return Preview(
        proved=proved,
        path=path,
        sha256=sha256,
        place=office.file.journal.last_place(),
        sender=full_name(office.election.tree, said.office),
        before=before,
        alarm=alarm,
        new=new,
        changes=changes,
        unchanged=len(proved.leaves) - len(changes),
        broken=_broken(office, said.contest, after),
        rulings=_fates(office, said, new),
    )


def prove_by_records(office: Office, path: Path, trust: Trust | None = None) -> Proved:
    """Prove a package by what this office believes, with the certificates it has on record.

    Raises:
        KnownProblem: as ``prove_package``.
    """
    believed = trust_of(office) if trust is None else trust
    return prove_package(path, trust=believed, known=known_certificates(office))


def _require_unmet(office: Office, proved: Proved, *, file: str) -> int:
    """Refuse a package that was received or decided about; the newest revision received, or 0."""
    said = proved.statement
    received = receipts_of(office, said.contest, said.office)
    for receipt in received:
        if proved.hash == receipt.body["package"] or said.head == receipt.body["head"]:
            raise KnownProblem(
                "receive-already",
                file=file,
                revision=receipt.body["revision"],
                date=receipt.time[:10],
            )
    known = alarms_of(office.file.journal.records_of_kind(Kind.ALARM, contest=said.contest))
    if any(alarm.package == proved.hash and not alarm.is_open for alarm in known):
        raise KnownProblem("receive-decided", file=file)
    return max((receipt.body["revision"] for receipt in received), default=0)


def _require_ours(office: Office, said: Statement, file: str) -> None:
    """Refuse what is of another election, or of an office that is not right below this one."""
    if said.election != office.file.election_id:
        raise KnownProblem("receive-election", file=file)
    if said.mode != office.election.mode.value:
        raise KnownProblem("receive-mode", file=file)
    if said.contest not in office.contests:
        raise KnownProblem("receive-contest", file=file, contest=said.contest)
    tree = office.election.tree
    if said.office not in tree or parent(said.office) != office.code:
        raise KnownProblem("receive-office", file=file, office=dotted_or_as_is(said.office))
    if said.contest_hash not in _contest_hashes(office, said.contest):
        raise KnownProblem("receive-definition", file=file, contest=said.contest)
    ours = (s.tps for s in office.election.stations_of(said.contest, said.office))
    if packages.stations_hash(ours) != said.stations:
        raise KnownProblem("receive-stations", file=file, office=dotted(said.office))


def dotted_or_as_is(code: str) -> str:
    """A code as people write it; one that is none as it is."""
    try:
        return dotted(code)
    except ValueError:
        return code


def _contest_hashes(office: Office, contest_id: str) -> Iterator[str]:
    """Hashes of a contest as of every definition this office ever had, the newest first."""
    yield contest_hash(office.election, contest_id)
    first = office.file.definitions.first
    held = office.file.journal.records_of_kind(Kind.AMENDMENT)
    for election in (first, *(amended(first, record) for record in held)):
        if any(contest.id == contest_id for contest in election.contests):
            yield contest_hash(election, contest_id)


def _alarm(office: Office, proved: Proved, *, before: int, file: str) -> str:
    """Whether the package's chains extend ours, say less than ours, or say something else.

    Raises:
        KnownProblem: ``receive-older`` for an honest package of an earlier revision.
    """
    said = proved.statement
    ends = {record.chain: record.seq for record in proved.records}
    by_place = {(record.chain, record.seq): record.id for record in proved.records}
    table, is_forked, is_short = office.file.journal, False, False
    for chain, (seq, key) in table.heads().items():
        if not _is_sent(office, chain, said):
            continue
        last = ends.get(chain, 0)
        is_short |= last < seq
        if last >= seq:
            is_forked |= by_place[chain, seq] != key
        elif last:
            is_forked |= not table.holds(chain, last, by_place[chain, last])
    is_all_known = all(table.holds(chain, seq, by_place[chain, seq]) for chain, seq in ends.items())
    if is_forked:
        return "forked"
    if said.revision < before and is_all_known:
        raise KnownProblem("receive-older", file=file, revision=said.revision, newest=before)
    if is_short:
        return "shortened"
    # Nothing was left away, and yet the office below gave a number twice.
    return "forked" if 0 < said.revision <= before else ""


def _is_sent(office: Office, chain: str, said: Statement) -> bool:
    """Whether a chain known here is one that a package of this contest and sender must carry."""
    post, _, name = chain.partition("/")
    maker = office.file.layers.makers.get(post)
    of_sender = maker is not None and maker.office.startswith(said.office)
    return of_sender and name in (said.contest, OFFICE_CHAIN)


def _new_records(office: Office, proved: Proved) -> tuple[Record, ...]:
    heads = office.file.journal.heads()
    new = {r.id: r for r in proved.records if r.seq > heads.get(r.chain, (0, ""))[0]}
    return tuple(in_writing_order(new))


def _require_fitting(office: Office, proved: Proved, new: Sequence[Record], *, file: str) -> None:
    """Refuse records that no program of ours would have made there."""
    stations, first = stations_of(office), office.file.definitions.first
    known = {record.id: record for record in proved.records}
    for record in new:
        fits = is_of_this_office(office, record, stations=stations)
        if record.kind == Kind.AMENDMENT.value:
            fits = fits and is_applicable(first, record)
        # The loss of a post names chains of other contests, which stay below.
        if fits and record.kind != Kind.LOSS.value:
            fits = named_by(record) <= known.keys() and names_rightly(record, known)
        if not fits:
            raise KnownProblem("receive-records", file=file, seq=record.seq)


def _layers_with(office: Office, new: Sequence[Record]) -> Layers:
    """How TPS fold once these records are here."""
    layers = office.file.layers
    met = {
        record.post: Maker(record.body["office"], bool(record.body["double_entry"]))
        for record in new
        if record.kind == Kind.GENESIS.value
    }
    return Layers(layers.own, {**layers.makers, **met})


def _of_tps(records: Iterable[Record]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for record in records:
        if record.tps and record.contest and record.kind not in ABOUT_SCANS:
            found.setdefault(record.tps, []).append(record)
    return found


def _held(office: Office, said: Statement) -> dict[str, list[Record]]:
    """TPS below the sender -> its records here."""
    return dict(office.file.journal.of_subjects(said.contest, under=said.office))


def _changes(office: Office, proved: Proved, new: Sequence[Record]) -> tuple[Change, ...]:
    """TPS whose figures are new or others once these records are here."""
    layers, held = _layers_with(office, new), _held(office, proved.statement)
    changes = []
    for tps, came in sorted(_of_tps(new).items()):
        known = held.get(tps, [])
        before, after = layers.tally(known), layers.tally([*known, *came])
        was_met = layers.has_below(known)
        cells = counts.changes(before.cells, after.cells)
        if cells or not was_met:
            changes.append(Change(tps, cells, after, is_new=not was_met))
    return tuple(changes)


def differing(office: Office, proved: Proved) -> tuple[Change, ...]:
    """TPS of which a package says something else than stands here now."""
    layers, held = office.file.layers, _held(office, proved.statement)
    changes = []
    for raw in proved.leaves:
        said = read_canonical(raw)
        tps, state = said["tps"], State(said["state"])
        now = layers.tally(held.get(tps, []))
        counts_ = STATES[state].counts is not Counts.NEVER
        after = Tally(state, said["cells"], counts=counts_)
        if (dict(now.cells), now.counts) != (dict(after.cells), after.counts):
            cells = counts.changes(now.cells, after.cells)
            changes.append(Change(tps, cells, after, is_new=False))
    return tuple(changes)


def _broken(office: Office, contest_id: str, tallies: Mapping[str, Tally]) -> tuple[Broken, ...]:
    judge, found = Judge(office, contest_id), []
    for tps, tally in tallies.items():
        errors = [f.rule for f in judge.findings(tps, tally.cells) if f.severity is Severity.ERROR]
        if errors:
            accepted = tally.state is State.ACCEPTED
            found.append(Broken(tps, tuple(dict.fromkeys(errors)), accepted=accepted))
    return tuple(found)


def _fates(office: Office, said: Statement, new: Sequence[Record]) -> dict[str, Fate]:
    """What becomes of rulings made here on TPS of which records come."""
    layers, held = _layers_with(office, new), _held(office, said)
    fates = {
        tps: _fate([*held.get(tps, []), *came], layers)
        for tps, came in sorted(_of_tps(new).items())
    }
    return {tps: fate for tps, fate in fates.items() if fate is not None}


def _fate(known: Sequence[Record], layers: Layers) -> Fate | None:
    own = live_records(layers.own_records(known))
    rulings = [record for record in own if record.kind == Kind.RULING.value]
    if not rulings:
        return None
    if layers.tally(known).state is State.CONFLICT:
        return Fate.CONFLICT
    said = judged(layers.below(known))
    stands = all(record.body.get("judged") == said for record in rulings)
    return Fate.STANDS if stands else Fate.ABSORBED
