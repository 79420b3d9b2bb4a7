"""Every problem and fault that the code can raise has its words, filled in with what it gives."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from recap_desktop.election import wording
from recap_desktop.election.figures.tallies import STATES, Counts, State
from recap_desktop.election.records.plenary import Turn
from recap_desktop.election.records.roles import Deed
from recap_desktop.election.tables.foreign_figures import Trouble
from recap_desktop.exchange.certificates import What
from recap_desktop.office.language import load_words

PROGRAM = Path(__file__).resolve().parents[2] / "recap_desktop"

# Codes that are put together when the program runs: what stands first, and what may follow.
OPEN_CODES = {
    "read-only-": {
        "opened-elsewhere",
        "not-writable",
        "no-room",
        "unknown-kind",
        "no-key",
        "restored-backup",
        "post-in-use",
        "damaged",
    },
    "close-": {
        state.value
        for state, row in STATES.items()
        if state is not State.NOT_DELIVERED
        and (row.counts is not Counts.ALWAYS or state is State.REOPENED)
    },
    "close-child-": {"unread", "postponed", "again"},
    "close-plenary-": {"suspended", "ended"},
    "role-cannot-": {deed.value for deed in Deed},
    "import-figure-": {trouble.value for trouble in Trouble},
    "plenary-": {"none", "suspended", "ended"},
    "plenary-cannot-": {turn.value for turn in Turn},
    "audit-": {"gap", "prev"},
    "not-a-": {what.value for what in What},
    "not-signed-": {what.value for what in What},
    "amend-contest-": {"form", "kind", "regions"},
    "amend-": {
        f"{what}-{how}"
        for what in ("contest", "choice", "candidate", "row")
        for how in ("removed", "added", "order")
    }
    | {"region-removed", "region-added", "station-removed"},
}
# Calls that pass a code on: their own callers are read instead.
PASSED_ON = {"fault", "fault_code"}


@dataclass(frozen=True, slots=True)
class Raised:
    """One place in the code where a problem or fault is made."""

    where: str
    code: str
    details: frozenset[str] | None


def raised() -> list[Raised]:
    found = []
    for path in sorted(PROGRAM.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for function in [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]:
            for call in ast.walk(function):
                if isinstance(call, ast.Call):
                    where = f"{path.relative_to(PROGRAM).as_posix()}:{call.lineno}"
                    found += [Raised(where, *one) for one in _of_call(call, function)]
    return list(dict.fromkeys(found))


def _of_call(
    call: ast.Call, function: ast.FunctionDef
) -> Iterator[tuple[str, frozenset[str] | None]]:
    match call.func:
        case ast.Name(id="KnownProblem"):
            kind = "problem"
        case ast.Name(id="Fault") | ast.Attribute(attr="fault" | "add"):
            kind = "fault"
        case _:
            return
    if not call.args:
        return
    for code in _codes(call.args[0], function):
        yield f"{kind}.{code}", _details(call, function)


def _codes(node: ast.expr, function: ast.FunctionDef) -> Iterator[str]:
    """What a code may be: a text, one of two, a variable set in this function, or open."""
    match node:
        case ast.Constant(value=str(code)):
            yield code
        case ast.IfExp(body=one, orelse=other):
            yield from _codes(one, function)
            yield from _codes(other, function)
        case ast.JoinedStr(values=[ast.Constant(value=str(first)), *_]):
            yield from (first + last for last in OPEN_CODES[first])
        case ast.Name(id=name) if name not in PASSED_ON:
            yield from (
                code
                for step in ast.walk(function)
                if isinstance(step, ast.Assign)
                and any(isinstance(t, ast.Name) and t.id == name for t in step.targets)
                for code in _codes(step.value, function)
            )


def _details(call: ast.Call, function: ast.FunctionDef) -> frozenset[str] | None:
    """Names of the details given; None when they cannot be read off the call."""
    given = [word for word in call.keywords if word.arg != "faults"]
    if any(word.arg is None for word in given):
        return None
    names = {word.arg for word in given if word.arg}
    if isinstance(call.func, ast.Name) and call.func.id == "Fault":
        return _keys(call.args[1], function) if len(call.args) > 1 else frozenset()
    return frozenset(names)


def _keys(node: ast.expr, function: ast.FunctionDef) -> frozenset[str] | None:
    match node:
        case ast.Dict(keys=keys, values=values):
            names = frozenset(str(key.value) for key in keys if isinstance(key, ast.Constant))
            unpacked = [_keys(v, function) for k, v in zip(keys, values, strict=True) if k is None]
            if None in unpacked:
                return None
            return names.union(*(more for more in unpacked if more))
        case ast.Name(id=name):
            for step in ast.walk(function):
                match step:
                    case (
                        ast.Assign(targets=[ast.Name(id=other)], value=value)
                        | ast.AnnAssign(target=ast.Name(id=other), value=ast.expr() as value)
                    ) if other == name:
                        return _keys(value, function)
    return None


ALL = raised()


def test_the_code_is_read() -> None:
    found = {one.code for one in ALL}
    assert {"problem.file-missing", "problem.disk-full", "fault.csv-tps-twice"} <= found
    assert {"fault.audit-prev", "problem.read-only-no-key", "fault.close-empty"} <= found


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_problem_and_fault_has_words(language: str) -> None:
    words = load_words(language)
    assert [one for one in ALL if one.code not in words] == []


@pytest.mark.parametrize("language", ["id", "en"])
def test_words_fill_in_exactly_what_is_given(language: str) -> None:
    words = load_words(language)
    unequal = [
        one
        for one in ALL
        if one.details is not None and wording.placeholders(words[one.code]) != one.details
    ]
    assert unequal == []


def test_no_words_are_left_over() -> None:
    worded = {code for code in load_words("id") if code.startswith(("problem.", "fault."))}
    assert worded - {one.code for one in ALL} == set()


def test_what_the_code_gives_is_read_off_as_written() -> None:
    source = """
def f(kind):
    place = {"chain": 1, "seq": 2}
    code = "a" if kind else "b"
    Fault(code, place)
    KnownProblem(f"read-only-{kind}", path="x", faults=())
"""
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef)
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    found = [one for call in calls for one in _of_call(call, function)]
    assert found[:2] == [(f"fault.{code}", frozenset({"chain", "seq"})) for code in "ab"]
    assert ("problem.read-only-no-key", frozenset({"path"})) in found
