"""``demo``: the sample office in the window or its papers in a folder; three levels in a folder."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from recap_desktop.cli import figures, tables
from recap_desktop.cli.values import PATH
from recap_desktop.cli.verbs import option, say, session, verb
from recap_desktop.election.definitions.regions import Level
from recap_desktop.office.papers import printing
from recap_desktop.office.progress import overview
from recap_desktop.office.sample import make_sample, next_sample_path
from recap_desktop.office.three_levels import story
from recap_desktop.problems import KnownProblem, reason_of

if TYPE_CHECKING:
    from recap_desktop.office.opening import Office

FAULTS = 1
"""Exit status when three levels did not come to what they must."""

_LEVELS = (Level.KECAMATAN, Level.DESA, Level.TPS)


@verb("demo")
@option("--headless", "folder", about="headless", metavar="folder", type=PATH)
@option("--three-levels", "levels", about="three-levels", metavar="folder", type=PATH)
def demo(folder: Path | None, levels: Path | None) -> None:
    """Open a copy of the sample office, write its papers and totals, or play three levels."""
    if levels is not None:
        _play(levels)
        return
    if folder is None:
        path = next_sample_path()
        make_sample(path).close()
        session().show(path)
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = reason_of(error)
        raise KnownProblem("file-cannot-be-written", path=str(folder), reason=reason) from error
    with tempfile.TemporaryDirectory(prefix="recap-demo-", ignore_cleanup_errors=True) as place:
        office = make_sample(Path(place) / "sample.rekap")
        try:
            for contest in office.contests:
                _write(office, contest, folder)
        finally:
            office.close()


def _play(folder: Path) -> None:
    words = session().words
    for told in story.play(folder):
        details = dict(told.details)
        if told.problem is not None:
            details["problem"] = words.problem(told.problem)
        say(f"levels.{told.code}", **details)
        if told.is_wrong:
            session().status = FAULTS


def _write(office: Office, contest: str, folder: Path) -> None:
    book = printing.book_of(office, contest)
    target = folder / f"D.HASIL-KECAMATAN-{contest}.pdf"
    printing.write_book(book, target)
    say("cli.sheet-draft", path=str(target))
    for level in _LEVELS:
        target = folder / f"totals-{contest}-{level.word}.csv"
        found = overview.totals(office, contest, level=level)
        tables.write_csv(target, *figures.totals_rows(office, contest, found))
        say("cli.totals-written", path=str(target))
