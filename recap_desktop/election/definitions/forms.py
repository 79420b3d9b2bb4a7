"""Form definitions: the rows of an edition's form, and what must agree.

A definition is data (``resources/forms/*.toml``); nothing here knows an edition. ``Form`` is
what the file says; ``Layout`` is the same for one contest, its choices filled in.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from recap_desktop.election.definitions.contest_kinds import Kind
from recap_desktop.election.definitions.papers import Paper, PartyWords, read_deeds, read_papers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

COLUMNS = ("l", "p", "jml")
"""Men, women, both together (L, P, JML): the columns of a row that is split by sex."""

CHOICES = "votes"
"""The key that stands for the block of all choices in rows, identities and arrangements."""


class Severity(enum.Enum):
    """Whether the paper contradicts itself, or only says something unlikely."""

    ERROR = "error"
    WARNING = "warning"


class Scope(enum.Enum):
    """Votes and administration are judged apart, as KPU does (status_suara, status_adm)."""

    VOTES = "votes"
    ADMINISTRATION = "administration"


class CheckKind(enum.Enum):
    """How the cells of a check must stand to each other."""

    EQUAL = "equal"
    AT_MOST = "at-most"
    RESERVE = "reserve"
    MAXIMUM = "maximum"


class Voted(Protocol):
    """What a layout needs of a choice; ``contests.Choice`` is one."""

    @property
    def key(self) -> str:
        """Row key of its votes."""

    @property
    def counted_key(self) -> str:
        """Cell that goes into the valid votes."""

    @property
    def cells(self) -> tuple[str, ...]:
        """All its vote cells in paper order."""

    @property
    def struck_cells(self) -> Mapping[str, object]:
        """Cells of it in which no vote is valid any more."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the form: its key, and whether it is split into L, P and JML."""

    key: str
    split: bool
    scope: Scope

    @property
    def cells(self) -> tuple[str, ...]:
        """Its cell keys, in the order L, P, JML."""
        return tuple(f"{self.key}.{column}" for column in COLUMNS) if self.split else (self.key,)


@dataclass(frozen=True, slots=True)
class Rule:
    """An identity or bound between rows as the definition writes it, before columns are chosen.

    Attributes:
        id: R2 ... R12 of the rule book.
        kind: EQUAL (total = sum of parts) or AT_MOST (part <= total).
        total: the row that is compared.
        parts: the rows that are added up, or the one row that may not be larger.
        scope: what the rule speaks of.
    """

    id: str
    kind: CheckKind
    total: str
    parts: tuple[str, ...]
    scope: Scope


@dataclass(frozen=True, slots=True)
class Form:
    """A form definition (definisi formulir) of one edition.

    Attributes:
        id: e.g. ``kwk-2024``.
        edition: as people call it.
        kinds: contest kinds by word (``gubernur``, ``bupati``, ``walikota``, ``ppwp`` ...).
        choices: kinds of choices it has room for, the usual one first; empty for any.
        has_dapil: whether its contests are of a daerah pemilihan, whose name is printed.
        rows: in the order of the C.HASIL; the row ``votes`` holds the place of the choices.
        rules: identities and bounds beside L + P = JML, which holds of every split row.
        reserve: reserve ballots in thousandths of the DPT (25 is 2,5 %).
        maximum: most voters a TPS of this edition may have; above it a figure is unlikely.
        same: rows that are equal in every contest of one TPS.
        signers: how many members sign, by level word; the first is the ketua.
        papers: arrangements by paper id (``c-hasil``, ``desa``, ``kecamatan`` ...).
        party: labels of party blocks.
        deeds: model of papers of running text, by paper and level word, where it is not that
            of the sheet: ``DA-KWK``, ``DA2-KWK``.
        data: the definition to be stored whole, true and false as 1 and 0.
    """

    id: str
    edition: str
    kinds: Mapping[str, Kind]
    choices: tuple[str, ...]
    has_dapil: bool
    rows: tuple[Row, ...]
    rules: tuple[Rule, ...]
    reserve: int
    maximum: int
    same: tuple[str, ...]
    signers: Mapping[str, int]
    papers: Mapping[str, Paper]
    party: PartyWords
    deeds: Mapping[str, Mapping[str, tuple[str, ...]]]
    data: Mapping[str, Any]

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Form:
        """Read a definition from plain data (parsed TOML or JSON).

        Raises:
            KeyError, TypeError, ValueError: when it is not a form definition, or when a rule
                or a line names a row that does not exist.
        """
        rows = tuple(_read_row(item) for item in data["row"])
        form = cls(
            id=data["id"],
            edition=data["edition"],
            kinds={word: Kind.read(kind) for word, kind in data["kind"].items()},
            choices=tuple(data.get("choices", ())),
            has_dapil=bool(data.get("dapil", False)),
            rows=rows,
            rules=tuple(_read_rule(item) for item in data["rule"]),
            reserve=data["reserve_permille"],
            maximum=data["maximum"],
            same=tuple(data.get("same", ())),
            signers=dict(data["signers"]),
            papers=read_papers(data["paper"]),
            party=PartyWords(**data.get("party", {})),
            deeds=read_deeds(data.get("deed", {})),
            data=_storable(data),
        )
        _refuse_unknown_rows(form)
        return form

    def row(self, key: str) -> Row:
        """The row of that key; KeyError when there is none."""
        for row in self.rows:
            if row.key == key:
                return row
        raise KeyError(key)


