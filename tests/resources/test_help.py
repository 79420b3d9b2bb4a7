"""The guide says what the program says and does: titles, links, words, rules, states, commands."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from recap_desktop.cli import program, proof
from recap_desktop.cli.verbs import Session
from recap_desktop.election.figures.tallies import STATES
from recap_desktop.exchange.election_folder import build_election
from recap_desktop.exchange.form_files import form_ids
from recap_desktop.exchange.local_words import TERMS
from recap_desktop.office.entry.stations import Sign
from recap_desktop.office.language import load_words
from tests.cli.lines import Said, run
from tests.made_up.scans import jpeg, put

GUIDE = Path(__file__).resolve().parents[2] / "resources" / "help" / "id"
WORDS = load_words("id")
NAMES = [path.name for path in sorted(GUIDE.glob("*.md"))]
DEFINITION, COMMANDS = "09-definisi.md", "08-perintah.md"
MEDIUM, KEYS = "/media/stik", "/media/kunci"
ONLY_SHOWN = {"answer", "attachment-out", "attachment-remove", "move", "receive", "settle"}
"""Verbs that need records the guide cannot know; tests/cli runs them."""
ASKING = {("certificate", "issue"), ("certificate", "take"), ("certificate", "revoke")}
ASKING |= {("certificate", "again"), ("trust", "add"), ("trust", "remove"), ("alarm", "decide")}
ASKING |= {("alarm", "show")}
ASKING |= {("difference", "keep"), ("difference", "withdraw")}
ASKING |= {("demo", "--three-levels")}
ASKING |= {("receipt", verb) for verb in ("out", "take", "take-up", "leave")}
ASKING |= {("papers", "sign-pdf")}
"""The same of those that ask for groups of a key, or need what these made; of a long play, which
tests/office/test_three_levels.py runs; and of what needs an optional extra."""

HEAD = re.compile(r"(?:[0-9a-f]{4} ){7}[0-9a-f]{4}")

_FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]+\]\((?P<target>[^)]+)\)")
_TELLING = 3
_BOLD = re.compile(r"\*\*(?P<text>[^*]+)\*\*")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code: the language after the fence, and what it holds."""

    language: str
    text: str


def text_of(name: str) -> str:
    return (GUIDE / name).read_text("utf-8")


def blocks(name: str) -> list[Block]:
    return [Block(m["language"], m["text"]) for m in _FENCE.finditer(text_of(name))]


def prose(name: str) -> str:
    """A page without its blocks of code."""
    return _FENCE.sub("", text_of(name))


def commands(name: str) -> Iterator[list[str]]:
    """Every ``recap-desktop ...`` line in a block of code, without the program's name."""
    for block in blocks(name):
        for line in block.text.splitlines():
            first, *rest = shlex.split(line) or [""]
            if first == program.NAME:
                yield rest


def screen_words() -> list[re.Pattern[str]]:
    """What may stand on a screen or paper; a detail may be any figure or name."""
    patterns = []
    for text in WORDS.values():
        fixed = re.sub(r"\{[^}]+\}", "", text)
        if len(re.findall(r"[^\W\d]", fixed)) >= _TELLING:
            whole = re.escape(re.sub(r" ?(…|\(.\))$", "", text))
            patterns.append(re.compile(re.sub(r"\\\{[^}]+\\\}", r"[\\w.]+", whole)))
    return patterns


def test_pages_are_numbered_without_a_gap() -> None:
    assert [name[:3] for name in NAMES] == [f"{n:02}-" for n in range(1, len(NAMES) + 1)]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_opens_with_its_title_and_is_plain_markdown(name: str) -> None:
    first, second, *_ = text_of(name).splitlines()
    assert re.fullmatch(r"# \S.*", first) and second == ""
    assert not re.search(r"^# ", prose(name).partition("\n")[2], re.MULTILINE)
    assert not re.search(r"<[a-zA-Z/!]|!\[", prose(name)), "no HTML, no pictures"
    assert text_of(name).count("```") % 2 == 0


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_to_pages_by_their_titles(name: str) -> None:
    for match in _LINK.finditer(text_of(name)):
        assert match["target"] in NAMES, match[0]


