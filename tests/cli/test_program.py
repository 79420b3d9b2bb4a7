"""The command line as a whole: its front door, its language, and how a run ends."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from recap_desktop import __main__, __version__, places
from recap_desktop.cli import program as line
from recap_desktop.cli.verbs import Session, VerbGroup
from recap_desktop.office.language import load_words
from tests.cli.lines import WORDS, done, refused, run
from tests.made_up.offices import BUPATI

ENGLISH = load_words("en")


def verbs(
    group: click.Group = line.program, above: tuple[str, ...] = ()
) -> Iterator[tuple[str, ...]]:
    for name, verb in group.commands.items():
        yield (*above, name)
        if isinstance(verb, click.Group):
            yield from verbs(verb, (*above, name))


VERBS = list(verbs())
GROUPS = {("election",), ("office",), ("exchange",), ("plenary",), ("people",)} | {
    ("key",),
    ("certificate",),
    ("trust",),
    ("papers",),
    ("alarm",),
    ("receipt",),
    ("difference",),
}


def start(*arguments: str | Path, **more: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "recap_desktop", *arguments],
        env={**os.environ, **more},
        capture_output=True,
        check=False,
    )


# The front door


def test_no_argument_and_an_office_file_open_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path | None] = []

    def open_window(path: Path | None) -> int:
        opened.append(path)
        return 7

    monkeypatch.setattr(__main__, "open_window", open_window)
    for arguments in ([], ["kantor ku.rekap"]):
        monkeypatch.setattr(sys, "argv", ["recap-desktop", *arguments])
        assert __main__.main() == 7
    assert opened == [None, Path("kantor ku.rekap")]


def test_a_verb_goes_to_the_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["recap-desktop", "--version"])
    assert __main__.main() == 0
    assert capsys.readouterr().out == f"recap-desktop {__version__}\n"


def test_only_a_language_opens_the_window_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECAP_LANG", "id")
    assert run("--lang", "en").opened == (None,)
    assert os.environ["RECAP_LANG"] == "en"


def test_demo_opens_a_fresh_copy_each_time() -> None:
    first, second = (done("demo").opened[0] for _ in range(2))
    assert first and second and first != second
    progress = done("status", second, "--format", "json").data["progress"][0]
    assert (progress["tps"], progress["counted"]) == (158, 141)


def test_demo_without_a_screen_writes_papers_and_totals(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "demo"
    done("demo", "--headless", folder)
    done("demo", "--headless", folder)
    names = sorted(path.name for path in folder.iterdir())
    levels = ("desa", "kecamatan", "tps")
    assert names == ["D.HASIL-KECAMATAN-bupati.pdf", *(f"totals-bupati-{w}.csv" for w in levels)]
    assert (folder / names[0]).read_bytes().startswith(b"%PDF-")
    header, ciamis = (folder / "totals-bupati-kecamatan.csv").read_text("utf-8").splitlines()
    row = dict(zip(header.split(","), ciamis.split(","), strict=True))
    assert (row["tps"], row["counted"], row["votes.2"]) == ("158", "141", "41397")


def test_without_a_screen_the_window_is_refused_in_one_sentence() -> None:
    bare = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": "", "RECAP_LANG": ""}
    sentence = WORDS["problem.no-screen"]
    for arguments in ([], ["kantor.rekap"], ["demo"]):
        said = start(*arguments, **bare)
        assert (said.returncode, said.stderr.decode().strip()) == (2, sentence)


# Help and language


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_verb_says_what_it_is_for_in_both_languages(
    verb: tuple[str, ...], language: str
) -> None:
    words = load_words(language)
    shown = done("--lang", language, *verb, "--help").out
    assert shown.startswith(f"{words['cli.heading.usage']}: recap-desktop {' '.join(verb)} ")
    text = " ".join(shown.split())
    assert words[f"cli.verb.{'-'.join(verb)}.brief"] in text
    assert f"{words['cli.heading.options']}:" in text and words["cli.option.help"] in text
    if verb not in GROUPS:
        assert f"{words['cli.heading.example']}: recap-desktop {' '.join(verb)}" in text


@pytest.mark.parametrize("verb", [(), *VERBS], ids=" ".join)
def test_no_english_is_left_in_indonesian_help(verb: tuple[str, ...]) -> None:
    shown = done(*verb, "--help").out
    leaked = re.findall(
        r"\b(?:Usage|Options?|Commands?|Show|OPTIONS|COMMAND|ARGS|TEXT|PATH|FILE|required|default)\b",
        shown,
    )
    assert leaked == []


@pytest.mark.parametrize("verb", [v for v in VERBS if v not in GROUPS], ids=" ".join)
def test_every_example_can_be_typed(verb: tuple[str, ...]) -> None:
    """It is read by the command line itself: every option exists and has a fitting value."""
    program, *arguments = shlex.split(WORDS[f"cli.verb.{'-'.join(verb)}.example"])
    assert program == line.NAME and tuple(arguments[: len(verb)]) == verb
    group: click.Command = line.program
    ctx = click.Context(group, obj=Session("id", WORDS, lambda _: 0))
    for name in verb:
        assert isinstance(group, VerbGroup)
        group = group.commands[name]
    with ctx:
        assert group.make_context(verb[-1], arguments[len(verb) :], parent=ctx).params


def test_language_is_chosen_by_option_before_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECAP_LANG", "en")
    gone = ("status", "gone.rekap")
    assert run(*gone).err.strip() == ENGLISH("problem.file-missing", path="gone.rekap")
    assert run("--lang=id", *gone).err.strip() == WORDS("problem.file-missing", path="gone.rekap")
    monkeypatch.setenv("RECAP_LANG", "xx")
    assert run(*gone).err.strip() == WORDS("problem.file-missing", path="gone.rekap")


def test_words_typed_wrong_are_told_in_our_words(office: Path) -> None:
    names = ", ".join(line.program.commands)
    refused("usage-verb-unknown", "total", verb="total", verbs=names)
    refused("usage-verb-missing", "office", verbs="create, new-post, amend, emblem")
    refused("usage-option-unknown", "status", office, "--zzz", option="--zzz")
    refused(
        "usage-option-misspelt",
        "status",
        office,
        "--contes",
        "x",
        option="--contes",
        near="--contest",
    )
    refused("usage-missing", "totals", office, "--level", "desa", option="--contest")
    refused("usage-missing", "status", option=WORDS["cli.metavar.office"])
    refused("usage-value", "status", office, "--contest", option="--contest")
    refused("usage-too-much", "status", office, "more")
    tps = ("--contest", BUPATI, "--tps")
    refused("usage-tps", "history", office, *tps, "32.07", option="--tps", found="32.07")
    refused("usage-code", "status", office, "--under", "x1", option="--under", found="x1")
    choices = "provinsi, kabko, kecamatan, desa, tps"
    level = ("totals", office, "--contest", BUPATI, "--level", "rw")
    refused("usage-choice", *level, option="--level", found="rw", choices=choices)
    refused(
        "usage-choice",
        "--lang",
        "xx",
        "status",
        office,
        option="--lang",
        found="xx",
        choices="id, en",
    )


# How a run ends


def test_a_bug_of_ours_keeps_a_note_and_says_one_sentence(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("recap_desktop.cli.offices.overview.progress", fail)
    said = run("status", office)
    (note,) = (places.machine_data() / "crash").iterdir()
    assert (said.status, said.out) == (1, "")
    assert said.err.strip() == WORDS("cli.crashed", note=str(note))
    assert "ZeroDivisionError" in note.read_text("utf-8")
    note.unlink()
    note.parent.rmdir()
    note.parent.write_text("no folder")
    assert run("status", office).err.strip() == WORDS["cli.crashed-unnoted"]
    note.parent.unlink()


def test_a_terminal_that_shows_ascii_only_still_gets_its_answer(tmp_path: Path) -> None:
    plain = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    said = start("sheet", tmp_path / "x.rekap", "--contest", "“”", "--to", "x", **plain)
    assert said.returncode == 2 and said.stderr.isascii()
    said = start("totals", "x", "--contest", "b", "--level", "…", **plain)
    assert (said.returncode, said.stdout) == (2, b"") and b"provinsi, kabko" in said.stderr


def test_a_reader_that_has_seen_enough_is_no_error(full_office: Path) -> None:
    command = [sys.executable, "-m", "recap_desktop", "totals", str(full_office)]
    wanted = ["--contest", BUPATI, "--level", "tps", "--format", "json"]
    with subprocess.Popen(
        [*command, *wanted], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert (process.stderr.read(), process.wait()) == (b"", 0)


def test_the_program_runs_as_a_process_of_its_own(full_office: Path) -> None:
    said = start("findings", full_office, "--contest", BUPATI, "--format", "json")
    assert (said.returncode, said.stderr) == (0, b"") and said.stdout.startswith(b"[")
