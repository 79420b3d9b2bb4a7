"""The printers of the system where CUPS is: what they have in them, a PDF handed over, taken back.

``lp`` keeps text and fonts as they are in the file; drawn as pictures a page is many times larger.
"""

from __future__ import annotations

import enum
import os
import re
import shutil
import subprocess
from typing import IO, TYPE_CHECKING

from recap_desktop.office.papers.paper_sizes import size_of_name
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from recap_desktop.exchange.nameless_files import NamelessFile

_MEDIA = {"f4": "Custom.215x330mm", "a4": "A4", "a3": "A3"}
"""Names of CUPS; no system knows F4 by a name."""

_SECONDS = 60
_LONGEST = 120

_CHOSEN = re.compile(r"^(?:PageSize|media)(?:/[^:]*)?:.*?\*(\S+)", re.MULTILINE)
"""Among the sizes that a printer takes, the one it has: ``PageSize/Media Size: A4 *Folio``."""

_ASKED = re.compile(r"(?:^|\s)(?:PageSize|media)=(\S+)")
"""What somebody chose for all that they print there."""

_DEFAULT = re.compile(r":\s*(\S+)\s*$")
_JOB = re.compile(r"request id is (\S+)")
_LISTED = re.compile(r"^(\S+-\d+)\s")
_BEGUN = re.compile(r"\bjob-printing\b")


class Fate(enum.Enum):
    """What became of a copy that was to be taken back from a printer."""

    OUT = "out"
    """It had come out, or was given up by the system: nothing was taken back."""

    BEGUN = "begun"
    """It was being printed: any of its pages may have come out."""

    WAITING = "waiting"
    """It had not begun: none of its pages came out."""


def has_queue() -> bool:
    """Whether there is a way to hand a PDF to a printer."""
    return shutil.which("lp") is not None


def printers() -> tuple[str, ...]:
    """Names of the printers that the system has; none where there is no CUPS."""
    return tuple(dict.fromkeys(_said("lpstat", "-e").split()))


def default_printer() -> str:
    """The printer that the system takes by itself; empty for none."""
    known = printers()
    found = _DEFAULT.search(_said("lpstat", "-d"))
    return found[1] if found and found[1] in known else ""


def size_in(printer: str) -> str:
    """The paper that a printer has in it, as a word of ``PAPER_SIZES``; empty where it cannot say.

    What somebody chose for all that they print there goes before what the printer has by itself.
    """
    if not printer:
        return ""
    asked = _ASKED.search(_said("lpoptions", "-p", printer))
    if asked and (size := size_of_name(asked[1])):
        return size
    chosen = _CHOSEN.search(_said("lpoptions", "-p", printer, "-l"))
    return size_of_name(chosen[1]) if chosen else ""


def hand_over(pdf: NamelessFile, printer: str, *, title: str, size: str) -> str:
    """Give a PDF to a printer; it comes back once the system has taken it.

    Args:
        pdf: all of it is taken.
        printer: one of ``printers``.
        title: what the queue calls it.
        size: of the paper: ``f4``.

    Returns:
        What the queue calls the job, to be taken back by; empty where it does not say.

    Raises:
        KnownProblem: ``print-no-queue``, ``printer-unknown``; ``print-refused`` with what the
            system says.
    """
    program = shutil.which("lp")
    if program is None:
        raise KnownProblem("print-no-queue")
    known = printers()
    if printer not in known:
        raise KnownProblem("printer-unknown", printer=printer, printers=", ".join(known) or "-")
    command = [program, "-d", printer, "-t", title[:_LONGEST], "-o", f"media={_MEDIA[size]}", "-"]
    # The program reads by the file itself, not by what of it lies in our buffer.
    pdf.file.flush()
    os.lseek(pdf.file.fileno(), 0, os.SEEK_SET)
    done = _run(command, pdf.file)
    if done.returncode:
        said = " ".join(done.stderr.decode("utf-8", "replace").split())
        raise KnownProblem("print-refused", printer=printer, said=said or str(done.returncode))
    found = _JOB.search(done.stdout.decode("utf-8", "replace"))
    return found[1] if found else ""


def jobs_of(printer: str) -> dict[str, bool]:
    """The jobs a printer still has to do, and of each whether it has begun.

    Raises:
        KnownProblem: ``print-refused`` where the system does not answer.
    """
    found: dict[str, bool] = {}
    job = ""
    for line in _said("lpstat", "-l", "-W", "not-completed", "-o", printer).splitlines():
        if listed := _LISTED.match(line):
            job = listed[1]
            found[job] = False
        elif job and _BEGUN.search(line):
            found[job] = True
    return found


def take_back(printer: str, jobs: Iterable[str]) -> Mapping[str, Fate]:
    """Take jobs back from a printer, the last first; of each what may have come out.

    What waits goes before what is printed, so that nothing begins meanwhile. Where what was
    printed came to its end before that, the first that waited may have begun.

    Raises:
        KnownProblem: ``print-refused`` where the system does not answer.
    """
    wanted = tuple(jobs)
    before = jobs_of(printer)
    waiting = [job for job in wanted if before.get(job) is False]
    for job in reversed(waiting):
        _said("cancel", job)
    begun = [job for job in wanted if before.get(job)]
    after = jobs_of(printer) if waiting else before
    for job in begun:
        _said("cancel", job)
    was_printing = any(before.values())
    still = any(after.get(job) for job, is_begun in before.items() if is_begun)
    risky = waiting[:1] if not (was_printing and still) else []
    return {
        job: Fate.BEGUN
        if job in begun or job in risky
        else Fate.WAITING
        if job in waiting
        else Fate.OUT
        for job in wanted
    }


def _said(name: str, *arguments: str) -> str:
    """What a program of the system says; nothing where there is none."""
    program = shutil.which(name)
    if program is None:
        return ""
    return _run([program, *arguments]).stdout.decode("utf-8", "replace")


def _run(
    command: list[str], read: IO[bytes] | int = subprocess.DEVNULL
) -> subprocess.CompletedProcess[bytes]:
    """Run a program of the system that was looked up by its full path, in the words of its makers."""
    try:
        return subprocess.run(  # noqa: S603 - the system's own, and no shell
            command,
            stdin=read,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise KnownProblem("print-refused", printer=command[0], said=str(error)) from error