def test_links_are_found_at_all() -> None:
    assert sum(len(_LINK.findall(text_of(name))) for name in NAMES) >= len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_bold_words_are_those_of_the_screens_and_papers(name: str) -> None:
    known = screen_words()
    strange = [
        match["text"]
        for match in _BOLD.finditer(prose(name))
        if not any(pattern.fullmatch(match["text"]) for pattern in known)
    ]
    assert not strange


def test_every_rule_stands_in_the_table_under_its_name() -> None:
    page = text_of("03-temuan.md")
    rules = [code.partition(".")[2] for code in WORDS if code.startswith("finding-title.R")]
    assert len(rules) >= 18
    for rule in rules:
        assert f"| {rule} | {WORDS[f'finding-title.{rule}']} |" in page


def test_every_state_and_sign_stands_in_the_tables_under_its_word() -> None:
    page = text_of("04-keadaan.md")
    for state in STATES:
        assert f"| `{state.value}` |" in page
    for sign in Sign:
        assert f"| **{WORDS[f'desk.sign.{sign.value}']}** |" in page


@pytest.mark.parametrize("name", NAMES)
def test_every_command_names_a_verb_and_options_that_there_are(name: str) -> None:
    for arguments in commands(name):
        session = Session("id", WORDS, lambda _: 0)
        context = program.program.make_context(program.NAME, list(arguments), obj=session)
        while isinstance(context.command, click.Group):
            with context:
                _, verb, rest = context.command.resolve_command(
                    context, [*context._protected_args, *context.args]
                )
                assert verb is not None
                context = verb.make_context(verb.name, rest, parent=context)
        assert context.command.callback is not None


def test_a_verb_or_option_that_there_is_not_would_be_found(tmp_path: Path) -> None:
    session = Session("id", WORDS, lambda _: 0)
    with (
        program.program.make_context(program.NAME, ["audit"], obj=session) as context,
        pytest.raises(click.NoSuchOption),
    ):
        proof.audit.make_context("audit", [str(tmp_path), "--kode", "x"], parent=context)


def test_every_verb_has_an_example() -> None:
    shown = {tuple(arguments[:2]) for arguments in commands(COMMANDS)}
    for name, verb in program.program.commands.items():
        if isinstance(verb, click.Group):
            assert {(name, under) for under in verb.commands} <= shown
        else:
            assert name in {first for first, *_ in shown}


def example_files() -> dict[str, str]:
    """The files of the example, by the name that stands above each block."""
    found: dict[str, str] = {}
    for name in (DEFINITION, COMMANDS):
        page = text_of(name)
        for match in _FENCE.finditer(page):
            if match["language"] in ("toml", "csv"):
                above = page[: match.start()].rpartition("`")[0].rpartition("`")[2]
                found.setdefault(above, match["text"])
    return found


