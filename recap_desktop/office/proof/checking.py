"""Checks whatever a person lays before the program, stage by stage, and says what was found of it.

It opens what it needs by itself, so that it may run in any thread.
"""

from __future__ import annotations

import contextlib
import enum
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import dotted
from recap_desktop.election.papers import inside_sheets
from recap_desktop.election.papers.faces import groups
from recap_desktop.election.records.journal import Kind
from recap_desktop.office.opening import open_office
from recap_desktop.office.papers.slips_as_text import cells_of, read_slip_file, station_of
from recap_desktop.office.proof import verifying
from recap_desktop.office.proof.auditing import audit
from recap_desktop.office.proof.proving_sheets import prove_sheet
from recap_desktop.office.proof.verifying import Evidence, Standing
from recap_desktop.problems import Fault, KnownProblem
from recap_desktop.way import NO_WAY, Way

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from recap_desktop.election.papers.anchors import Anchor
    from recap_desktop.election.records.packages import Statement
    from recap_desktop.office.opening import Office

    Details = Mapping[str, str | int]

_OF_KEYS = frozenset(
    (
        *("key-not-certified", "certificate-revoked", "certificate-of-other-region"),
        *("certificate-of-other-election", "not-a-certificate", "not-signed-certificate"),
    )
)
"""Refusals that are about who may sign, and not about what was signed."""

_NOT_READ = frozenset(
    (
        *("verify-not-read", "package-not-read", "document-not-read", "sheet-cannot-be-read"),
        *("slip-cannot-be-read", "pdf-not-read", "line-malformed", "slip-malformed"),
        *("sheet-not-a-pdf", "pdf-without-line", "package-not-ours"),
    )
)
"""Refusals of what is nothing that can be proved."""

_NOTHING_INSIDE = "sheet-nothing-inside"


