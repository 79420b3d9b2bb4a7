"""Unsaved typing, kept on this machine until it is saved or thrown away.

A draft is no record: it belongs to one person at one machine, survives a crash, and is never
counted, judged or sent. It lies beside the settings of the machine, not in the office file.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop import places
from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures import counts
from recap_desktop.election.records.journal import Kind
from recap_desktop.exchange.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from recap_desktop.office.opening import Office

_FOLDER = "drafts"
_SHORT = 24


@dataclass(frozen=True, slots=True)
class UnsavedCount:
    """What somebody had typed of one form and not saved (ketikan belum tersimpan).

    Attributes:
        tps: 13-digit key.
        cells: filled cells only, with what is crossed out.
        time: when the last key was pressed, ISO.
    """

    tps: str
    cells: Mapping[str, int]
    time: str


class Drafts:
    """The unsaved forms of one person in one office."""

    def __init__(self, office: Office, person: str) -> None:
        """Look below this machine's own data; ``person`` is an id of the roster."""
        self._office = office
        # Two copies of the sample are two offices: each has a genesis of its own.
        first = office.file.journal.records_of_kind(Kind.GENESIS)[0]
        self._folder = places.machine_data() / _FOLDER / _name(first.id)
        self._person = person

    def keep(self, contest_id: str, tps: str, cells: Mapping[str, int]) -> None:
        """Keep the form as it is typed now, over what was kept before.

        Of the paper of a unit above the TPS its code stands in the place of the TPS.
        A disk that refuses loses the draft, not the work: the form is still on the screen.
        """
        said = {
            "contest": contest_id,
            "tps": tps,
            "person": self._person,
            "time": self._office.now(),
            "cells": dict(cells),
            **counts.crossed_in_body(cells),
        }
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            # On the disk itself: a power cut takes the last seconds of a file that is not.
            write_whole(self._path(contest_id, tps), json.dumps(said).encode())

    def drop(self, contest_id: str, tps: str) -> None:
        """Throw a draft away, if there is one."""
        with contextlib.suppress(OSError):
            self._path(contest_id, tps).unlink(missing_ok=True)

    def find(self, contest_id: str, tps: str) -> UnsavedCount | None:
        """The draft of one form; None when there is none that can be read."""
        return self._read(self._path(contest_id, tps), contest_id)

    def everywhere(self) -> list[tuple[str, UnsavedCount]]:
        """Every draft by this person with its contest, contests in the order of the office."""
        return [(key, draft) for key in self._office.contests for draft in self.all(key)]

    def all(self, contest_id: str) -> list[UnsavedCount]:
        """Every draft of a TPS of a contest by this person, in code order; not those of units."""
        if not self._folder.is_dir():
            return []
        found = (self._read(path, contest_id) for path in self._folder.glob("*.json"))
        of_stations = (one for one in found if one and len(one.tps) == Level.TPS.value)
        return sorted(of_stations, key=lambda draft: draft.tps)

    def _path(self, contest_id: str, tps: str) -> Path:
        return self._folder / f"{_name(contest_id, tps, self._person)}.json"

    def _read(self, path: Path, contest_id: str) -> UnsavedCount | None:
        """A file that is cut off or not ours is no draft; cells of another form are left out."""
        known = self._office.election.layout(contest_id).known
        try:
            said = json.loads(path.read_text("utf-8"))
            if (said["contest"], said["person"]) != (contest_id, self._person):
                return None
            cells = {key: int(n) for key, n in said["cells"].items() if key in known}
            written = counts.Count(cells, map(str, said.get("crossed", ())))
            return UnsavedCount(str(said["tps"]), written, str(said["time"]))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None


def _name(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:_SHORT]
