"""Proves the PDF of a close by itself: what lies inside it, and that its pages say the same.

Whoever has the file needs nothing else: the signature of the close, the Merkle root and the totals
follow from what lies inside. That the key is a post of that office, its paper says: the key's
number stands beside the code of every sheet.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.definition_data import from_data
from recap_desktop.election.definitions.regions import dotted, level_of
from recap_desktop.election.figures.tallies import State, Tally, leaf
from recap_desktop.election.figures.totals import paper_sums, total_of
from recap_desktop.election.papers import inside_sheets
from recap_desktop.election.papers.anchors import SIGNED, Anchor
from recap_desktop.election.papers.arrangements import arrange
from recap_desktop.election.papers.captions import Captions
from recap_desktop.election.papers.faces import HEAD_DIGITS
from recap_desktop.election.papers.inside_sheets import Inside, Statement, read_inside
from recap_desktop.election.papers.sheets import Figure
from recap_desktop.election.records import journal, merkle
from recap_desktop.election.records.canonical import canonical, load
from recap_desktop.election.records.journal import Kind
from recap_desktop.election.records.soundness import is_sound
from recap_desktop.exchange.signing import is_signed
from recap_desktop.foreign.results_tables import STATION_KEYS, STATIONS
from recap_desktop.office.language import load_words
from recap_desktop.office.papers.anchoring import anchor_of
from recap_desktop.office.papers.page_texts import PdfPages, UnreadablePageError, last_column
from recap_desktop.office.proof.stages import Tell, tell_nobody
from recap_desktop.problems import KnownProblem, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from recap_desktop.election.definitions.contests import Election

_SAID = re.compile(r"[^0-9A-Za-z:*]")
"""What a page may break or space otherwise than it was written."""

_SHAPES = (KeyError, TypeError, ValueError, AttributeError, IndexError)
"""What reading raises where somebody else's data have another shape than ours."""


@dataclass(frozen=True, slots=True)
class ProvedSheet:
    """What was proved of a PDF (hasil pemeriksaan lembar).

    Attributes:
        statement: what it is of.
        title: of the contest.
        post: number of the post that closed and signed, as its sheets print it.
        post_key: its public key, in hex; that it is one of the office, the paper or a certificate says.
        totals: cell -> sum, as the close says, the leaves prove and the pages print; with what
            was corrected above the TPS, which the close says and signs.
        leaves: canonical bytes of each TPS's leaf, in code order.
        pages: how many, each with the head of the close.
        compared: figures of the total that were found on the pages, line by line.
        line: the code of the sheet in one line (kode pengaman).
    """

    statement: Statement
    title: str
    post: str
    post_key: str
    totals: Mapping[str, int]
    leaves: tuple[bytes, ...]
    pages: int
    compared: int
    line: str


