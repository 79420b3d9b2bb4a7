"""Collects what is wrong with one file that a person gave us."""

from __future__ import annotations

from dataclasses import dataclass, field

from recap_desktop.problems import Detail, Fault


@dataclass(slots=True)
class FaultLog:
    """Every fault found in one file, in the order of its lines.

    Attributes:
        file: name of the file as the person knows it.
    """

    file: str
    _faults: list[Fault] = field(default_factory=list)

    def add(self, fault_code: str, line: int = 0, /, **details: Detail) -> None:
        """Note a fault; line 0 is the file as a whole."""
        self._faults.append(Fault(fault_code, details, self.file, line))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What was found, by line; those of the whole file first."""
        return tuple(sorted(self._faults, key=lambda fault: fault.line))
