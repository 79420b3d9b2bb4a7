"""Who draws the largest sheets: our papers, a bare canvas, Typst and LibreOffice.

    python -m tests.benchmarks.contenders NAME FOLDER

draws what lies prepared in a folder with one of them, and says the most memory it took: in a
process of its own, which holds nothing else. Each reads its input piece by piece if it can.
"""

from __future__ import annotations

import datetime as dt
import functools
import importlib.util
import json
import pickle
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recap_desktop import places
from recap_desktop.paper.settings import PaperSettings

if TYPE_CHECKING:
    from recap_desktop.election.papers.sheets import Sheet
    from recap_desktop.paper.plan import Part

ROOT = Path(__file__).parents[2]
F4 = PaperSettings()
MADE = dt.datetime(2024, 12, 1, tzinfo=dt.UTC)

TYPST = """
#set page(width: WIDTHpt, height: HEIGHTpt, margin: MARGINpt)
#set text(font: "Noto Sans", size: SIZEpt)
#for page in json("pages.json") {
  pagebreak(weak: true)
  table(
    columns: page.widths.map(width => width * 1pt),
    rows: page.heights.map(height => height * 1pt),
    inset: (x: 3pt, y: 0pt),
    stroke: 0.57pt,
    align: (x, y) => horizon + if y == 0 { center } else if x == 1 { left } else { right },
    ..page.cells,
  )
}
"""


@dataclass
class Page:
    """A page without anything but its table.

    Attributes:
        figures: with their right ends, on the base line.
        rules: of the table.
        widths: of its columns.
        heights: of its rows, the head first.
        cells: texts from left to right and down, the heads first.
    """

    figures: list[tuple[float, float, str]]
    rules: list[tuple[float, float, float, float]]
    widths: list[float]
    heights: list[float]
    cells: list[str]


def page_of(part: Part) -> Page:
    """The table of a planned page as the others are given it: a line a row."""
    table, block = part.table, part.block
    columns = len(block.columns)
    rules = [
        (table.column_left(index), table.body_top, table.column_left(index), table.bottom)
        for index in range(columns)
    ]
    figures = []
    heights = [table.head.height]
    cells = ["NO", "URAIAN", "", *(column.head for column in block.columns)]
    for box, top, height in table.rows:
        row = box.row
        lines = row.lines if row else ()
        if row is None or not lines:
            label = " ".join(row.labels) if row else table.page.title
            heights.append(height)
            cells += ["", label, *[""] * (columns + 1)]
        for place, line in enumerate(lines, start=1):
            y = top - height * place / len(lines)
            rules.append((table.column_left(0), y, table.right, y))
            texts = block.texts(line.cell)
            figures += [
                (table.column_left(index) - 3, y + 2, text)
                for index, text in enumerate(texts, start=1)
            ]
            heights.append(height / len(lines))
            label = " ".join(row.labels) if row and place == 1 else ""
            cells += [row.number if row and place == 1 else "", label, line.word, *texts]
    widths = table.table
    across = [widths.number, widths.label, widths.line, *widths.columns]
    return Page(figures, rules, across, heights, cells)


def pages_of(sheets: Iterable[Sheet]) -> Iterator[Page]:
    """Every page of figures, as our papers have it."""
    from recap_desktop.paper import fonts, plan  # noqa: PLC0415 - not every contender loads it

    fonts.register()
    for sheet in sheets:
        for planned in plan.plan(sheet, F4, plan.setting_for(sheet, F4)):
            if planned.part:
                yield page_of(planned.part)


# ---------------------------------------------------------------- contenders


def draw_ours(sheets: Iterable[Sheet], path: Path) -> None:
    """Our papers, whole: with heads, labels, places, signatures."""
    from recap_desktop.exchange.whole_files import aside  # noqa: PLC0415 - as above
    from recap_desktop.paper.book import BookFile  # noqa: PLC0415 - as above

    with path.open("wb") as target, aside(path) as drawn:
        book = BookFile(F4, drawn)
        book.add(sheets)
        book.write(target)


