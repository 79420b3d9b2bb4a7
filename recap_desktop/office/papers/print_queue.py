"""The printers of the system where CUPS is: which there are, and a PDF handed to one as it is.

``lp`` keeps text and fonts as they are in the file; drawn as pictures a page is many times larger.
"""

from __future__ import annotations

import shutil
import subprocess

from recap_desktop.problems import KnownProblem

_MEDIA = {"f4": "Custom.215x330mm", "a4": "A4", "a3": "A3"}
"""Names of CUPS; no system knows F4 by a name."""

_SECONDS = 60
_LONGEST = 120


def has_queue() -> bool:
    """Whether there is a way to hand a PDF to a printer."""
    return shutil.which("lp") is not None


def printers() -> tuple[str, ...]:
    """Names of the printers that the system has; none where there is no CUPS."""
    program = shutil.which("lpstat")
    if program is None:
        return ()
    done = _run([program, "-e"])
    return tuple(dict.fromkeys(done.stdout.decode("utf-8", "replace").split()))


def hand_over(raw: bytes, printer: str, *, title: str, size: str) -> None:
    """Give a PDF to a printer; it comes back once the system has taken it.

    Args:
        raw: the PDF.
        printer: one of ``printers``.
        title: what the queue calls it.
        size: of the paper: ``f4``.

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
    done = _run(command, raw)
    if done.returncode:
        said = " ".join(done.stderr.decode("utf-8", "replace").split())
        raise KnownProblem("print-refused", printer=printer, said=said or str(done.returncode))


def _run(command: list[str], raw: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run a program of the system that was looked up by its full path."""
    try:
        return subprocess.run(  # noqa: S603 - the system's own, and no shell
            command, input=raw, capture_output=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise KnownProblem("print-refused", printer=command[0], said=str(error)) from error
