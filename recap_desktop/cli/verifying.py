"""``verify``: a package, a receipt, a recap PDF, a slip, an office file, or the text of a QR code."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from recap_desktop.cli import proof
from recap_desktop.cli.key_values import show_groups
from recap_desktop.cli.opened import opened
from recap_desktop.cli.papers import tell_slip
from recap_desktop.cli.sheet_proof import tell_sheet
from recap_desktop.cli.values import PATH
from recap_desktop.cli.verbs import argument, option, say, session, verb
from recap_desktop.election.definitions.regions import dotted
from recap_desktop.election.papers.faces import groups
from recap_desktop.election.records.journal import Kind
from recap_desktop.office.keys.key_typing import whole_fingerprint
from recap_desktop.office.proof import verifying
from recap_desktop.office.proof.auditing import audit
from recap_desktop.office.proof.proving_sheets import prove_sheet
from recap_desktop.office.proof.verifying import Evidence, Standing
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recap_desktop.election.papers.anchors import Anchor
    from recap_desktop.office.opening import Office
    from recap_desktop.office.proof.proving_packages import Proved
    from recap_desktop.office.proof.verifying import LineSeen

FALSE = 1
"""Exit status of what does not hold."""

_UNREAD = "package-not-read"
_UNREAD_DOCUMENT = "document-not-read"
_NOTHING_INSIDE = "sheet-nothing-inside"
_HOLDS = {Standing.SAME, Standing.SIGNED}


@verb("verify")
@argument("source", metavar="verified", type=PATH, required=False)
@option("--text", "line", about="verify-text", metavar="text", default="")
@option("--office", "office_path", about="verify-office", metavar="office", type=PATH)
def verify(source: Path | None, line: str, office_path: Path | None) -> None:
    """Prove what lies before somebody."""
    if source is None and not line:
        raise KnownProblem("usage-verify")
    kind = verifying.evidence_of(source) if source else Evidence.TEXT
    if source is not None and kind is Evidence.OFFICE:
        with opened(source) as own:
            proof.tell(audit(own, anchor=line))
        return
    with contextlib.ExitStack() as stack:
        office = stack.enter_context(opened(office_path)) if office_path else None
        if source is not None and kind is Evidence.PACKAGE:
            proved = _package(source, office)
            if proved and line:
                _tell_lines([verifying.read_line(line)], office, proved)
        elif source is not None and kind is Evidence.SLIP:
            tell_slip(source)
        elif source is not None and kind is Evidence.RECEIPT:
            _receipt(source, office)
        elif source is not None and kind is Evidence.PDF:
            _pdf(source, office)
        else:
            given = verifying.read_line_file(source) if source else verifying.read_line(line)
            _tell_lines([given], office, None)


def _package(path: Path, office: Office | None) -> Proved | None:
    """Say what was proved of a package; None where something does not hold."""
    try:
        proved = verifying.verify_package(path, office=office)
    except KnownProblem as problem:
        if problem.code == _UNREAD:
            raise
        why = session().words.problem(problem)
        met = verifying.met_before(path, problem, office=office) if office else None
        if met is None:
            session().status = FALSE
            say("cli.verify.false", path=str(path), why=why)
            return None
        code = "received" if met.kind == Kind.RECEIPT.value else "sent"
        say(f"cli.verify.met-{code}", path=str(path), time=met.time[:10], why=why)
        return None
    said = proved.statement
    code = "trusted" if office else "proved"
    say(f"cli.verify.{code}", path=str(path))
    if said.mode == "rehearsal":
        say("cli.verify.rehearsal")
    where = {"contest": said.contest, "office": dotted(said.office)}
    say("cli.verify.of", **where, revision=said.revision, stations=said.leaves)
    say("cli.send.head", head=groups(said.head), package=groups(proved.hash))
    for cell, number in sorted(proved.totals.items()):
        click.echo(f"  {cell}: {number}")
    for one in proved.certified or ():
        say("cli.verify.chain", name=one.name, office=dotted(one.code), serial=one.serial)
    if office is None:
        say("cli.verify.untrusted")
        show_groups(whole_fingerprint(proved.key))
    return proved


def _receipt(path: Path, office: Office | None) -> None:
    """Say what was proved of a receipt."""
    try:
        proved = verifying.verify_receipt(path, office=office)
    except KnownProblem as problem:
        if problem.code == _UNREAD_DOCUMENT:
            raise
        session().status = FALSE
        say("cli.verify.false", path=str(path), why=session().words.problem(problem))
        return
    said = proved.receipt
    say(f"cli.verify.{'trusted' if office else 'proved'}", path=str(path))
    if said.realm.mode == "rehearsal":
        say("cli.verify.rehearsal")
    say(
        "cli.verify.receipt-of",
        contest=said.contest,
        sender=dotted(said.sender),
        receiver=dotted(said.receiver),
        revision=said.revision,
        corrections=len(said.corrections),
    )
    say("cli.send.head", head=groups(said.head), package=groups(said.package))
    for cell, number in sorted(said.totals.items()):
        click.echo(f"  {cell}: {number}")
    for one in proved.certified or ():
        say("cli.verify.chain", name=one.name, office=dotted(one.code), serial=one.serial)
    if office is None:
        say("cli.verify.untrusted")
        show_groups(whole_fingerprint(said.key))


def _pdf(path: Path, office: Office | None) -> None:
    """Say what a PDF proves by itself; where nothing lies inside, what the code in print says."""
    try:
        proved = prove_sheet(path)
    except KnownProblem as problem:
        if problem.code == _NOTHING_INSIDE:
            _tell_lines(verifying.read_pdf(path), office, None)
            say("cli.verify.pdf-only-line")
            return
        session().status = FALSE
        say("cli.verify.false", path=str(path), why=session().words.problem(problem))
        return
    tell_sheet(path, proved)
    if office is None:
        say("cli.verify.sheet-post", post=groups(proved.post))
    else:
        _tell_lines([verifying.read_line(proved.line)], office, None)


def _tell_lines(lines: Iterable[Anchor], office: Office | None, package: Proved | None) -> None:
    for line in lines:
        _tell(verifying.verify_line(line, office=office, package=package))


def _tell(seen: LineSeen) -> None:
    said = seen.line.statement
    click.echo(said.readable)
    say("cli.verify.line-head", head=groups(seen.line.head.hex()))
    say(f"cli.verify.line-{seen.standing.value}", name=seen.name)
    if seen.standing not in _HOLDS:
        session().status = FALSE
