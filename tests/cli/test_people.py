"""People, roles and passwords without a screen; and that no verb tells of a first entry."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from recap_desktop.cli import program as line
from recap_desktop.election.records.roles import MAY, Deed, Role
from recap_desktop.office.entry.entering import enter
from tests.cli.lines import WORDS, done, refused, run
from tests.made_up.first_entries import FAULTY, PLAIN, office_with, told
from tests.made_up.guarded import PASSWORD, PEOPLE, give_passwords, guard
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati

CLI = Path(line.__file__).parent
CHAIR, OPERATOR = PEOPLE[Role.CHAIR], PEOPLE[Role.OPERATOR]


@pytest.fixture(autouse=True)
def own_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECAP_DATA_DIR", str(tmp_path / "machine"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A machine and its office in which Siti typed everything, with people and passwords."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RECAP_DATA_DIR", str(folder / "machine"))
        office = tiny_office(folder / "ciamis.rekap")
        for at, tps in enumerate(TPS):
            enter(office, BUPATI, tps, valid_bupati(10 + at), by="Siti")
        guard(office)
        give_passwords(office)
        office.close()
    return folder


@pytest.fixture
def guarded(made: Path, tmp_path: Path) -> Path:
    """A copy of it, for one test to act in."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "ciamis.rekap"


# People