def prove_sheet(path: Path, *, tell: Tell = tell_nobody) -> ProvedSheet:
    """Prove all that a PDF of a close proves by itself.

    Args:
        path: the PDF.
        tell: is told each stage.

    Raises:
        KnownProblem: the first thing that does not hold, by its own code:
            ``sheet-cannot-be-read``, ``sheet-not-a-pdf``, ``sheet-nothing-inside``,
            ``sheet-damaged``, ``sheet-close``, ``sheet-signature``, ``sheet-contest``,
            ``sheet-root``, ``sheet-totals``, ``sheet-table``, ``sheet-page-head``,
            ``sheet-page-code``, ``sheet-page-totals``.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise KnownProblem(
            "sheet-cannot-be-read", path=str(path), reason=reason_of(error)
        ) from error
    try:
        pages = PdfPages(raw)
    except ValueError as error:
        raise KnownProblem("sheet-not-a-pdf", file=path.name) from error
    with pages:
        try:
            return _Proof(path.name, pages, tell).made()
        except UnreadablePageError as error:
            raise KnownProblem("sheet-damaged", file=path.name) from error


class _Proof:
    """Proves one open PDF, step by step."""

    def __init__(self, file: str, pages: PdfPages, tell: Tell) -> None:
        self._file = file
        self._pages = pages
        self._tell = tell

    def made(self) -> ProvedSheet:
        tell = self._tell
        tell("inside")
        files = self._files()
        inside = self._inside(files)
        election = self._election(inside)
        tell("close")
        self._require_close(inside)
        anchor = self._require_signatures(inside, election)
        tell("leaves")
        self._require_leaves(inside, election)
        if STATIONS in files:
            tell("table")
            self._require_table(inside, files[STATIONS])
        tell("pages")
        self._require_heads(inside)
        close = inside.close
        pages = self._pages_of(anchor)
        tell("printed")
        return ProvedSheet(
            statement=inside.statement,
            title=election.contest(inside.statement.contest).title,
            post=close.post,
            post_key=inside.post_key,
            totals=paper_sums(close.body),
            leaves=inside.leaves,
            pages=self._pages.count,
            compared=self._compare_totals(inside, election, pages),
            line=anchor.text,
        )

    def _files(self) -> dict[str, bytes]:
        try:
            named = list(self._pages.files())
        except ValueError as error:
            raise KnownProblem("sheet-damaged", file=self._file) from error
        files = dict(named)
        # Of two files of one name a reader would show the other one.
        if len(files) != len(named):
            raise KnownProblem("sheet-damaged", file=self._file)
        if inside_sheets.FILE not in files:
            raise KnownProblem("sheet-nothing-inside", file=self._file)
        return files

    def _inside(self, files: Mapping[str, bytes]) -> Inside:
        try:
            return read_inside(files[inside_sheets.FILE])
        except ValueError as error:
            raise KnownProblem("sheet-damaged", file=self._file) from error

    def _election(self, inside: Inside) -> Election:
        """The definition, as far as one contest needs it."""
        said, told = inside.definition, inside.statement
        if journal.digest("contest", canonical(said)) != told.contest_hash:
            raise KnownProblem("sheet-contest", file=self._file)
        try:
            form = said["contest"]["form"]
            election = from_data(
                {
                    "title": "",
                    "date": "",
                    "mode": told.mode,
                    "contests": [said["contest"]],
                    "forms": {form: said["form"]},
                    "regions": {},
                    "stations": [],
                }
            )
            election.kind(told.contest)
            election.form(told.contest).papers[level_of(told.unit).word]
        except _SHAPES as error:
            raise KnownProblem("sheet-contest", file=self._file) from error
        return election

    def _require_close(self, inside: Inside) -> None:
        """The close is one, of a unit of the office, and what stands before it says the same."""
        close, told = inside.close, inside.statement
        fits = (
            close.kind == Kind.CLOSE.value
            and is_sound(close)
            and close.subject["unit"].startswith(told.office)
            and inside_sheets.statement_of(close, told.office) == told
        )
        if not fits:
            raise KnownProblem("sheet-close", file=self._file)

    def _require_signatures(self, inside: Inside, election: Election) -> Anchor:
        """The post signed the close, and the line on its sheet beside it; that line."""
        close = inside.close
        if journal.post_of_hex(inside.post_key) != close.post:
            raise KnownProblem("sheet-signature", file=self._file)
        key = bytes.fromhex(inside.post_key)
        body = dict(close.body)
        signature = body.pop("signature")
        try:
            anchor = anchor_of(election, close)
            line = anchor.statement.text.encode("ascii")
        except _SHAPES as error:
            raise KnownProblem("sheet-close", file=self._file) from error
        beside = anchor.signature.hex()
        if not is_signed(key, "close", raw=canonical(body), signature=signature) or (
            beside and not is_signed(key, SIGNED, raw=line, signature=beside)
        ):
            raise KnownProblem("sheet-signature", file=self._file)
        return anchor

    def _require_leaves(self, inside: Inside, election: Election) -> None:
        """Root and totals follow from the leaves, each of one TPS of the unit, in code order."""
        told = inside.statement
        tallies = dict(self._tallies(inside))
        ordered = list(tallies) == sorted(tallies) and all(
            tps.startswith(told.unit) for tps in tallies
        )
        root = merkle.root([merkle.leaf_hash(raw) for raw in inside.leaves]).hex()
        if not ordered or (root, len(tallies)) != (told.root, told.leaves):
            raise KnownProblem("sheet-root", file=self._file)
        cells = election.layout(told.contest).cells
        total = total_of(told.unit, tallies.values(), cells)
        body = inside.close.body
        if (dict(total.sums), dict(total.blanks)) != (body["totals"], body["blanks"]):
            raise KnownProblem("sheet-totals", file=self._file)

    def _tallies(self, inside: Inside) -> Iterator[tuple[str, Tally]]:
        """Each TPS with its figures. In what was closed all count but what was never delivered."""
        told = inside.statement
        for raw in inside.leaves:
            said = load(raw)
            try:
                state = State(said["state"])
                tally = Tally(state, said["cells"], counts=state is not State.NOT_DELIVERED)
                own = leaf(told.contest_hash, told.mode, said["tps"], tally)
                counted = {type(number) for number in tally.cells.values()} <= {int}
            except _SHAPES as error:
                raise KnownProblem("sheet-root", file=self._file) from error
            if own != raw or not counted or not isinstance(said["tps"], str):
                raise KnownProblem("sheet-root", file=self._file)
            yield said["tps"], tally

    def _require_table(self, inside: Inside, raw: bytes) -> None:
        """The table of all TPS says the same figures."""
        said = dict(self._tallies(inside))
        tps = ""
        try:
            rows = {row["tps"]: row for row in csv.DictReader(raw.decode().splitlines())}
            for tps, tally in said.items():
                row = rows.pop(tps)
                figures = {k: int(n) for k, n in row.items() if n and k not in STATION_KEYS}
                if figures != tally.cells or row["keadaan"] != tally.state.value:
                    raise KnownProblem("sheet-table", file=self._file, tps=dotted(tps))
        except (ValueError, KeyError, TypeError, csv.Error) as error:
            raise KnownProblem(
                "sheet-table", file=self._file, tps=dotted(tps) if tps else "-"
            ) from error
        if rows:
            raise KnownProblem("sheet-table", file=self._file, tps="-")

    def _require_heads(self, inside: Inside) -> None:
        """Every page carries the head of the close."""
        head = inside.statement.head[:HEAD_DIGITS]
        for page in range(self._pages.count):
            if head not in _SAID.sub("", self._pages.text(page)):
                raise KnownProblem("sheet-page-head", file=self._file, page=page + 1)

    def _pages_of(self, anchor: Anchor) -> list[int]:
        """The pages of the sheet of what was closed: those with the code in print."""
        line = _SAID.sub("", anchor.printed)
        pages = range(self._pages.count)
        found = [page for page in pages if line in _SAID.sub("", self._pages.text(page))]
        if not found:
            raise KnownProblem("sheet-page-code", file=self._file)
        return found

    def _compare_totals(self, inside: Inside, election: Election, pages: list[int]) -> int:
        """The last column of that sheet says the totals, line by line; how many."""
        body, told = inside.close.body, inside.statement
        sums = paper_sums(body)
        form = election.form(told.contest)
        words = Captions(
            contest=election.contest(told.contest),
            kind=election.kind(told.contest),
            region="",
            village="",
            district="",
            year="",
        )
        paper = form.papers[level_of(told.unit).word]
        wanted = [
            (row.ref, text)
            for row, line in arrange(form, paper, words).lines
            if (text := _printed(sums.get(line.cell), body["blanks"].get(line.cell, 0)))
        ]
        head = load_words("id")["sheet.table.total"].split()[-1]
        printed = [text for page in pages for text in last_column(self._pages.words(page), head)]
        for at, (row, text) in enumerate(wanted):
            shown = printed[at] if at < len(printed) else "-"
            if shown != text:
                raise KnownProblem(
                    "sheet-page-totals", file=self._file, row=row, printed=shown, proved=text
                )
        if len(printed) != len(wanted):
            raise KnownProblem(
                "sheet-page-totals",
                file=self._file,
                row="-",
                printed=printed[len(wanted)],
                proved="-",
            )
        return len(wanted)


def _printed(total: int | None, blanks: int) -> str:
    return Figure(total, blanks).text(is_sum=True)
