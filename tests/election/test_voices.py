"""To whom findings are told how: the table, and that the careful voice suggests nothing."""

from __future__ import annotations

import pytest

from recap_desktop.election.checks import rules
from recap_desktop.election.checks.phrasing import Phrasing
from recap_desktop.election.checks.voices import VOICES, Listener, Voice, listener
from recap_desktop.election.definitions.contests import Contest, Station
from recap_desktop.election.definitions.forms import Layout
from recap_desktop.election.records.roles import Role
from recap_desktop.office.language import LANGUAGES, load_words
from tests.election.test_rules import TERNATE
from tests.election.valid_forms import choices_for, read_form

FORM = read_form("ppwp-2024")
CONTEST = Contest("ppwp", FORM.id, "PRESIDEN", ("82",), tuple(choices_for(FORM)))
LAYOUT = Layout.of(FORM, CONTEST.choices)
HERE = Station("8271021022008", 134, 155)


def told(
    *, opened: bool = False, guarded: bool = True, roles: set[Role] | None = None, two: bool = False
) -> Listener:
    return listener(in_plenary=opened, guarded=guarded, roles=roles or set(), double_entry=two)


def test_every_listener_has_a_voice() -> None:
    assert set(VOICES) == set(Listener)


@pytest.mark.parametrize(
    ("role", "voice"),
    [
        (Role.OPERATOR, Voice.LOOK_AGAIN),
        (Role.OBSERVER, Voice.LOOK_AGAIN),
        (Role.VERIFIER, Voice.EXACT),
        (Role.CHAIR, Voice.EXACT),
    ],
)
@pytest.mark.parametrize("two", [False, True])
def test_before_the_plenary_the_role_decides(role: Role, voice: Voice, *, two: bool) -> None:
    assert VOICES[told(roles={role}, two=two)] is voice


def test_of_several_roles_the_most_careful_decides_and_nobody_is_told_least() -> None:
    assert told(roles={Role.CHAIR, Role.OPERATOR}) is Listener.OPERATOR
    assert told() is Listener.NOBODY and VOICES[Listener.NOBODY] is Voice.LOOK_AGAIN


def test_without_roles_the_number_of_entries_decides() -> None:
    assert VOICES[told(guarded=False)] is Voice.EXACT
    assert VOICES[told(guarded=False, two=True)] is Voice.LOOK_AGAIN
    assert told(guarded=False, two=True, roles={Role.CHAIR}) is Listener.ONE_OF_TWO


@pytest.mark.parametrize("roles", [set(), {Role.OPERATOR}, {Role.OBSERVER}, {Role.CHAIR}])
@pytest.mark.parametrize("guarded", [False, True])
def test_in_the_plenary_everything_is_exact(roles: set[Role], *, guarded: bool) -> None:
    assert VOICES[told(opened=True, guarded=guarded, roles=roles, two=True)] is Voice.EXACT


def careful(changes: dict[str, int | None], rule: str, language: str = "id") -> str:
    cells = {c: n for c, n in {**TERNATE, **changes}.items() if n is not None}
    found = rules.judge_at(LAYOUT, cells, station=HERE, siblings=[HERE])
    finding = next(f for f in found if f.rule == rule)
    phrase = Phrasing(load_words(language), FORM, CONTEST).say(finding, Voice.LOOK_AGAIN)
    assert phrase.hints == ()
    return phrase.text


def test_it_says_which_cells_what_is_written_and_what_adds_up() -> None:
    assert careful({"valid": 205}, "R6") == (
        "Lihat lagi JUMLAH SELURUH SUARA SAH, Suara nomor 1 (PASLON 1), Suara nomor 2 (PASLON 2), "
        "dan 1 baris lain: suara sah tertulis 205, perolehan suara berjumlah 210."
    )
    assert careful({"cast": 213}, "R8", "en").endswith(
        "written 213 and 210, though both are one figure."
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("changes", "rule", "hidden"),
    [
        # What the definition knows, what the reserve makes, what a blank would be.
        ({"voters.dpt.l": 234, "voters.dpt.jml": 389}, "R15", "289"),
        ({"ballots.received": 300, "ballots.unused": 89}, "R14", "295"),
        ({"valid": None}, "R6", "210"),
        ({"votes.3": None}, "R18", "10"),
        # A hint would give it: 806 with a cross for an eight.
        ({"users.moved.l": 806}, "R1", " 6"),
    ],
)
def test_it_names_no_figure_that_nobody_wrote(
    changes: dict[str, int | None], rule: str, hidden: str, language: str
) -> None:
    text = careful(changes, rule, language).replace("TPS 8", "")

    assert hidden not in text.replace(".", "")