def draw_bare(pages: Iterable[Page], path: Path) -> None:
    """A bare canvas, tuned: only the figures, each right in its column, and the rules of the grid.

    All figures of a page are one text, put into it as they are; widths are remembered.
    """
    from reportlab.pdfbase.pdfmetrics import stringWidth  # noqa: PLC0415 - as above
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - as above

    from recap_desktop.paper import fonts  # noqa: PLC0415 - as above

    fonts.register()
    measures = F4.measures
    size = measures.figure
    width = functools.lru_cache(maxsize=20_000)(lambda text: stringWidth(text, fonts.REGULAR, size))
    canvas = Canvas(str(path), pagesize=(measures.width, measures.height), invariant=1)
    canvas.setPageCompression(1)
    for page in pages:
        canvas.lines(page.rules)
        text = canvas.beginText()
        text.setFont(fonts.REGULAR, size)
        # Tells the font which letters there are.
        text.textOut(" 0123456789.*")
        code = text._code  # type: ignore[attr-defined]  # the stub leaves it out
        code.extend(
            f"1 0 0 1 {x - width(figure):.2f} {y:.2f} Tm ({figure}) Tj"
            for x, y, figure in page.figures
        )
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()


def draw_typst(folder: Path, path: Path) -> None:
    """Typst: the table of each page with its heads and labels."""
    import typst  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415 - of the group benchmarks

    typst.compile(
        str(folder / "pages.typ"),
        output=str(path),
        font_paths=[str(places.resource("fonts"))],
        ignore_system_fonts=True,
        # Nor have our papers tags.
        pdf_tags=False,
    )


def draw_office(folder: Path, path: Path) -> None:
    """LibreOffice: the workbook of the same sheets, on pages as it breaks them."""
    home = (folder / "libreoffice").as_uri()
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={home}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(folder / f"{path.stem}.xlsx"),
        ],
        check=True,
        capture_output=True,
    )


CONTENDERS: dict[str, Callable[[Path, Path], None]] = {
    "ours": lambda folder, path: draw_ours(_read(folder / "sheets.pickle"), path),
    "bare canvas": lambda folder, path: draw_bare(_read(folder / "pages.pickle"), path),
    "Typst": draw_typst,
    "LibreOffice": draw_office,
}


def lacking(name: str) -> str:
    """Why a contender cannot be asked here; empty where it can."""
    if name == "Typst" and importlib.util.find_spec("typst") is None:
        return "Typst is not installed: pip install --group benchmarks"
    if name == "LibreOffice" and shutil.which("soffice") is None:
        return "LibreOffice is not installed: there is no soffice"
    return ""


# ---------------------------------------------------------------- input


def prepare(folder: Path, sheets: Iterable[Sheet]) -> None:
    """Write what each of them reads."""
    from recap_desktop.foreign.sheets_xlsx import sheets_xlsx  # noqa: PLC0415 - as above

    made = tuple(sheets)
    pages = tuple(pages_of(made))
    _write(folder / "sheets.pickle", made)
    _write(folder / "pages.pickle", pages)
    tables = [{"widths": p.widths, "heights": p.heights, "cells": p.cells} for p in pages]
    (folder / "pages.json").write_text(json.dumps(tables), "utf-8")
    measures = F4.measures
    source = TYPST
    for word, number in (
        ("WIDTH", measures.width),
        ("HEIGHT", measures.height),
        ("MARGIN", measures.margin),
        ("SIZE", measures.size),
    ):
        source = source.replace(word, f"{number:.2f}")
    (folder / "pages.typ").write_text(source, "utf-8")
    (folder / "LibreOffice.xlsx").write_bytes(sheets_xlsx(made, {}, made=MADE))


def _write(path: Path, things: Iterable[object]) -> None:
    with path.open("wb") as stream:
        for thing in things:
            pickle.dump(thing, stream)


def _read(path: Path) -> Iterator[Any]:
    """One after the other; what was read is not held."""
    with path.open("rb") as stream:
        while True:
            try:
                yield pickle.load(stream)  # noqa: S301 - written by ourselves
            except EOFError:
                return


# ---------------------------------------------------------------- memory


def megabytes(name: str, folder: Path) -> float:
    """The most memory that a process of its own takes to draw what was prepared."""
    command = [sys.executable, "-m", "tests.benchmarks.contenders", name, str(folder)]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return float(said.stdout)


def main() -> None:
    name, folder = sys.argv[1], Path(sys.argv[2])
    CONTENDERS[name](folder, folder / f"{name}.pdf")
    if name == "LibreOffice":
        # Itself, and what it starts: they are larger than what they were started from.
        most = float(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    else:
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
        (line,) = [line for line in lines if line.startswith("VmHWM")]
        most = float(line.split()[1])
    print(most / 1024)  # noqa: T201 - read by who started it


if __name__ == "__main__":
    main()
