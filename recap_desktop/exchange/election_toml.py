"""Reads ``election.toml``: title, date, mode and contests of an election definition."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from recap_desktop.election.definitions import regions
from recap_desktop.election.definitions.contests import (
    Candidate,
    Choice,
    ChoiceKind,
    Contest,
    Mode,
    Struck,
    kind_of,
)
from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.records.journal import RESERVED_CHAINS
from recap_desktop.exchange import form_files, local_words, toml_tables
from recap_desktop.exchange.toml_tables import TomlTable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from recap_desktop.election.definitions.contest_kinds import Kind
    from recap_desktop.election.definitions.forms import Form
    from recap_desktop.election.definitions.regions import RegionTree
    from recap_desktop.exchange.faults import FaultLog
    from recap_desktop.exchange.local_words import LocalWords

_ID = re.compile(r"[a-z0-9-]{1,32}")
_MOST_CHOICES = 999
_MOST_VERSIONS = 9999
_ROOT_KEYS = ("title", "date", "mode", "version", "words", "contest")
_CONTEST_KEYS = ("id", "form", "title", "region", "regions", "dapil", "kind", "choice")
_CHOICE_KEYS = ("number", "name", "running_mate", "kind", "candidate", "struck")
_CANDIDATE_KEYS = ("number", "name", "struck")
_EMPTY_COLUMN = "KOLOM KOSONG"


@dataclass(frozen=True, slots=True)
class Heading:
    """What ``election.toml`` says, as far as it could be read.

    Attributes:
        title: as people call the election.
        date: voting day, ISO.
        mode: real or rehearsal.
        contests: every contest; one with a fault may lack what was wrong.
        forms: the form definitions they name.
        words: what units and offices are called, by region code, above those of the program.
        version: of the definition, from 1.
    """

    title: str = ""
    date: str = ""
    mode: Mode = Mode.REHEARSAL
    contests: tuple[Contest, ...] = ()
    forms: Mapping[str, Form] | None = None
    words: LocalWords = field(default_factory=dict)
    version: int = 1

    @property
    def knows_regions(self) -> bool:
        """Whether the regions of every contest could be read."""
        return bool(self.contests) and all(contest.regions for contest in self.contests)


def read_heading(path: Path, tree: RegionTree, faults: FaultLog) -> Heading:
    """Read the file; what is wrong goes to ``faults``, each with its line."""
    root = toml_tables.read_toml(path, faults)
    if root is None:
        return Heading()
    root.refuse_others(_ROOT_KEYS)
    title, date, mode = root.text("title"), _date(root), _mode(root)
    tables = root.tables("contest")
    if not tables and "contest" not in root.data:
        root.fault("no-contest")
    forms: dict[str, Form] = {}
    contests = tuple(_contest(table, tree, forms) for table in tables)
    _refuse_doubled_ids(tables, contests)
    _refuse_overlaps(tables, contests, forms)
    words = local_words.read_words(root, tree)
    return Heading(title, date, mode, contests, forms, words, _version(root))


def _version(root: TomlTable) -> int:
    """A definition that amends another says a higher version; the first need not say any."""
    version = root.data.get("version", 1)
    if type(version) is not int or not 1 <= version <= _MOST_VERSIONS:
        root.fault("version", "version")
        return 1
    return version


def _date(root: TomlTable) -> str:
    """The voting day, written as text or as a TOML date."""
    value = root.data.get("date")
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    text = root.text("date")
    try:
        return dt.date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        root.fault("date", "date", found=text)
        return ""


def _mode(root: TomlTable) -> Mode:
    text = root.text("mode", Mode.REHEARSAL.value)
    try:
        return Mode(text)
    except ValueError:
        root.fault("mode", "mode", found=text)
        return Mode.REHEARSAL


def _contest(table: TomlTable, tree: RegionTree, forms: dict[str, Form]) -> Contest:
    table.refuse_others(_CONTEST_KEYS)
    contest = Contest(
        id=_contest_id(table),
        form=_form(table, forms),
        title=table.text("title"),
        regions=_regions(table, tree),
        choices=_choices(table, forms.get(str(table.data.get("form")))),
        kind=table.text("kind", ""),
        dapil=table.text("dapil", ""),
    )
    form = forms.get(contest.form)
    if form and (contest.regions or contest.kind):
        _judge_kind(table, contest, form)
    if form and form.has_dapil and not contest.dapil:
        table.fault("dapil-missing", "dapil", form=form.id)
    if form and contest.dapil and not form.has_dapil:
        table.fault("dapil-on-form", "dapil", form=form.id)
    return contest


def _judge_kind(table: TomlTable, contest: Contest, form: Form) -> None:
    """The kind must be of the form, and the regions of the levels such a contest may have."""
    try:
        kind = form.kinds[kind_of(contest, form)]
    except KeyError:
        table.fault("contest-kind", "kind", kinds=", ".join(form.kinds), form=form.id)
        return
    if contest.regions:
        _judge_regions(table, contest.regions, kind)


def _judge_regions(table: TomlTable, codes: tuple[str, ...], kind: Kind) -> None:
    key = _region_key(table)
    level = regions.level_of(codes[0])
    if kind.levels and level.word not in kind.levels:
        table.fault("region-level", key, levels=", ".join(kind.levels))
    elif kind.within:
        digits = Level[kind.within.upper()].value
        if len({code[:digits] for code in codes}) > 1:
            table.fault("region-within", key, level=kind.within)


def _region_key(table: TomlTable) -> str:
    return "region" if "region" in table.data else "regions"


def _refuse_overlaps(
    tables: list[TomlTable], contests: tuple[Contest, ...], forms: Mapping[str, Form]
) -> None:
    """No TPS has two contests of one kind: two dapil, or two contests for one office."""
    seen: list[tuple[str, Contest]] = []
    for table, contest in zip(tables, contests, strict=True):
        form = forms.get(contest.form)
        if not form or not contest.regions:
            continue
        try:
            kind = kind_of(contest, form)
        except KeyError:
            continue
        for other_kind, other in seen:
            if other_kind == kind and any(other.covers(code) for code in contest.regions):
                table.fault("contest-overlap", _region_key(table), other=other.id)
        seen.append((kind, contest))


def _contest_id(table: TomlTable) -> str:
    text = table.text("id")
    if not text:
        return ""
    if not _ID.fullmatch(text):
        table.fault("contest-id", "id", found=text)
    elif text in RESERVED_CHAINS:
        table.fault("contest-id-reserved", "id", found=text)
    return text


def _refuse_doubled_ids(tables: list[TomlTable], contests: tuple[Contest, ...]) -> None:
    seen: set[str] = set()
    for table, contest in zip(tables, contests, strict=True):
        if contest.id in seen:
            table.fault("contest-id-doubled", "id", found=contest.id)
        if contest.id:
            seen.add(contest.id)


def _form(table: TomlTable, forms: dict[str, Form]) -> str:
    form_id = table.text("form")
    if not form_id:
        return ""
    known = form_files.form_ids()
    if form_id not in known:
        table.fault("form-unknown", "form", found=form_id, known=", ".join(known))
    elif form_id not in forms:
        forms[form_id] = form_files.bundled_form(form_id)
    return form_id


def _regions(table: TomlTable, tree: RegionTree) -> tuple[str, ...]:
    """Codes of the contest's regions; none after a fault."""
    keys = [key for key in ("region", "regions") if key in table.data]
    if len(keys) != 1:
        table.fault("region-and-regions" if keys else "region-missing", *keys[:1])
        return ()
    codes: list[str] = []
    texts = table.texts(keys[0])
    for text in texts:
        try:
            code = regions.read_code(text)
        except ValueError:
            code = ""
        if not code or (len(tree) and code not in tree):
            table.fault("region-unknown", keys[0], found=text)
        elif code in codes:
            table.fault("region-twice", keys[0], found=text)
        else:
            codes.append(code)
    if len({len(code) for code in codes}) > 1:
        table.fault("region-levels", keys[0])
        return ()
    return tuple(codes) if len(codes) == len(texts) else ()