def _storable(value: Any) -> Any:  # noqa: ANN401 - plain data of any depth
    """Plain data with 1 and 0 for true and false, which canonical bytes do not have."""
    if isinstance(value, dict):
        return {key: _storable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_storable(item) for item in value]
    return int(value) if isinstance(value, bool) else value


def _read_row(data: Mapping[str, Any]) -> Row:
    return Row(data["key"], bool(data.get("split", False)), Scope(data["scope"]))


def _read_rule(data: Mapping[str, Any]) -> Rule:
    return Rule(
        id=data["id"],
        kind=CheckKind(data["kind"]),
        total=data["total"],
        parts=tuple(data["parts"]),
        scope=Scope(data["scope"]),
    )


def _refuse_unknown_rows(form: Form) -> None:
    keys = {row.key for row in form.rows}
    named = {part for rule in form.rules for part in (rule.total, *rule.parts)}
    named |= {
        line.key
        for paper in form.papers.values()
        for section in paper.sections
        for line in section.lines
        if line.key
    }
    unknown = sorted((named | set(form.same)) - keys)
    if unknown:
        message = f"{form.id}: no such row: {', '.join(unknown)}"
        raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Check:
    """One relation between cells of a contest, ready to be judged or compiled.

    Attributes:
        rule: its id (R1 ... R20).
        kind: how the cells must stand to each other.
        total: the cell that is compared (EQUAL), the upper one (AT_MOST), the ballots received
            (RESERVE) or the cell itself (MAXIMUM).
        parts: the cells added up, the lower one, the DPT, or nothing.
        limit: thousandths of reserve (RESERVE) or the largest plausible figure (MAXIMUM).
        unless: a cell that, once filled, is judged instead, by checks of its own; empty for none.
        block: cells that come or stay away together with the total; where all of them are blank
            its identity says that a part of the form is not filled, not that the paper is wrong.
    """

    rule: str
    kind: CheckKind
    severity: Severity
    scope: Scope
    total: str
    parts: tuple[str, ...] = ()
    limit: int = 0
    unless: str = ""
    block: tuple[str, ...] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        """Every cell it looks at, the total first."""
        return (self.total, *self.parts)

    @property
    def linear(self) -> tuple[tuple[tuple[int, str], ...], int | None, int | None]:
        """The check as ``low <= sum(coefficient * cell) <= high``; None is no bound.

        Of a check with ``unless`` it is asked only while that cell is blank. Every kind has this
        one shape, so that a reader in another language (SQL) needs no rule
        of its own. Reserve: received lies between DPT x (1 + r) rounded down and rounded up.
        """
        if self.kind is CheckKind.EQUAL:
            return ((1, self.total), *((-1, part) for part in self.parts)), 0, 0
        if self.kind is CheckKind.AT_MOST:
            return ((1, self.total), *((-1, part) for part in self.parts)), 0, None
        if self.kind is CheckKind.RESERVE:
            return ((1000, self.total), (-(1000 + self.limit), self.parts[0])), -999, 999
        return ((1, self.total),), None, self.limit


