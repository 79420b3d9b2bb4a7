"""A sheet as lines of text, for golden files and for eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from recap_desktop.election.papers.sheets import Sheet


def as_text(sheet: Sheet, units: int) -> str:
    """A sheet as lines of text: the head of each block, then each printed line."""
    lines = [*sheet.face.model, *(title.text for title in sheet.face.titles)]
    lines += [f"{label}: {value}" for label, value in sheet.face.place]
    for block in sheet.blocks(units):
        lines += ["", " | ".join(column.head for column in block.columns)]
        for section in sheet.arrangement.sections:
            lines.append(f"{section.number} {section.title}".strip())
            for row in section.rows:
                label = " ".join([row.number, " / ".join(row.labels), row.note]).strip()
                lines.append(f"  {label}")
                lines += [
                    f"    {line.word:<4}{row.ref:<8}| {' | '.join(block.texts(line.cell))}"
                    for line in row.lines
                ]
    return "\n".join([*lines, "", *sheet.notes, ""])
