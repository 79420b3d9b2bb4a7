"""What goes back to the PPS of a desa: every fault of its TPS on one list, with room to answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from recap_desktop.election.checks.phrasing import Phrasing
from recap_desktop.election.definitions import regions
from recap_desktop.election.definitions.contests import ChoiceKind
from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures import counts
from recap_desktop.election.figures.tallies import EMPTY, State
from recap_desktop.election.papers import sheet_notes
from recap_desktop.election.papers.annexes import Annex, Item, Listing, reasoned
from recap_desktop.election.papers.captions import full_name
from recap_desktop.election.papers.faces import SignatureBlock, SignatureBox, Title, face_of
from recap_desktop.election.papers.sheets import arrangement_of
from recap_desktop.election.wording import number_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from recap_desktop.election.checks.rules import Finding
    from recap_desktop.election.figures.tallies import Tally
    from recap_desktop.election.papers.faces import Face
    from recap_desktop.election.papers.facts import Facts
    from recap_desktop.election.wording import Words

Folded = tuple["Facts", "Mapping[str, Tally]"]
"""A contest: what its papers are made from, and TPS -> tally."""

_CELLS = 5
"""So many cells of a finding are named with their figures at most."""

_ROOM = 3
"""Lines of an entry at least: the answer is written by hand."""

_ON_ONE_PAGE = frozenset({ChoiceKind.PAIR, ChoiceKind.KOLOM_KOSONG})
_SEATS = ("handed", "taken", "returned", "received")


def return_page(folded: Sequence[Folded], desa: str) -> Annex:
    """The list of one desa, for all contests that are held there (daftar untuk PPS).

    A finding that was accepted as it stands is settled and does not go back. Of a TPS that is not
    in the totals only its state is told, never a figure: it may be the first of two entries.

    Args:
        folded: the contests, in the order of the list; one that the desa does not hold is left out.
        desa: code of the desa.
    """
    held = [one for one in folded if one[0].election.stations_of(one[0].contest_id, desa)]
    listings: list[Listing] = []
    for facts, tallied in held:
        stations = facts.election.stations_of(facts.contest_id, desa)
        own = {station.tps: tallied.get(station.tps, EMPTY) for station in stations}
        listings.append(_faults(facts, own, number=len(listings) + 1))
        listings.append(_missing(facts, own, number=len(listings) + 1))
    return Annex(desa, _face([facts for facts, _ in held], desa), tuple(listings))


def faults_of(facts: Facts, tallied: Mapping[str, Tally]) -> Iterator[tuple[str, Finding]]:
    """The findings that go back, with their TPS, in the order of ``tallied``."""
    for tps, tally in tallied.items():
        if tally.counts and tally.state is not State.ACCEPTED:
            for finding in facts.findings.get(tps, ()):
                yield tps, finding


def _faults(facts: Facts, own: Mapping[str, Tally], *, number: int) -> Listing:
    phrasing = Phrasing(facts.words, facts.form, facts.contest)
    places = _places(facts, phrasing, next(iter(own)))
    return _listing(
        facts,
        "faults",
        number,
        shares=(6, 36, 26, 24, 8),
        entries=[
            (
                regions.station_number(tps),
                reasoned(facts, tps, finding, own[tps].cells, phrasing.say(finding).text),
                _where(facts.words, finding, own[tps].cells, places),
                "",
                "",
            )
            for tps, finding in faults_of(facts, own)
        ],
    )


def _missing(facts: Facts, own: Mapping[str, Tally], *, number: int) -> Listing:
    entries = []
    for state in State:
        stations = [tps for tps, tally in own.items() if tally.state is state and not tally.counts]
        if stations:
            numbers = sheet_notes.number_ranges([regions.station_number(s) for s in stations])
            entries.append((numbers, facts.words[f"sheet.state.{state.value}"], "", ""))
    return _listing(facts, "missing", number, shares=(30, 22, 40, 8), entries=entries)


def _listing(
    facts: Facts,
    code: str,
    number: int,
    *,
    shares: tuple[int, ...],
    entries: Sequence[tuple[str, ...]],
) -> Listing:
    words = facts.words
    heads = (f"sheet.return.{code}.head-{column}" for column in range(1, len(shares) + 1))
    contest = facts.contest.title.upper()
    return Listing(
        title=words(f"sheet.return.{code}.title", number=str(number), contest=contest),
        heads=tuple(words[head] for head in heads),
        shares=shares,
        entries=tuple(tuple(Item(text) for text in entry) for entry in entries),
        empty=words["sheet.annex.nothing"],
        room=_ROOM,
    )


def _places(facts: Facts, phrasing: Phrasing, tps: str) -> dict[str, tuple[str, int]]:
    """Where each cell stands on the C.HASIL: its row and column (``I.B.4 L``), and the page.

    The page is 0 where the C.HASIL has more of them than a definition can tell: with parties, or
    a candidate a row, the votes alone take up to twenty (domain.md 1.2).
    """
    arrangement = arrangement_of(facts, tps)
    short = facts.paper(Level.DESA).columns
    is_known = all(choice.kind in _ON_ONE_PAGE for choice in facts.contest.choices)
    found = {}
    for section, arranged in zip(
        facts.paper(Level.TPS).sections, arrangement.sections, strict=True
    ):
        # The rows of a section without a number would be named by its whole title.
        is_titled = bool(section.title and not section.number)
        for row in arranged.rows:
            for line in row.lines:
                name = f"{row.ref} {short.get(counts.column(line.cell), '')}".strip()
                name = phrasing.cell(line.cell) if is_titled else name
                found[line.cell] = (name, section.page if is_known else 0)
    return found


def _where(
    words: Words,
    finding: Finding,
    cells: Mapping[str, int],
    places: Mapping[str, tuple[str, int]],
) -> str:
    """The cells of a finding with their figures, page by page: ``V.C 104; V.A 100 (hal. 3)``."""
    known = [cell for cell in finding.cells if cell in places]
    pages: dict[int, list[str]] = {}
    for cell in known[:_CELLS]:
        row, page = places[cell]
        written = cells.get(cell)
        text = words["sheet.return.blank"] if written is None else number_text(written)
        pages.setdefault(page, []).append(f"{row}: {text}")
    parts = [
        words("sheet.return.page", cells="; ".join(texts), page=str(page))
        if page
        else "; ".join(texts)
        for page, texts in pages.items()
    ]
    if len(known) > _CELLS:
        parts.append(words("sheet.return.more", count=len(known) - _CELLS))
    return "; ".join(parts)


def _face(gathered: Sequence[Facts], desa: str) -> Face:
    """Around the list: whose it is, from which records, and who took it and brought it back."""
    facts = gathered[0]
    words = facts.words
    unit = full_name(facts.election.tree, desa)
    face = face_of(facts, desa, name=words("sheet.return.name", unit=unit))
    papers = {one.form.id: one.paper(Level.TPS) for one in gathered}
    verified = "verified" if all(paper.verified for paper in papers.values()) else "unverified"
    return replace(
        face,
        model=(words["sheet.return.model"],),
        titles=(
            Title(words["sheet.return.title"], large=False),
            Title(facts.election.title.upper(), large=True),
        ),
        notices=(words["sheet.notice.rehearsal"],) if facts.election.is_rehearsal else (),
        decided="",
        unsigned="",
        signatures=(
            SignatureBlock(
                words["sheet.return.signatures"],
                tuple(SignatureBox("", (words[f"sheet.return.{seat}"],)) for seat in _SEATS),
            ),
        ),
        definition=words(f"sheet.definition.{verified}", form=", ".join(papers)),
        heads=tuple(
            words("sheet.return.head", contest=one.contest_id, head=line)
            for one in gathered
            for line in face_of(one, desa).heads
        ),
    )