@dataclass(frozen=True, slots=True)
class Layout:
    """The cells of one contest's form in paper order, and every check between them."""

    form: Form
    choices: tuple[Voted, ...]
    cells: tuple[str, ...]
    checks: tuple[Check, ...]
    known: frozenset[str]
    struck: tuple[str, ...] = ()

    @classmethod
    def of(cls, form: Form, choices: Sequence[Voted]) -> Layout:
        """Fill the choices of a contest into a form definition."""
        cells: list[str] = []
        for row in form.rows:
            if row.key == CHOICES:
                cells.extend(cell for choice in choices for cell in choice.cells)
            else:
                cells.extend(row.cells)
        return cls(
            form=form,
            choices=tuple(choices),
            cells=tuple(cells),
            checks=tuple(_checks(form, choices)),
            known=frozenset(cells),
            struck=tuple(cell for choice in choices for cell in choice.struck_cells),
        )


def jml(form: Form, key: str) -> str:
    """The cell of a row that holds both sexes together: ``row.jml``, or the row itself."""
    return f"{key}.jml" if form.row(key).split else key


def _checks(form: Form, choices: Sequence[Voted]) -> list[Check]:
    checks = [
        Check("R1", CheckKind.EQUAL, Severity.ERROR, row.scope, jml_, (men, women))
        for row in form.rows
        if row.split
        for men, women, jml_ in [row.cells]
    ]
    for rule in form.rules:
        checks.extend(_checks_of(form, rule, choices))
    checks += _joined(checks)
    for choice in choices:
        if len(choice.cells) > 1:
            *parts, total = choice.cells
            scope = Scope.VOTES
            checks.append(Check("R12", CheckKind.EQUAL, Severity.ERROR, scope, total, tuple(parts)))
    checks.append(
        Check(
            "R14",
            CheckKind.RESERVE,
            Severity.WARNING,
            Scope.ADMINISTRATION,
            "ballots.received",
            (jml(form, "voters.dpt"),),
            form.reserve,
        )
    )
    checks.append(
        Check(
            "R17",
            CheckKind.MAXIMUM,
            Severity.WARNING,
            Scope.ADMINISTRATION,
            jml(form, "voters.dpt"),
            limit=form.maximum,
        )
    )
    return checks


def _checks_of(form: Form, rule: Rule, choices: Sequence[Voted]) -> list[Check]:
    """A rule between split rows holds per column; otherwise it speaks of JML only."""
    keys = (rule.total, *rule.parts)
    if CHOICES in rule.parts:
        parts = tuple(choice.counted_key for choice in choices)
        return [Check(rule.id, rule.kind, Severity.ERROR, rule.scope, rule.total, parts)]
    if all(form.row(key).split for key in keys):
        return [
            Check(
                rule.id,
                rule.kind,
                Severity.ERROR,
                rule.scope,
                f"{rule.total}.{column}",
                tuple(f"{part}.{column}" for part in rule.parts),
            )
            for column in COLUMNS
        ]
    total, *parts_jml = (jml(form, key) for key in keys)
    block = _block(form, rule)
    return [
        Check(rule.id, rule.kind, Severity.ERROR, rule.scope, total, tuple(parts_jml), block=block)
    ]


def _block(form: Form, rule: Rule) -> tuple[str, ...]:
    """The rows beside the total of a rule that only repeats a figure of another part of the form."""
    group = rule.total.partition(".")[0]
    if rule.kind is not CheckKind.EQUAL or any(part.startswith(group) for part in rule.parts):
        return ()
    cells = tuple(
        cell for row in form.rows if row.key.partition(".")[0] == group for cell in row.cells
    )
    return cells if len(cells) > 1 else ()


def _joined(checks: Sequence[Check]) -> list[Check]:
    """R20: what two figures owe each other where the one between them is blank.

    Votes cast are ballots used (R8), and those are the users (R5). Where no ballots are known,
    the first and the last are held against each other. Measured on Pilpres 2024, Sumatera
    Selatan, of which no ballots were published: it speaks of 1,643 of the 16,773 forms that are
    whole, and 883 of them have no other error. On Surabaya 2015 it is the most frequent fault.
    """
    same = [c for c in checks if c.kind is CheckKind.EQUAL and len(c.parts) == 1]
    return [
        Check(
            "R20",
            CheckKind.EQUAL,
            Severity.ERROR,
            upper.scope,
            upper.total,
            lower.parts,
            unless=lower.total,
        )
        for upper in same
        for lower in same
        if upper.parts == (lower.total,)
    ]