def _choices(table: TomlTable, form: Form | None) -> tuple[Choice, ...]:
    found = table.tables("choice")
    if not found and table.data.get("choice", []) == []:
        table.fault("no-choice")
    choices = [(choice, _choice(choice, form)) for choice in found]
    _refuse_doubled_numbers([(choice, value.number) for choice, value in choices])
    empty = [choice for choice, value in choices if value.kind is ChoiceKind.KOLOM_KOSONG]
    for choice in empty[1:]:
        choice.fault("second-empty-column")
    return tuple(value for _, value in choices)


def _choice(table: TomlTable, form: Form | None) -> Choice:
    """One choice; a number at fault reads as 0."""
    table.refuse_others(_CHOICE_KEYS)
    kind = _choice_kind(table, form)
    is_empty_column = kind is ChoiceKind.KOLOM_KOSONG
    if form and form.choices and kind.value not in form.choices:
        known = ", ".join(form.choices)
        table.fault("choice-on-form", "kind", form=form.id, found=kind.value, known=known)
    if kind is not ChoiceKind.PARTY and "candidate" in table.data:
        table.fault("candidates-of-no-party", "candidate")
    if kind is not ChoiceKind.PAIR and "running_mate" in table.data:
        table.fault("mate-of-no-pair", "running_mate")
    return Choice(
        number=table.number("number", limit=_MOST_CHOICES) or 0,
        name=table.text("name", _EMPTY_COLUMN if is_empty_column else None),
        kind=kind,
        running_mate=table.text("running_mate", ""),
        candidates=_candidates(table),
        struck=_struck(table),
    )


