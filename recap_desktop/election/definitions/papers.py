"""How each paper of a form looks: titles, model box, and its lines in sections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an arrangement: a heading, a row, or the place of the choices.

    Attributes:
        key: row key; ``votes`` for the choices; empty for a heading.
        number: as printed before the label (``1.``, ``B.``).
        label: as printed.
        note: printed after the label in italics.
        bold: a total or heading.
    """

    key: str
    number: str
    label: str
    note: str
    bold: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A block of a paper under one title (bagian I, II ...), on one page of the C.HASIL."""

    number: str
    title: str
    page: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """The arrangement of one paper: titles, model box, sections, words of its columns.

    Attributes:
        model: lines of the model box; ``{jenis}`` is filled in by the contest's kind.
        titles: title lines in capitals; ``{jenis}``, ``{wilayah}``, ``{tahun}`` are filled in.
        sections: in the order of the paper.
        columns: words for l, p, jml across the head (C.HASIL) or beside the lines (recap).
        verified: whether the arrangement was compared with an official form.
        source: against what, or why not.
    """

    id: str
    model: tuple[str, ...]
    titles: tuple[str, ...]
    sections: tuple[Section, ...]
    columns: Mapping[str, str]
    verified: bool
    source: str


@dataclass(frozen=True, slots=True)
class PartyWords:
    """Labels of the lines of a party block; ``{name}`` and ``{number}`` are filled in."""

    head: str = ""
    party: str = ""
    candidates: str = ""
    total: str = ""


def read_papers(data: Mapping[str, Any]) -> dict[str, Paper]:
    """Every paper of a definition by id; one may borrow the sections of another (``like``).

    Raises:
        KeyError, TypeError: when the data are not of that shape.
    """
    papers: dict[str, Paper] = {}
    for paper_id, item in data.items():
        arranged = item if "section" in item else data[item["like"]]
        papers[paper_id] = Paper(
            id=paper_id,
            model=tuple(item["model"]),
            titles=tuple(item["titles"]),
            sections=tuple(_read_section(section) for section in arranged["section"]),
            columns=dict(item["columns"]),
            verified=bool(item["verified"]),
            source=item["source"],
        )
    return papers


def read_deeds(data: Mapping[str, Any]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Model boxes of papers of running text, by paper and level word."""
    return {
        key: {level: tuple(model) for level, model in models.items()}
        for key, models in data.items()
    }


def _read_section(data: Mapping[str, Any]) -> Section:
    return Section(
        number=data["number"],
        title=data["title"],
        page=data.get("page", 1),
        lines=tuple(
            Line(
                key=line.get("key", ""),
                number=line.get("number", ""),
                label=line.get("label", ""),
                note=line.get("note", ""),
                bold=bool(line.get("bold", False)),
            )
            for line in data["lines"]
        ),
    )