class Verdict(enum.Enum):
    """What was found of the whole (hasil pemeriksaan)."""

    HOLDS = "holds"
    """All that can be proved of it was proved."""

    OPEN = "open"
    """What it says fits together; whose word it is could not be proved here."""

    FAILS = "fails"
    """Something does not hold."""

    NOTHING = "nothing"
    """It is nothing that can be proved, or cannot be read."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the proof (langkah pemeriksaan): its code, and whether it held."""

    code: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found (hasil).

    Attributes:
        evidence: what it is.
        file: its name; empty for a text.
        verdict: of the whole.
        stages: in the order of the proof, up to the one that does not hold.
        problem: why it does not hold, or what is left open; None where nothing is.
        faults: of an office file, every one.
        about: what it is of: codes of ``check.about`` with their details.
    """

    evidence: Evidence
    file: str
    verdict: Verdict
    stages: tuple[Stage, ...]
    problem: KnownProblem | None = None
    faults: tuple[Fault, ...] = ()
    about: tuple[tuple[str, Details], ...] = ()


@dataclass(slots=True)
class _Way:
    """Stages as they are told, and what is gathered meanwhile."""

    told: list[str] = field(default_factory=list)
    about: list[tuple[str, Details]] = field(default_factory=list)
    open_at: str = ""
    problem: KnownProblem | None = None

    def tell(self, stage: str) -> None:
        self.told.append(stage)

    def say(self, code: str, **details: str | int) -> None:
        self.about.append((code, details))

    def leave_open(self, stage: str, problem: KnownProblem) -> None:
        """What it says fits; whose word it is, was not proved."""
        self.told.append(stage)
        self.open_at, self.problem = stage, problem


def check_file(path: Path, *, office_path: Path | None = None, way: Way = NO_WAY) -> Checked:
    """Check a file: a package, a receipt, a recap PDF, a slip, an office file, the text of a code.

    Args:
        path: the file.
        office_path: an office whose records and trust are asked; None for none.
        way: is told how far it is.

    Raises:
        GivenUp: when a person said so.
    """
    try:
        evidence = verifying.evidence_of(path)
    except KnownProblem as problem:
        return Checked(Evidence.TEXT, path.name, Verdict.NOTHING, (), problem)
    check = {
        Evidence.PACKAGE: _package,
        Evidence.RECEIPT: _receipt,
        Evidence.PDF: _pdf,
        Evidence.OFFICE: _office,
        Evidence.SLIP: _slip,
        Evidence.TEXT: _line_file,
    }[evidence]
    seen = _Way()
    with _trusting(office_path if evidence is not Evidence.OFFICE else None) as office:
        try:
            faults = check(path, office, seen, way) or ()
        except KnownProblem as problem:
            return _refused(evidence, path.name, seen, problem)
    return _checked(evidence, path.name, seen, faults)


def check_text(text: str, *, office_path: Path | None = None) -> Checked:
    """Check the text of a QR code, as it was scanned or typed from print."""
    seen = _Way()
    with _trusting(office_path) as office:
        try:
            seen.tell("line")
            _line(verifying.read_line(text), office, seen)
        except KnownProblem as problem:
            return _refused(Evidence.TEXT, "", seen, problem)
    return _checked(Evidence.TEXT, "", seen, ())


@contextlib.contextmanager
def _trusting(path: Path | None) -> Iterator[Office | None]:
    """A second opening of an office, only to be asked."""
    if path is None:
        yield None
        return
    office = open_office(path)
    try:
        yield office
    finally:
        office.close()


def _checked(evidence: Evidence, file: str, seen: _Way, faults: tuple[Fault, ...]) -> Checked:
    stages = tuple(
        Stage(code, Verdict.OPEN if code == seen.open_at else Verdict.HOLDS) for code in seen.told
    )
    verdict = Verdict.OPEN if seen.open_at else Verdict.HOLDS
    if faults:
        stages = (*stages[:-1], Stage(stages[-1].code, Verdict.FAILS))
        verdict = Verdict.FAILS
    return Checked(evidence, file, verdict, stages, seen.problem, faults, tuple(seen.about))


def _refused(evidence: Evidence, file: str, seen: _Way, problem: KnownProblem) -> Checked:
    if problem.code in _NOT_READ:
        return Checked(evidence, file, Verdict.NOTHING, (), problem)
    *held, last = seen.told
    stages = (*(Stage(code, Verdict.HOLDS) for code in held), Stage(last, Verdict.FAILS))
    return Checked(evidence, file, Verdict.FAILS, stages, problem, (), tuple(seen.about))


# What is checked


def _package(path: Path, office: Office | None, seen: _Way, way: Way) -> None:
    """A package; where its key is not believed, what it says is proved all the same."""
    refused: KnownProblem | None = None
    try:
        proved = verifying.verify_package(path, office=office, way=way, tell=seen.tell)
    except KnownProblem as problem:
        if office is None or problem.code not in _OF_KEYS:
            raise
        refused = problem
        seen.told.clear()
        proved = verifying.verify_package(path, way=way, tell=seen.tell)
    _say_statement(seen, proved.statement)
    _say_sums(seen, proved.totals)
    seen.say("package-hash", hash=groups(proved.hash))
    if office is None:
        seen.leave_open("signer", KnownProblem("check-signer-unknown"))
    elif refused is not None:
        seen.leave_open("signer", refused)
    for one in proved.certified or ():
        seen.say("certified", name=one.name, office=dotted(one.code), serial=one.serial)


def _receipt(path: Path, office: Office | None, seen: _Way, way: Way) -> None:
    del way
    seen.tell("signed")
    proved = verifying.verify_receipt(path)
    said = proved.receipt
    if said.realm.mode == "rehearsal":
        seen.say("rehearsal")
    seen.say(
        "receipt",
        contest=said.contest,
        sender=dotted(said.sender),
        receiver=dotted(said.receiver),
        revision=said.revision,
    )
    _say_sums(seen, said.totals)
    if office is None:
        seen.leave_open("signer", KnownProblem("check-signer-unknown"))
        return
    try:
        certified = verifying.verify_receipt(path, office=office).certified
    except KnownProblem as problem:
        if problem.code not in _OF_KEYS:
            seen.tell("signer")
            raise
        seen.leave_open("signer", problem)
        return
    seen.tell("signer")
    for one in certified or ():
        seen.say("certified", name=one.name, office=dotted(one.code), serial=one.serial)


def _pdf(path: Path, office: Office | None, seen: _Way, way: Way) -> None:
    """A recap PDF; one that carries nothing inside by the code that is printed in it."""
    del way
    try:
        proved = prove_sheet(path, tell=seen.tell)
    except KnownProblem as problem:
        if problem.code != _NOTHING_INSIDE:
            raise
        seen.told.clear()
        lines = verifying.read_pdf(path)
        seen.say("only-line")
        for line in lines:
            seen.tell("line")
            _line(line, office, seen)
        return
    seen.say("title", title=proved.title)
    _say_statement(seen, proved.statement)
    _say_sums(seen, proved.totals)
    seen.say("pages", pages=proved.pages, lines=proved.compared)
    seen.say("post", post=groups(proved.post))
    _line_of_sheet(verifying.read_line(proved.line), office, seen)


def _line_of_sheet(line: Anchor, office: Office | None, seen: _Way) -> None:
    """Whose word a sheet is that proves itself: known here, signed by a post that is trusted."""
    if office is None:
        seen.leave_open("signer", KnownProblem("check-post-unknown"))
    else:
        _stand(line, office, seen)


def _office(path: Path, office: Office | None, seen: _Way, way: Way) -> tuple[Fault, ...]:
    """An office file: every record of it."""
    del office, way
    seen.tell("opened")
    own = open_office(path)
    try:
        seen.say(
            "office",
            title=own.election.title,
            name=own.election.tree.name(own.code),
            region=dotted(own.code),
        )
        if own.election.is_rehearsal:
            seen.say("rehearsal")
        seen.tell("records")
        found = audit(own)
        seen.say("records", records=found.records, chains=found.chains)
        if found.missing:
            seen.say("pictures-missing", count=len(found.missing))
        return found.faults
    finally:
        own.close()


def _slip(path: Path, office: Office | None, seen: _Way, way: Way) -> None:
    """A slip of a TPS: its figures lead to its root, and the root is that of a close."""
    del way
    slip = read_slip_file(path)
    seen.tell("leaf")
    tps = dotted(station_of(slip))
    if not slip.holds:
        raise KnownProblem("check-slip-false", tps=tps)
    seen.say("slip", tps=tps, number=slip.index + 1, size=slip.size)
    _say_sums(seen, cells_of(slip))
    seen.say("root", root=groups(slip.root.hex()))
    seen.say("head", head=groups(slip.head))
    close = office.file.journal.record(slip.head) if office else None
    if close is None:
        seen.leave_open("close", KnownProblem("check-slip-root"))
        return
    seen.tell("close")
    if close.kind != Kind.CLOSE.value or close.body["root"] != slip.root.hex():
        raise KnownProblem("check-slip-close", revision=int(close.body.get("revision", 0)))


def _line_file(path: Path, office: Office | None, seen: _Way, way: Way) -> None:
    del way
    seen.tell("line")
    _line(verifying.read_line_file(path), office, seen)


def _line(line: Anchor, office: Office | None, seen: _Way) -> None:
    """The line of a close, by what an office has and trusts."""
    seen.say("readable", text=line.statement.readable)
    seen.say("head", head=groups(line.head.hex()))
    if office is None:
        seen.leave_open("signer", KnownProblem("check-line-unknown"))
    else:
        _stand(line, office, seen)


def _stand(line: Anchor, office: Office, seen: _Way) -> None:
    found = verifying.verify_line(line, office=office)
    if found.standing in (Standing.SAME, Standing.SIGNED):
        seen.tell("signer")
        seen.say(f"line-{found.standing.value}", name=found.name)
    elif found.standing is Standing.DIFFERS:
        seen.tell("signer")
        raise KnownProblem("check-line-differs")
    elif found.standing is Standing.UNTRUSTED:
        seen.leave_open("signer", KnownProblem("check-line-untrusted", name=found.name))
    else:
        seen.leave_open("signer", KnownProblem("check-line-unknown"))


def _say_statement(seen: _Way, said: Statement | inside_sheets.Statement) -> None:
    if said.mode == "rehearsal":
        seen.say("rehearsal")
    seen.say(
        "statement",
        contest=said.contest,
        office=dotted(said.office),
        revision=said.revision,
        stations=said.leaves,
    )
    seen.say("head", head=groups(said.head))


def _say_sums(seen: _Way, totals: Mapping[str, int]) -> None:
    """Votes of each choice, valid and invalid: what people compare with their paper."""
    for cell, number in totals.items():
        head, _, rest = cell.partition(".")
        if head == "votes":
            seen.say("votes", number=rest.removesuffix(".total"), votes=number)
    for cell in ("valid", "invalid"):
        if cell in totals:
            seen.say(cell, votes=totals[cell])