def _struck(table: TomlTable) -> Struck | None:
    """When and why a choice was struck; None while it stands, and after a fault."""
    if "struck" not in table.data:
        return None
    value = table.data["struck"]
    if not isinstance(value, dict) or value.keys() != {"date", "reason"}:
        table.fault("struck-malformed", "struck")
        return None
    # Its keys stand on the line of the inline table.
    said = TomlTable(value, (*table.place, "struck"), table.lines, table.faults)
    date = value["date"]
    text = date.isoformat() if isinstance(date, dt.date) else said.text("date")
    try:
        return Struck(dt.date.fromisoformat(text).isoformat(), said.text("reason"))
    except ValueError:
        said.fault("struck-date", "date", found=text)
        return None


def _choice_kind(table: TomlTable, form: Form | None) -> ChoiceKind:
    """What it says; else the usual kind of the form."""
    usual = form.choices[0] if form and form.choices else ChoiceKind.PAIR.value
    text = table.text("kind", usual)
    try:
        return ChoiceKind(text)
    except ValueError:
        known = ", ".join(kind.value for kind in ChoiceKind)
        table.fault("choice-kind", "kind", found=text, known=known)
        return ChoiceKind.PAIR


def _candidates(table: TomlTable) -> tuple[Candidate, ...]:
    found: list[tuple[TomlTable, Candidate]] = []
    for candidate in table.tables("candidate"):
        candidate.refuse_others(_CANDIDATE_KEYS)
        number = candidate.number("number", limit=_MOST_CHOICES) or 0
        found.append((candidate, Candidate(number, candidate.text("name"), _struck(candidate))))
    _refuse_doubled_numbers([(candidate, value.number) for candidate, value in found])
    return tuple(value for _, value in found)


def _refuse_doubled_numbers(numbered: list[tuple[TomlTable, int]]) -> None:
    seen: set[int] = set()
    for table, number in numbered:
        if number and number in seen:
            table.fault("number-doubled", "number", number=number)
        seen.add(number)
