"""Looks at a package of an office right below: whether it may come in, and what it would do here.

Nothing the sender says is believed without proof: who signed, that the chains go on where ours
end, what the figures break.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.amendments import amended, is_applicable
from recap_desktop.election.definitions.regions import dotted, parent
from recap_desktop.election.papers.captions import full_name
from recap_desktop.election.records import packages
from recap_desktop.election.records.journal import OFFICE_CHAIN, Kind
from recap_desktop.election.records.packages import Statement
from recap_desktop.election.records.soundness import named_by, names_rightly
from recap_desktop.election.records.upward import alarms_of
from recap_desktop.exchange.package_file import open_package
from recap_desktop.office.keys.trusting import known_certificates, trust_of
from recap_desktop.office.plenary.revisions import contest_hash
from recap_desktop.office.posts.exchanging import is_of_this_office, stations_of
from recap_desktop.office.proof.proving_packages import prove_opened
from recap_desktop.office.upward.following import Followed, followed
from recap_desktop.office.upward.package_changes import Change, Effects, differing, effects
from recap_desktop.office.upward.received import line_of, receipts_of, standing_receipts
from recap_desktop.problems import KnownProblem
from recap_desktop.way import NO_WAY, Way

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from recap_desktop.election.records.journal import Record
    from recap_desktop.exchange.certificates import Trust
    from recap_desktop.exchange.package_file import Package
    from recap_desktop.office.opening import Office
    from recap_desktop.office.proof.proving_packages import Proof, Proved
    from recap_desktop.office.upward.package_changes import Broken, Fate

_PART = 256
"""So many records are between two looks whether somebody gave up."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a package would do here (pratinjau penerimaan); nothing is written yet.

    Attributes:
        proved: the package.
        path: the file; its bytes are those of ``proved.sha256``.
        place: of the newest record here when it was looked at.
        sender: name of the office that sent it.
        before: number of the revision received before; 0 for none.
        alarm: ``forked`` or ``shortened`` when it does not extend what was received; else empty.
        new: how many of its records are not here yet.
        changes: TPS whose figures are new or others.
        unchanged: how many TPS stay as they are.
        broken: TPS whose figures contradict themselves.
        rulings: TPS ruled on here of which something new comes, and what becomes of that.
        line: the decision about an alarm that let its line of packages hold; None as a rule.
        aside: whether its chains branch off from ours, so that its records cannot be written.
        followed: TPS that are ruled by that decision, since our records do not say the same.
        heads: where its records cannot be written, how far its chains go.
    """

    proved: Proved
    path: Path
    place: int
    sender: str
    before: int
    alarm: str
    new: int
    changes: tuple[Change, ...]
    unchanged: int
    broken: tuple[Broken, ...]
    rulings: Mapping[str, Fate]
    line: Record | None = None
    aside: bool = False
    followed: tuple[Followed, ...] = ()
    heads: Mapping[str, tuple[int, str]] = field(default_factory=dict)

    @property
    def unit(self) -> str:
        """Region code of the sender."""
        return self.proved.statement.office

    @property
    def contest(self) -> str:
        """Id of the contest."""
        return self.proved.statement.contest


def preview(
    office: Office, path: Path, trust: Trust | None = None, *, way: Way = NO_WAY
) -> Preview:
    """Prove a package and say what it would do here; nothing is written.

    Args:
        office: the open office.
        path: the package.
        trust: what is believed here; None is what the office has on record.
        way: is told how far it is.

    Raises:
        KnownProblem: as ``prove_package``; ``receive-election``, ``receive-mode``,
            ``receive-contest``, ``receive-office``, ``receive-definition``,
            ``receive-stations``; ``receive-already``; ``receive-decided``; ``receive-older``; ``receive-records``.
        GivenUp: when a person said so.
    """
    with open_package(path, way=way.stretch(0, 0.1)) as package:
        try:
            said = Statement.of_data(package.manifest)
        except ValueError as error:
            raise KnownProblem("package-manifest", file=path.name) from error
        _require_ours(office, said, path.name)
        with prove_by_records(office, package, trust, way=way.stretch(0.1, 0.6)) as proof:
            return _seen(office, path, proof, way.stretch(0.6, 1))


def _seen(office: Office, path: Path, proof: Proof, way: Way) -> Preview:
    proved, file = proof.proved, path.name
    place = office.file.journal.last_place()
    before = _require_unmet(office, proved, file=file)
    line = line_of(office, proved.statement.contest, proved.statement.office)
    follows = line is not None and extends(proof, line.heads)
    alarm = _alarm(office, proof, before=before, file=file, follows=follows)
    aside = not alarm and follows and branches_off(office, proof)
    new, found, ruled = 0, Effects(), list[Followed]()
    if alarm:
        # What does not extend our chains cannot be written behind them.
        found.changes = list(differing(office, proof))
    elif aside:
        ruled = list(followed(office, proof, None))
        found.changes = [Change(one.tps, one.cells, one.after, is_new=False) for one in ruled]
    else:
        heads = office.file.journal.heads()
        new = require_fitting(office, proof, heads, way.stretch(0, 0.4))
        found = effects(office, proof, heads, way=way.stretch(0.4, 1))
        ruled = list(followed(office, proof, heads)) if follows else []
    return Preview(
        proved=proved,
        path=path,
        place=place,
        sender=full_name(office.election.tree, proved.statement.office),
        before=before,
        alarm=alarm,
        new=new,
        changes=tuple(found.changes),
        unchanged=proved.statement.leaves - len(found.changes),
        broken=tuple(found.broken),
        rulings=found.rulings,
        line=line.decision if line is not None and follows else None,
        aside=aside,
        followed=tuple(ruled),
        heads=proof.shelf.heads() if aside else {},
    )


def prove_by_records(
    office: Office, package: Package, trust: Trust | None = None, *, way: Way = NO_WAY
) -> contextlib.AbstractContextManager[Proof]:
    """Prove a package by what this office believes, with the certificates it has on record.

    Raises:
        KnownProblem: as ``prove_package``.
        GivenUp: when a person said so.
    """
    believed = trust_of(office) if trust is None else trust
    return prove_opened(package, trust=believed, known=known_certificates(office), way=way)


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
    standing = standing_receipts(office, said.contest, said.office)
    return max((receipt.body["revision"] for receipt in standing), default=0)


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


def extends(proof: Proof, heads: Mapping[str, tuple[int, str]]) -> bool:
    """Whether a package holds every record up to these heads."""
    ends = proof.shelf.heads()
    return all(
        seq <= ends.get(chain, (0, ""))[0] and proof.shelf.id_at(chain, seq) == key
        for chain, (seq, key) in heads.items()
    )


def branches_off(office: Office, proof: Proof) -> bool:
    """Whether a chain of a package says something else than ours at the same place."""
    return _compared(office, proof)[0]


def _compared(office: Office, proof: Proof) -> tuple[bool, bool]:
    """Whether the chains of a package branch off from ours, and whether they are shorter."""
    said, shelf = proof.proved.statement, proof.shelf
    ends = shelf.heads()
    table, is_forked, is_short = office.file.journal, False, False
    for chain, (seq, key) in table.heads().items():
        if not _is_sent(office, chain, said):
            continue
        last, end = ends.get(chain, (0, ""))
        is_short |= last < seq
        if last >= seq:
            is_forked |= shelf.id_at(chain, seq) != key
        elif last:
            is_forked |= not table.holds(chain, last, end)
    return is_forked, is_short


def _alarm(office: Office, proof: Proof, *, before: int, file: str, follows: bool) -> str:
    """Whether the package's chains extend ours, say less than ours, or say something else.

    Args:
        office: the open office.
        proof: the package.
        before: number of the newest revision received that stands.
        file: its name.
        follows: whether it goes on from a package that a chair let hold.

    Raises:
        KnownProblem: ``receive-older`` for an honest package of an earlier revision.
    """
    said, table = proof.proved.statement, office.file.journal
    ends = proof.shelf.heads()
    is_forked, is_short = (False, False) if follows else _compared(office, proof)
    if is_forked:
        return "forked"
    is_all_known = all(table.holds(chain, last, end) for chain, (last, end) in ends.items())
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


def require_fitting(
    office: Office, proof: Proof, heads: Mapping[str, tuple[int, str]], way: Way
) -> int:
    """Refuse records that no program of ours would have made there; how many are new.

    Raises:
        KnownProblem: ``receive-records``.
    """
    stations, first = stations_of(office), office.file.definitions.first
    new = 0
    for record in proof.shelf.beyond(heads):
        fits = is_of_this_office(office, record, stations=stations)
        if record.kind == Kind.AMENDMENT.value:
            fits = fits and is_applicable(first, record)
        if not fits or not _names_rightly(proof, record):
            raise KnownProblem("receive-records", file=proof.package.file, seq=record.seq)
        new += 1
        if new % _PART == 0:
            way.at(new, len(proof.shelf))
    return new


def _names_rightly(proof: Proof, record: Record) -> bool:
    # The loss of a post names chains of other contests, which stay below.
    if record.kind == Kind.LOSS.value:
        return True
    found = {key: proof.shelf.record(key) for key in named_by(record)}
    named = {key: other for key, other in found.items() if other}
    return len(named) == len(found) and names_rightly(record, named)