def test_the_forms_of_the_program_and_no_others_stand_in_the_table() -> None:
    table = text_of(DEFINITION).partition("| formulir |")[2].partition("\n\n")[0]
    assert set(re.findall(r"^\| `([^`]+)`", table, re.MULTILINE)) == set(form_ids())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The example definition as the guide has it."""
    files = example_files()
    made = tmp_path / "pilbup-ciamis"
    made.mkdir()
    for name in ("election.toml", "stations.csv"):
        (made / name).write_text(files[name], "utf-8")
    return made


def test_the_example_definition_works_with_bundled_and_with_own_regions(folder: Path) -> None:
    bundled = build_election(folder)
    own = [b.text for b in blocks(DEFINITION) if b.text.startswith("kode,nama\n")]
    (folder / "regions.csv").write_text(own[0], "utf-8")
    assert len(own) == 1
    again = build_election(folder)
    assert len(bundled.stations) == len(again.stations) == 3
    assert [again.tree.name(s.tps[:10]) for s in again.stations] == ["Ciamis", "Ciamis", "Cigembor"]


def test_the_example_of_a_pemilu_works_with_dapil_parties_dpd_and_own_words(
    folder: Path,
) -> None:
    (pemilu,) = [b.text for b in blocks(DEFINITION) if "[[contest.choice.candidate]]" in b.text]
    (folder / "election.toml").write_text(pemilu, "utf-8")
    election = build_election(folder)
    assert [contest.form for contest in election.contests] == ["dpr-2024", "dpd-2024"]
    assert election.contests[0].dapil
    assert [len(choice.candidates) for choice in election.contests[0].choices] == [2, 1]
    for term in re.findall(r'^(\S+) = ".*"$', pemilu.partition("[words.")[2], re.MULTILINE):
        assert term in TERMS


def test_every_term_that_may_have_its_own_word_stands_in_the_guide() -> None:
    table = text_of(DEFINITION).partition("| kunci dalam `[words")[2].partition("\n\n")[0]
    assert set(re.findall(r"`([^`]+)`", table.partition("\n")[2])) == set(TERMS)


def second_version(folder: Path, *more: str) -> None:
    """The folder of the example copied and mended as the guide says."""
    made = folder.with_name(f"{folder.name}-2")
    shutil.copytree(folder, made)
    heading = (made / "election.toml").read_text("utf-8")
    (made / "election.toml").write_text("\n".join(["version = 2", heading, *more, ""]), "utf-8")
    header, *rows = (made / "stations.csv").read_text("utf-8").splitlines()
    rows = [f"{row}," for row in rows] + ["32.07.01.1004,2,,,salah tulis"]
    table = "\n".join([f"{header},abolished", *rows])
    (made / "stations.csv").write_text(table, "utf-8")


def test_a_second_version_made_as_the_guide_says_is_what_it_says(folder: Path) -> None:
    second_version(folder, *re.findall(r"`(struck = [^`]+)`", text_of(DEFINITION)))
    new = build_election(folder.with_name(f"{folder.name}-2"))
    assert new.version == 2
    assert [bool(choice.struck) for choice in new.contests[0].choices] == [False, True]
    assert [station.abolished for station in new.stations] == ["", "", "", "salah tulis"]


def test_the_commands_of_the_guide_run_one_after_another(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    monkeypatch.setenv("RECAP_PASSWORD", "merpati 2024")
    monkeypatch.setenv("RECAP_NEW_PASSWORD", "merpati 2024")
    monkeypatch.setenv("RECAP_PASSPHRASE", "empat kata yang panjang")
    second_version(folder)
    medium = tmp_path / "stik"
    keys = tmp_path / "kunci"
    medium.mkdir()
    keys.mkdir()
    files = example_files()
    for name in ("c-hasil.csv", "susulan.csv"):
        Path(name).write_text(files[name], "utf-8")
    put(Path("foto"), "32.07.01.1001.001.jpg", jpeg())
    head, ran = "", 0
    for arguments in commands(COMMANDS):
        if arguments[0] in ONLY_SHOWN or tuple(arguments[:2]) in ASKING:
            continue
        given = [text.replace(MEDIUM, str(medium)).replace(KEYS, str(keys)) for text in arguments]
        said = _run(given, head)
        head = _head_of(said) or head
        ran += 1
    assert head and ran > 20
    assert {"d-hasil.pdf", "ciamis.pdf", "ciamis-pulih.rekap"} <= {p.name for p in Path().iterdir()}


def _run(arguments: list[str], head: str) -> Said:
    """Run a line; the head on the page is only an example, the one of the close is meant."""
    given = [head if HEAD.fullmatch(text) else text for text in arguments]
    said = run(*given)
    assert (said.status, said.err) == (0, ""), (arguments, said.err)
    return said


def _head_of(said: Said) -> str:
    found = HEAD.search(said.out)
    return found[0] if found else ""