def test_an_office_begins_open_and_is_guarded_by_its_first_chair(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = done("people", "add", office, "--name", CHAIR, "--role", "chair", "--by", "Siti")
    assert WORDS("cli.people.now-guarded", name=CHAIR) in said.out
    refused(
        "password-first", "people", "add", office, *named("Wati", "operator", CHAIR), name=CHAIR
    )
    monkeypatch.setenv("RECAP_NEW_PASSWORD", PASSWORD)
    done("people", "password", office, "--name", CHAIR, "--by", CHAIR)
    refused(
        "password-missing", "people", "add", office, *named("Wati", "operator", CHAIR), name=CHAIR
    )
    monkeypatch.setenv("RECAP_PASSWORD", PASSWORD)
    done("people", "add", office, *named("Wati", "operator", CHAIR))
    done("people", "role", office, *named("Wati", "verifier", CHAIR))
    shown = done("people", "show", office, "--format", "json").data
    assert shown["guarded"] is True
    rows = {row["name"]: (row["roles"], row["password"]) for row in shown["people"]}
    assert rows == {
        "Siti": (["operator"], False),
        CHAIR: (["chair"], True),
        "Wati": (["verifier"], False),
    }


def named(name: str, role: str, by: str) -> tuple[str, ...]:
    return ("--name", name, "--role", role, "--by", by)


def test_people_are_shown_as_a_table_and_as_csv(guarded: Path) -> None:
    table = done("people", "show", guarded).out
    assert WORDS["cli.people.guarded"] in table and WORDS["role.verifier"] in table
    assert done("people", "show", guarded, "--format", "csv").out.startswith("name,roles,password")


def test_a_password_file_is_read_and_a_missing_one_is_said(guarded: Path, tmp_path: Path) -> None:
    file = tmp_path / "sandi.txt"
    file.write_text(f"{PASSWORD}\n", "utf-8")
    arguments = ("attend", guarded, "--seat", "ketua", "--name", "Ketut", "--by", OPERATOR)
    done(*arguments, "--password-file", file)
    gone = tmp_path / "tidak-ada"
    reason = WORDS["reason.ENOENT"]
    refused(
        "password-file-unreadable",
        *arguments,
        "--password-file",
        gone,
        path=str(gone),
        reason=reason,
    )
    file.write_text("salah sandi\n", "utf-8")
    refused("password-wrong", *arguments, "--password-file", file)


def test_a_password_is_changed_and_set_anew_and_by_the_owner(
    guarded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = tmp_path / "baru.txt"
    new.write_text("kutilang 77", "utf-8")
    monkeypatch.setenv("RECAP_PASSWORD", PASSWORD)
    who = ("people", "password", guarded, "--name", OPERATOR)
    done(*who, "--by", OPERATOR, "--new-password-file", new)
    refused("password-wrong", *who, "--by", OPERATOR, "--new-password-file", new)
    done(*who, "--by", CHAIR, "--new-password-file", new)
    owner = ("people", "password", guarded, "--name", CHAIR, "--owner", "--new-password-file", new)
    refused("reason-missing", *owner)
    done(*owner, "--reason", "lupa sandi")
    events = done("history", guarded, "--contest", BUPATI, "--format", "json").data
    assert events[-1]["body"]["owner"] == 1 and events[-1]["about"] == CHAIR
    for both in ((), ("--by", CHAIR, "--owner")):
        refused("usage-password-by", *who, *both, "--new-password-file", new)


def test_a_hidden_prompt_asks_for_the_password_on_a_terminal(guarded: Path) -> None:
    command = [sys.executable, "-m", "recap_desktop", "plenary", "open", str(guarded)]
    command += ["--place", "Aula", "--by", CHAIR]
    out, code = on_a_terminal(command, PASSWORD)
    assert code == 0, out
    assert WORDS("cli.people.password-of", name=CHAIR) in out and PASSWORD not in out


def on_a_terminal(command: list[str], typed: str) -> tuple[str, int]:
    """Run a command with a terminal of its own, and type one line when it asks."""
    leader, follower = pytest.importorskip("pty").openpty()
    process = subprocess.Popen(
        command,
        stdin=follower,
        stdout=follower,
        stderr=follower,
        start_new_session=True,
        preexec_fn=_take_terminal,  # noqa: PLW1509 - the child takes the terminal and nothing else
    )
    os.close(follower)
    out = b""
    while b":" not in out:
        out += os.read(leader, 1000)
    os.write(leader, f"{typed}\n".encode())
    try:
        while more := os.read(leader, 1000):
            out += more
    except OSError:
        pass
    os.close(leader)
    return out.decode(), process.wait()


def _take_terminal() -> None:
    import fcntl  # noqa: PLC0415 - only where there are terminals
    import termios  # noqa: PLC0415 - as above

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


# Roles

VERBS: dict[Deed, tuple[str, ...]] = {
    Deed.ENTER: ("enter", "TABLE", "--contest", BUPATI),
    Deed.RECORD_RULING: (
        *("correct", "--contest", BUPATI, "--tps", TPS[0], "--set", "votes.1=71"),
        *("--reason", "x", "--decided-by", "Pleno"),
    ),
    Deed.RULE: ("accept", "--contest", BUPATI, "--tps", TPS[0], "--reason", "x"),
    Deed.WITHDRAW: ("withdraw", "--contest", BUPATI, "--tps", TPS[0], "--reason", "x"),
    Deed.OPEN_PLENARY: ("plenary open", "--place", "Aula"),
    Deed.ATTENDANCE: ("attend", "--seat", "ketua", "--name", "Ketut"),
    Deed.INCIDENT: ("incident", "--contest", BUPATI, "--text", "listrik padam"),
    Deed.CLOSE: ("close", "--contest", BUPATI),
    Deed.EXCHANGE: ("exchange out", "STICK"),
    Deed.MIRROR: ("mirror", "STICK"),
    Deed.MANAGE_PEOPLE: ("people add", "--name", "Wati", "--role", "observer"),
}


@pytest.mark.parametrize("role", Role, ids=lambda role: role.value)
@pytest.mark.parametrize("deed", VERBS, ids=lambda deed: deed.value)
def test_the_command_line_obeys_the_same_table(
    guarded: Path,
    table: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    deed: Deed,
    role: Role,
) -> None:
    monkeypatch.setenv("RECAP_PASSWORD", PASSWORD)
    stick = tmp_path / "stik"
    stick.mkdir()
    name, *rest = VERBS[deed]
    places = {"TABLE": str(table), "STICK": str(stick)}
    given = [*name.split(), str(guarded), *(places.get(text, text) for text in rest)]
    given += ["--by", PEOPLE[role]]
    if role in MAY[deed]:
        done(*given)
    else:
        code = "import" if deed is Deed.ENTER else deed.value
        refused(f"role-cannot-{code}", *given, name=PEOPLE[role])


def test_a_verb_without_a_name_is_refused_where_one_is_needed(
    guarded: Path, tmp_path: Path
) -> None:
    refused("sign-in-missing", "mirror", guarded, tmp_path)
    refused("sign-in-missing", "exchange", "out", guarded, tmp_path)


def test_every_verb_that_is_told_who_lets_them_sign_in() -> None:
    """Else its deeds would be refused in every guarded office."""
    silent = []
    for path in sorted(CLI.glob("*.py")):
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef) and _is_told_who(function):
                calls = [n for n in ast.walk(function) if isinstance(n, ast.Call)]
                opening = [
                    c for c in calls if isinstance(c.func, ast.Name) and c.func.id == "opened"
                ]
                silent += [function.name for call in opening if len(call.args) == 1]
    assert silent == ["_password"], "that one signs in by itself"


def _is_told_who(function: ast.FunctionDef) -> bool:
    arguments = [*function.args.args, *function.args.kwonlyargs]
    more = function.args.kwarg
    return any(a.arg == "by" for a in arguments) or (more is not None and more.arg == "why")


# A first entry stays unseen

GROUPS = ("plenary", "people", "difference", "receipt")
ASKING = (
    ("totals", "--contest", BUPATI, "--level", "desa", "--format", "json"),
    ("totals", "--contest", BUPATI, "--level", "tps", "--format", "csv"),
    ("findings", "--contest", BUPATI, "--format", "json"),
    ("status", "--format", "json"),
    ("stations", "--contest", BUPATI, "--format", "json"),
    ("stations", "--contest", BUPATI, "--only", "all", "--format", "json"),
    ("missing",),
    ("look-alikes", "--contest", BUPATI),
    ("plenary", "show", "--contest", BUPATI, "--format", "json"),
    ("plenary", "child", "--contest", BUPATI, "--unit", TPS[0][:6]),
    ("history", "--contest", BUPATI, "--format", "json"),
    *(("history", "--contest", BUPATI, "--tps", tps, "--format", "json") for tps in TPS),
    *(("history", "--contest", BUPATI, "--tps", tps) for tps in TPS),
    ("incidents", "--contest", BUPATI),
    ("audit",),
    ("verify",),
    *(
        ("where-from", "--contest", BUPATI, "--unit", unit, "--cell", "votes.1", "--format", "json")
        for unit in (TPS[0], TPS[0][:10], TPS[0][:6])
    ),
    *((verb, "--contest", BUPATI) for verb in ("alarms", "children")),
    ("difference", "list", "--contest", BUPATI),
    ("receipt", "proposals", "--contest", BUPATI),
    ("posts", "--format", "json"),
    ("people", "show"),
    ("attachments",),
)
INTO_A_FOLDER = (("export", "--contest", BUPATI, "--draft"),)
"""Verbs that write tables, which are compared too."""
DRAWN_FROM_TESTED_PAPERS = {"sheet", "hand-out", "returns", "paper", "papers export"}
ASK_NOTHING_OF_FIGURES = {
    *("demo", "election build", "election compare", "office new-post"),
    "papers sign-pdf",
    *("rebuild", "restore", "attachment-out", "check-slip", "print-plan", "papers copies"),
    # A receipt, and an alarm, is of a package that a unit below closed and sent.
    *("key letter", "certificate list", "trust list", "receipt out", "alarm show"),
    *("key show", "certificate again", "certificate below", "certificate revoked"),
}


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("pair")
    paths = [folder / "a.rekap", folder / "b.rekap"]
    for path, cells in zip(paths, (PLAIN, FAULTY), strict=True):
        office_with(path, cells).close()
    return paths


def _said(path: Path, arguments: tuple[str, ...]) -> str:
    verb = 2 if arguments[0] in GROUPS else 1
    said = run(*arguments[:verb], path, *arguments[verb:])
    return told(f"{said.status} {said.out} {said.err}".replace(path.name, "x"))


@pytest.mark.parametrize("arguments", ASKING, ids=" ".join)
def test_no_verb_tells_of_a_first_entry(pair: list[Path], arguments: tuple[str, ...]) -> None:
    one, other = (_said(path, arguments) for path in pair)
    assert one == other


@pytest.mark.parametrize("arguments", INTO_A_FOLDER, ids=" ".join)
def test_no_table_that_is_written_tells_of_a_first_entry(
    pair: list[Path], tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    written = []
    for path in pair:
        folder = tmp_path / path.stem
        done(arguments[0], path, folder, *arguments[1:])
        texts = [_text_of(p) for p in sorted(folder.rglob("*")) if p.is_file()]
        written.append([told(text).replace("\\r", "") for text in texts])
    assert written[0] and _without_times(written[0]) == _without_times(written[1])


def _text_of(path: Path) -> str:
    if path.suffix != ".xlsx":
        return path.read_text("utf-8")
    with zipfile.ZipFile(path) as book:
        return "".join(book.read(name).decode() for name in sorted(book.namelist()))


def _without_times(texts: list[str]) -> list[str]:
    return [re.sub(r"\d{4}-\d\d-\d\dT[0-9:+.Z-]+", "time", text) for text in texts]


def test_every_verb_that_asks_without_a_name_is_looked_at() -> None:
    asking = {" ".join(name) for name, verb in _verbs() if not _has_by(verb)}
    looked = {" ".join(a[:2]) if a[0] in GROUPS else a[0] for a in ASKING}
    looked |= {arguments[0] for arguments in INTO_A_FOLDER}
    assert asking - {"findings"} - looked - DRAWN_FROM_TESTED_PAPERS == ASK_NOTHING_OF_FIGURES


def _verbs(
    group: click.Group = line.program, above: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, verb in group.commands.items():
        if isinstance(verb, click.Group):
            yield from _verbs(verb, (*above, name))
        else:
            yield (*above, name), verb


def _has_by(verb: click.Command) -> bool:
    return any(parameter.name == "by" for parameter in verb.params)
