"""A print queue of two printers that only a test looks at, in the words of the real one (CUPS 2.4).

What ``lpstat``, ``lpoptions``, ``lp`` and ``cancel`` say was copied from a scheduler that ran here.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

PRINTERS = ("Kantor", "Arsip")

_NOTE = 'echo "$(basename "$0") $*" >> "$HERE/calls"'
_SCRIPTS = {
    "lp": """
while [ $# -gt 0 ]; do [ "$1" = -d ] && PRINTER="$2"; shift; done
cat >> "$HERE/taken"
NUMBER=$(( $(cat "$HERE/number") + 1 )); echo $NUMBER > "$HERE/number"
[ -e "$HERE/swallows" ] || echo "$PRINTER-$NUMBER waits" >> "$HERE/jobs"
echo "request id is $PRINTER-$NUMBER (0 file(s))"
""",
    "lpstat": """
case "$*" in
  -e) cat "$HERE/printers" ;;
  -d) echo "system default destination: $(head -1 "$HERE/printers")" ;;
  *) while read JOB STATE; do
       echo "$JOB                root             80896   Sun Nov 29 14:12:09 2026"
       [ $STATE = begun ] && printf '\\tStatus: \\n\\tAlerts: job-printing\\n' || printf '\\tAlerts: none\\n'
       printf '\\tqueued for Kantor\\n'
     done < "$HERE/jobs" ;;
esac
""",
    "lpoptions": """
case "$*" in
  *-l) cat "$HERE/sizes-$2" 2>/dev/null ;;
  *) echo "copies=1 device-uri=file:/dev/null printer-info=$2" ;;
esac
exit 0
""",
    "cancel": """
grep -v "^$1 " "$HERE/jobs" > "$HERE/left"; mv "$HERE/left" "$HERE/jobs"
""",
}


class Queue:
    """What the printers of the test were asked, and what they still have to do."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        """Put the programs of the queue before those of the system."""
        self._folder = folder
        folder.mkdir()
        for name, text in _SCRIPTS.items():
            (folder / name).write_text(f"#!/bin/sh\nHERE='{folder}'\n{_NOTE}\n{text}")
            (folder / name).chmod(0o755)
        for name, text in (("calls", ""), ("jobs", ""), ("number", "0")):
            (folder / name).write_text(text)
        (folder / "printers").write_text("\n".join(PRINTERS) + "\n")
        patch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")

    @property
    def calls(self) -> list[str]:
        """What was asked of it, program by program."""
        return (self._folder / "calls").read_text().splitlines()

    @property
    def taken(self) -> bytes:
        """All that was handed over."""
        return (self._folder / "taken").read_bytes()

    @property
    def jobs(self) -> list[str]:
        """What it still has to do."""
        return [line.split()[0] for line in self._lines]

    @property
    def _lines(self) -> list[str]:
        return (self._folder / "jobs").read_text().splitlines()

    def _write(self, lines: list[str]) -> None:
        (self._folder / "jobs").write_text("".join(f"{line}\n" for line in lines))

    def say(self, printer: str, sizes: str) -> None:
        """Let a printer say which paper it has."""
        (self._folder / f"sizes-{printer}").write_text(f"{sizes}\n")

    def finish(self, count: int) -> None:
        """Let the first jobs come out."""
        self._write(self._lines[count:])

    def begin(self) -> None:
        """Let the first job be printed."""
        first, *rest = self._lines
        self._write([f"{first.split()[0]} begun", *rest])

    def swallow(self) -> None:
        """Let everything come out at once from now on."""
        (self._folder / "swallows").write_text("")
