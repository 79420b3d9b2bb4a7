"""The pages of one sheet before they are drawn: which block, which rows, where people sign."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from recap_desktop.election.papers.sheets import ColumnKind
from recap_desktop.paper import flow, footer, grid, lists, masthead, notes, signatures, table_types
from recap_desktop.paper.fonts import CONDENSED_BOLD, Type
from recap_desktop.paper.settings import MM, SignaturePlace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recap_desktop.election.papers.annexes import Annex
    from recap_desktop.election.papers.faces import Face
    from recap_desktop.election.papers.sheets import Block, Sheet
    from recap_desktop.paper.settings import Measures, PaperSettings

_SIGN_AT_MOST = 0.36
"""Part of a page that signatures may take; what needs more is signed on a page of its own."""

_ROWS_AT_MOST = 3
"""Rows of signatures that stand on every page: members, and twelve witnesses."""

_A_FEW = 3
"""So many more columns stand in a block before another one is begun."""

_GAP = 2.0 * MM
"""Between a table and what stands below it."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Units in a block, and the types that hold for all blocks of a sheet."""

    units: int
    figures: table_types.Figures
    heads: table_types.HeadTypes


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of a block at their place on a page."""

    block: Block
    table: grid.Table


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """One page: a part of a block, or room for signatures only.

    Attributes:
        part: None on a page of signatures.
        sign_top: upper edge of the signatures; None when nobody signs here.
        face: with the signatures of this page.
        sign_room: height of each box below its heading.
    """

    part: Part | None
    sign_top: float | None
    face: Face
    sign_room: float = signatures.ROOM


@dataclass(frozen=True, slots=True)
class AnnexPage:
    """One page of an annex: its lists, and where people sign if they do."""

    strips: tuple[lists.Strip, ...]
    sign_top: float | None
    face: Face
    sign_room: float = signatures.ROOM


def setting_for(sheet: Sheet, settings: PaperSettings) -> Setting:
    """How many units stand in a block, and how large everything is.

    Fewer units than wished stand in a block when the largest figure would not fit.
    """
    measures = settings.measures
    units = _wished(sheet, settings)
    while True:
        table = flow.widths(sheet.arrangement, measures, units, _sums(sheet, units))
        figures = table_types.figures_for(sheet, table, measures)
        if figures is None and units == 1:
            figures = table_types.Figures.of(sheet, Type(CONDENSED_BOLD, table_types.SMALLEST))
        if figures is not None:
            heads = table_types.head_types(sheet.units, sheet.words, table=table, measures=measures)
            return Setting(units, figures, heads)
        units -= 1


def _wished(sheet: Sheet, settings: PaperSettings) -> int:
    """Units in a block: as many TPS as there may be; units with a name in equal blocks."""
    count, most = len(sheet.units), settings.units_per_block
    named = settings.measures.named
    if settings.units is None and any(unit.kind is ColumnKind.UNIT for unit in sheet.units):
        blocks = 1 if count <= named + _A_FEW else math.ceil(count / named)
        most = math.ceil(count / blocks)
    return max(1, min(most, count))


def _sums(sheet: Sheet, units: int) -> int:
    """Columns of sums in a block of so many units, at most."""
    if not sheet.is_summed:
        return 0
    return 1 if units >= len(sheet.units) else 2


def plan(sheet: Sheet, settings: PaperSettings, setting: Setting) -> tuple[PlannedPage, ...]:
    """All pages of a sheet in order."""
    place = sign_place(sheet.face, settings)
    pages = [
        page
        for block in sheet.blocks(setting.units)
        for page in _pages(sheet, block, settings, setting=setting, place=place)
    ]
    return tuple(_signed_at_the_end(pages, sheet, settings, place=place))


def sign_place(face: Face, settings: PaperSettings) -> SignaturePlace:
    """Where people sign, given the room all their boxes need."""
    measures = settings.measures
    high = signatures.height(face, measures) > _SIGN_AT_MOST * measures.height
    many = signatures.row_count(face, measures) > _ROWS_AT_MOST
    return SignaturePlace.OWN_PAGE if high or many else settings.signatures


def below(face: Face, measures: Measures) -> float:
    """Lower edge of what a page may hold above its foot."""
    return measures.margin + footer.height(face, measures) + _GAP * 0.5


def top_of(face: Face, measures: Measures) -> float:
    """Upper edge of what a page may hold below its upper part."""
    return measures.height - measures.margin - masthead.height(face, measures)


def _pages(
    sheet: Sheet,
    block: Block,
    settings: PaperSettings,
    *,
    setting: Setting,
    place: SignaturePlace,
) -> Iterator[PlannedPage]:
    measures = settings.measures
    sums = sum(not column.code for column in block.columns)
    units = len(block.columns) - sums
    widths = flow.widths(sheet.arrangement, measures, units, sums)
    head = table_types.head_of(
        block, sheet.arrangement, setting.heads, table=widths, measures=measures
    )
    top = top_of(sheet.face, measures)
    sign_top = None
    bottom = below(sheet.face, measures)
    if place is SignaturePlace.EVERY_PAGE:
        sign_top = bottom + signatures.height(sheet.face, measures)
        bottom = sign_top + _GAP
    room = top - head.height - notes.height(sheet.notes, measures) - bottom
    again = sheet.words.again
    for page in flow.flow(sheet.arrangement, measures, widths, math.floor(room), again):
        table = grid.Table(
            page,
            sheet.words,
            widths,
            head,
            top,
            measures.margin,
            settings.dark_parties,
            grid.DIGITS if sheet.is_standing and sheet.by_hand else 0,
        )
        yield PlannedPage(Part(block, table), sign_top, sheet.face)


def _signed_at_the_end(
    pages: list[PlannedPage], sheet: Sheet, settings: PaperSettings, *, place: SignaturePlace
) -> Iterator[PlannedPage]:
    """Add the signatures to the last page where it has room for them, else a page of their own."""
    face = sheet.face
    if place is SignaturePlace.EVERY_PAGE or not face.signatures:
        yield from pages
        return
    measures = settings.measures
    *before, last = pages
    yield from before
    needed = signatures.height(face, measures)
    if place is SignaturePlace.LAST_PAGE and last.part is not None:
        table = last.part.table
        sign_top = below(face, measures) + needed
        least = table.page.height / table.page.stretch
        room = table.body_top - sign_top - _GAP - notes.height(sheet.notes, measures)
        if least <= room:
            stretch = min(flow.MOST_STRETCH, room / least)
            page = replace(table.page, stretch=stretch)
            yield PlannedPage(Part(last.part.block, replace(table, page=page)), sign_top, face)
            return
    yield last
    for own, top in _own_pages(face, measures):
        yield PlannedPage(None, top, own.face, own.room)


def _own_pages(face: Face, measures: Measures) -> Iterator[tuple[signatures.SignPage, float]]:
    """Pages of nothing but signatures, each with their upper edge."""
    top = top_of(face, measures) - _GAP
    for own in signatures.pages(face, measures, top - below(face, measures)):
        yield own, top


def plan_annex(annex: Annex, settings: PaperSettings) -> Iterator[AnnexPage]:
    """The pages of an annex one after the other, signed where the sheets are."""
    measures, face = settings.measures, annex.face
    place = sign_place(face, settings)
    top, bottom = top_of(face, measures) - _GAP / 2, below(face, measures)
    sign_top = bottom + signatures.height(face, measures)
    if place is SignaturePlace.EVERY_PAGE:
        pages = lists.plan(annex.listings, measures, top=top, bottom=sign_top + _GAP)
        yield from (AnnexPage(tuple(strips), sign_top, face) for strips in pages)
        return
    pages = lists.plan(annex.listings, measures, top=top, bottom=bottom)
    strips = next(pages)
    for following in pages:
        yield AnnexPage(tuple(strips), None, face)
        strips = following
    if place is SignaturePlace.LAST_PAGE and strips[-1].bottom >= sign_top + _GAP:
        yield AnnexPage(tuple(strips), sign_top, face)
        return
    yield AnnexPage(tuple(strips), None, face)
    for own, at in _own_pages(face, measures):
        yield AnnexPage((), at, own.face, own.room)
