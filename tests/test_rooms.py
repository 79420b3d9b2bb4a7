"""The rule of the rooms: who may import whom, and what a module must be."""

from __future__ import annotations

import ast
import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "recap_desktop"

_MIDDLE = {"storage", "paper", "exchange", "foreign"}
_ROOT_MODULES = {"places", "problems", "way"}

# What each room, and each module at the root, may import of the program. Downwards only.
MAY_IMPORT = {
    "election": {"problems"},
    **{room: {"election", *_ROOT_MODULES} for room in _MIDDLE},
    "office": {"election", *_MIDDLE, *_ROOT_MODULES},
    "desk": {"office", "election", *_ROOT_MODULES},
    "cli": {"office", "election", *_ROOT_MODULES},
    "problems": set(),
    "places": {"problems"},
    "way": set(),
    "__init__": set(),
    "__main__": {"cli", "desk", *_ROOT_MODULES},
}

# Libraries that belong to one room.
ONLY_IN = {
    "sqlite3": "storage",
    "sqlite_utils": "storage",
    "reportlab": "paper",
    "pyhanko": "paper",
    "PySide6": "desk",
    "shiboken6": "desk",
    "click": "cli",
    "xlsxwriter": "foreign",
    "PIL": "foreign",
    "openpyxl": "foreign",
}

# The election room knows no clock, disk, chance, network or process: it computes.
PURE = {
    "__future__",
    "abc",
    "array",
    "base64",
    "bisect",
    "collections",
    "contextlib",
    "dataclasses",
    "datetime",
    "decimal",
    "difflib",
    "enum",
    "fractions",
    "functools",
    "hashlib",
    "heapq",
    "itertools",
    "json",
    "math",
    "operator",
    "orjson",
    "re",
    "string",
    "textwrap",
    "tomllib",
    "types",
    "typing",
    "unicodedata",
}
# Pure modules hold a few doors to the world, and so do the built-in functions.
IMPURE_CALLS = {"now", "utcnow", "today", "open", "print", "input", "__import__"}

SAYS_NOTHING = re.compile(r"(?:^|_)(?:utils?|helpers?|common|misc|managers?)(?:_|$)")

FILE_LINES = 400
FUNCTION_LINES = 40
# Functions that are longer and better so, each with its reason: {"office/x.py:name": "reason"}.
LONGER: dict[str, str] = {}


def modules(*folders: Path) -> list[Path]:
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


def room_of(path: Path) -> str:
    """The first folder below the program; for a module at the root, its own name."""
    return path.relative_to(PROGRAM).parts[0].removesuffix(".py")


