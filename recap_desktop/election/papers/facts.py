"""What the papers of an office are made from, beside the figures."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures.tallies import Cause

if TYPE_CHECKING:
    from recap_desktop.election.checks.rules import Finding
    from recap_desktop.election.definitions.contests import Contest, Election
    from recap_desktop.election.definitions.forms import Form
    from recap_desktop.election.definitions.papers import Paper
    from recap_desktop.election.papers.anchors import Anchor
    from recap_desktop.election.records.marks import Mark
    from recap_desktop.election.records.plenary import Incident
    from recap_desktop.election.records.unit_records import Difference
    from recap_desktop.election.wording import Words

FORM_OF_STATION = "c-hasil"
"""Id of the paper a TPS fills in."""


class Presence(enum.Enum):
    """Whether a signer is there and willing (Perpu 1/2014: those present who are willing sign)."""

    PRESENT = "present"
    ABSENT = "absent"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Signer:
    """One who signs a sheet (penanda tangan).

    Attributes:
        seat: ``ketua``, ``anggota-2`` ..., ``saksi-N`` for the witness of choice N.
        name: as printed; empty leaves a dotted line.
        presence: present, absent, or refused to sign.
        reason: why absent or refused; may be empty.
    """

    seat: str
    name: str = ""
    presence: Presence = Presence.PRESENT
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain of the journal stood: its last record and that record's hash."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper printed without a close (draf untuk pencermatan); never signed.

    Attributes:
        heads: of the chains it was made from, in a fixed order.
    """

    heads: tuple[Head, ...] = ()


@dataclass(frozen=True, slots=True)
class Loose:
    """A paper of no close that is signed all the same (berita acara nol, lembar kosong).

    Attributes:
        heads: of the chains as they stood; none on a paper that is filled in by hand.
    """

    heads: tuple[Head, ...] = ()


@dataclass(frozen=True, slots=True)
class Revision:
    """A paper of close number ``number`` (penetapan hasil), whose hash is the head on the page.

    Attributes:
        place: where it was decided (ditetapkan di); empty leaves dots.
        date: ISO date; empty leaves dots.
        post: id of the post that closed.
        anchor: the line that stands on the sheet of what was closed; None for none.
    """

    number: int
    hash: str
    place: str = ""
    date: str = ""
    post: str = ""
    anchor: Anchor | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One cell a ruling changed; None for blank."""

    cell: str
    old: int | None
    new: int | None


@dataclass(frozen=True, slots=True)
class Decision:
    """A ruling as papers tell it (keputusan pleno): why, by whom, and what it changed."""

    tps: str
    cause: Cause
    reason: str = ""
    decided_by: str = ""
    changes: tuple[Change, ...] = ()
    raised_by: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What papers of one contest of one office are made from, beside the figures.

    Attributes:
        office: code of the office.
        state: a draft, the revision of a close, or neither.
        double_entry: whether the office asks for two people who agree.
        words: Indonesian ones; papers are always in Bahasa Indonesia.
        signers: those that are known; the form says how many there are.
        findings: TPS -> findings that still stand.
        marks: TPS -> what was marked as on the paper, whether its finding still stands or not.
        decisions: rulings, in code order of their TPS.
        incidents: kejadian khusus and keberatan saksi, in the order in which they were spoken.
        differences: corrections of units above the TPS that stand.
    """

    election: Election
    contest_id: str
    office: str
    state: Draft | Revision | Loose
    double_entry: bool
    words: Words
    signers: tuple[Signer, ...] = ()
    findings: Mapping[str, Sequence[Finding]] = field(default_factory=dict)
    marks: Mapping[str, Sequence[Mark]] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    incidents: tuple[Incident, ...] = ()
    differences: tuple[Difference, ...] = ()

    @property
    def contest(self) -> Contest:
        """The contest the papers are of."""
        return self.election.contest(self.contest_id)

    @property
    def form(self) -> Form:
        """Its form definition."""
        return self.election.form(self.contest_id)

    def paper(self, level: Level) -> Paper:
        """The arrangement of a level's sheet, of a TPS its C.HASIL; KeyError when there is none."""
        return self.form.papers[FORM_OF_STATION if level is Level.TPS else level.word]
