"""The slip of a TPS: its figures in a revision, and the proof that they are under its root.

As text it is read back by anybody: the line ``daun`` holds the bytes that are hashed, and
``bukti`` the hashes that lead to the root (RFC 6962), lowest first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.definitions import regions
from recap_desktop.election.definitions.regions import Level, dotted
from recap_desktop.election.papers.annexes import Item
from recap_desktop.election.papers.deeds import Deed, Fields, Paragraph, chaired, deed_face, listing
from recap_desktop.election.papers.names import place_text
from recap_desktop.election.papers.sheet_notes import line_names
from recap_desktop.election.papers.sheets import arrangement_of
from recap_desktop.election.papers.zero_reports import whole
from recap_desktop.election.records import merkle
from recap_desktop.election.records.canonical import NotCanonical, read_canonical
from recap_desktop.election.wording import number_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recap_desktop.election.figures.tallies import Tally
    from recap_desktop.election.papers.facts import Facts

_FIRST = "REKAP/1 SLIP TPS"


@dataclass(frozen=True, slots=True)
class Slip:
    """A TPS in a revision, with its proof (slip TPS).

    Attributes:
        leaf: canonical bytes: contest hash, mode, TPS, state and cells.
        index: which leaf, from 0.
        size: how many leaves there are.
        path: hashes that lead to the root, lowest first.
        root: of the revision.
        head: hash of the close, hex.
    """

    leaf: bytes
    index: int
    size: int
    path: tuple[bytes, ...]
    root: bytes
    head: str

    @property
    def holds(self) -> bool:
        """Whether the leaf leads to the root."""
        hashed = merkle.leaf_hash(self.leaf)
        return merkle.proves(hashed, (self.index, self.size), self.path, self.root)

    @property
    def text(self) -> str:
        """The slip as text: what is hashed, and what it is hashed with."""
        return "\n".join(
            (
                _FIRST,
                f"daun: {self.leaf.decode('utf-8')}",
                f"nomor: {self.index + 1} dari {self.size}",
                *(f"bukti: {step.hex()}" for step in self.path),
                f"akar: {self.root.hex()}",
                f"kepala: {self.head}",
                "",
            )
        )


def read_slip(text: str) -> Slip:
    """Read a slip from its text; whether it holds is another question.

    Raises:
        ValueError: when it is none.
    """
    first, *rest = [line for line in text.splitlines() if line.strip()] or [""]
    pairs = [line.partition(": ")[::2] for line in rest]
    if first != _FIRST or len(pairs) < len(("daun", "nomor", "akar", "kepala")):
        raise ValueError(first)
    (_, leaf), (_, place), *path, (_, root), (_, head) = pairs
    names = [name for name, _ in pairs]
    if names != ["daun", "nomor", *["bukti"] * len(path), "akar", "kepala"]:
        raise ValueError(first)
    index, _, size = place.partition(" dari ")
    raw = leaf.encode("utf-8")
    try:
        read_canonical(raw)
    except NotCanonical as error:
        raise ValueError(leaf) from error
    steps = tuple(bytes.fromhex(step) for _, step in path)
    return Slip(raw, int(index) - 1, int(size), steps, bytes.fromhex(root), head)


def slip_paper(facts: Facts, tps: str, tally: Tally, slip: Slip) -> Deed:
    """The slip as a paper: every figure of the TPS, then its proof."""
    words = facts.words
    proof = [
        (words["deed.slip.leaf"], whole(merkle.leaf_hash(slip.leaf).hex())),
        (
            words["deed.slip.place"],
            words("deed.slip.of", number=slip.index + 1, size=slip.size),
        ),
        *(
            (words("deed.slip.step", number=str(number)), whole(step.hex()))
            for number, step in enumerate(slip.path, start=1)
        ),
        (words["deed.slip.root"], whole(slip.root.hex())),
        (words["deed.slip.head"], whole(slip.head)),
    ]
    return Deed(
        tps,
        chaired(deed_face(facts, "slip")),
        (
            Fields(
                (
                    (words["deed.slip.tps"], f"{place_text(facts, tps)} ({dotted(tps)})"),
                    (words["deed.slip.state"], words[f"sheet.state.{tally.state.value}"]),
                )
            ),
            listing(facts, "figures", (9, 55, 12, 12, 12), _figures(facts, tps, tally)),
            Paragraph(words["deed.slip.proof"], bold=True),
            Fields(tuple(proof), is_dense=True),
            Paragraph(words["deed.slip.how"]),
        ),
    )


def _figures(facts: Facts, tps: str, tally: Tally) -> Iterator[tuple[str | Item, ...]]:
    arrangement = arrangement_of(facts, regions.ancestor(tps, Level.DESA))
    for section in arrangement.sections:
        for row in section.rows:
            if row.lines:
                *split, last = (_figure(facts, tally.cells.get(line.cell)) for line in row.lines)
                before = split or [Item(""), Item("")]
                yield line_names(row, row.lines), " / ".join(row.labels), *before, last


def _figure(facts: Facts, value: int | None) -> Item:
    blank = facts.words["sheet.annex.blank"]
    return Item(blank if value is None else number_text(value), figure=True)