def imports(tree: ast.AST, package: list[str]) -> Iterator[str]:
    """Dotted names of everything imported below a node, wherever it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = package[: len(package) - node.level + 1] if node.level else []
            parts = parts + (node.module.split(".") if node.module else [])
            yield from (".".join([*parts, name.name]) for name in node.names)
        elif isinstance(node, ast.Call) and called(node) in {"import_module", "__import__"}:
            match node.args:
                case [ast.Constant(value=str(name)), *_]:
                    yield name


def called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def at_import_time(tree: ast.Module) -> ast.Module:
    """The module without the bodies of its functions: what runs when it is imported."""
    kept = [node for node in tree.body if not isinstance(node, ast.FunctionDef)]
    return ast.Module(body=kept, type_ignores=[])


def breaches(path: Path, source: str) -> list[str]:
    """Everything a module imports or calls that its room may not."""
    room = room_of(path)
    tree = ast.parse(source)
    package = ["recap_desktop", *path.relative_to(PROGRAM).parent.parts]
    names = set(imports(tree, package))
    found = [f"imports {name}" for name in names if not _may_import(room, name)]
    if room == "election":
        calls = {called(node) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        found += [f"calls {name}()" for name in calls & IMPURE_CALLS]
    if room == "__main__":
        early = imports(at_import_time(tree), package)
        found += [f"imports {n} too early" for n in early if n.startswith("recap_desktop.desk")]
    return [f"{path.relative_to(ROOT).as_posix()} {what}" for what in sorted(found)]


def _may_import(room: str, name: str) -> bool:
    library, *rest = name.split(".")
    if library == "recap_desktop":
        # `from recap_desktop import __version__` names no room.
        other = rest[0] if rest and not rest[0].startswith("__") else room
        return other == room or other in MAY_IMPORT[room]
    if room == "election":
        return library in PURE
    return ONLY_IN.get(library, room) == room


def test_every_room_is_known() -> None:
    assert {room_of(path) for path in modules(PROGRAM)} <= set(MAY_IMPORT)


def test_imports_run_downwards_and_libraries_stay_in_their_room() -> None:
    found = [b for path in modules(PROGRAM) for b in breaches(path, path.read_text("utf-8"))]
    assert found == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("election/x.py", "import sqlite3"),
        ("election/x.py", "from pathlib import Path"),
        ("election/x.py", "from recap_desktop import places"),
        ("election/x.py", "from ..storage import journal"),
        ("election/x.py", "from datetime import datetime\ndatetime.now()"),
        ("election/x.py", "def f():\n    open('x')"),
        ("storage/x.py", "from recap_desktop.paper import sheets"),
        ("storage/x.py", "from recap_desktop.office.plenary.closing import close"),
        ("paper/x.py", "def f():\n    import sqlite_utils"),
        ("office/x.py", "import PySide6.QtCore"),
        ("office/x.py", "from reportlab.pdfgen import canvas"),
        ("cli/x.py", "from recap_desktop import desk"),
        ("cli/x.py", "import importlib\nimportlib.import_module('PySide6.QtWidgets')"),
        ("desk/x.py", "from recap_desktop.storage import file"),
        ("desk/x.py", "if TYPE_CHECKING:\n    from recap_desktop.cli import main"),
        ("places.py", "import recap_desktop.office"),
        ("__main__.py", "from recap_desktop.desk import window"),
    ],
)
def test_a_wrong_import_is_found(module: str, source: str) -> None:
    assert breaches(PROGRAM / module, source)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("election/x.py", "from recap_desktop.problems import KnownProblem"),
        ("election/sub/x.py", "from ..counts import Count"),
        ("storage/x.py", "import sqlite_utils\nfrom recap_desktop.election import journal"),
        ("office/x.py", "from recap_desktop import __version__, paper"),
        ("desk/x.py", "from PySide6.QtWidgets import QWidget\nfrom . import pages"),
        ("__main__.py", "def main():\n    from recap_desktop.desk import window"),
    ],
)
def test_a_right_import_is_let_through(module: str, source: str) -> None:
    assert breaches(PROGRAM / module, source) == []


def test_the_command_line_loads_no_qt() -> None:
    if importlib.util.find_spec("recap_desktop.cli") is None:
        pytest.skip("there is no command line yet")
    loads_all = (
        "import pkgutil, importlib, sys, recap_desktop.cli as cli\n"
        "for m in pkgutil.walk_packages(cli.__path__, 'recap_desktop.cli.'):\n"
        "    importlib.import_module(m.name)\n"
        "print([name for name in sys.modules if name.partition('.')[0] == 'PySide6'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", loads_all], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_no_module_has_a_name_that_says_nothing() -> None:
    names = [(path, part) for path in modules(PROGRAM) for part in (path.stem, path.parent.name)]
    assert [str(path) for path, name in names if SAYS_NOTHING.search(name)] == []


def test_every_module_says_its_job_in_one_line() -> None:
    silent = []
    for path in modules(PROGRAM):
        docstring = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
        first, _, after = docstring.partition("\n")
        if not first or after.partition("\n")[0]:
            silent.append(str(path.relative_to(ROOT)))
    assert silent == []


def test_no_file_is_too_long() -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines())
        for path in modules(PROGRAM, ROOT / "packaging", ROOT / "tests")
    }
    assert {name: lines for name, lines in lengths.items() if lines > FILE_LINES} == {}


def test_no_function_is_too_long() -> None:
    lengths = {
        f"{path.relative_to(PROGRAM).as_posix()}:{node.name}": _lines(node)
        for path in modules(PROGRAM)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    too_long = {name: lines for name, lines in lengths.items() if lines > FUNCTION_LINES}
    assert {name: lines for name, lines in too_long.items() if name not in LONGER} == {}
    assert set(LONGER) <= set(too_long), "an exception that is no longer needed"


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many lines a function takes without its docstring."""
    whole = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is None:
        return whole
    return whole - ((first.end_lineno or first.lineno) - first.lineno + 1)
