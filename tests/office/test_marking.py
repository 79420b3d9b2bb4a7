"""Findings marked as on the paper: what a mark holds of, when it lapses, and where it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recap_desktop.election.definitions.forms import Severity
from recap_desktop.election.papers.annexes import Annex
from recap_desktop.election.records.journal import Kind
from recap_desktop.election.records.people import person_id
from recap_desktop.election.records.soundness import is_sound
from recap_desktop.office.checks.findings import Judge
from recap_desktop.office.checks.marking import (
    mark_finding,
    marks_of_contest,
    marks_seen,
    standing_marks,
    take_back_mark,
)
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.entry.ruling import Decision, accept, correct
from recap_desktop.office.papers.returning import make_returns, read_returns
from recap_desktop.office.plenary.closing import close, missing
from recap_desktop.office.proof.auditing import audit
from recap_desktop.office.proof.history import history
from recap_desktop.problems import KnownProblem
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati
from tests.made_up.posts import exchange, second_post

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from recap_desktop.election.checks.rules import Finding
    from recap_desktop.office.opening import Office

WRONG = {**valid_bupati(), "valid": 150}
"""R6 and R7 are broken."""
HERE = TPS[0]
WHY = "Sudah dicek dengan kertas, tertulis demikian"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = tiny_office(tmp_path / "o.rekap")
    enter(opened, BUPATI, HERE, WRONG, by="Ani")
    yield opened
    opened.close()


def found(office: Office, cells: dict[str, int] = WRONG) -> list[Finding]:
    return list(Judge(office, BUPATI).findings(HERE, cells))


def mark(office: Office, *, rules: tuple[str, ...] = ("R6", "R7"), by: str = "Ani") -> None:
    for finding in found(office):
        if finding.rule in rules:
            mark_finding(office, BUPATI, HERE, finding, cells=WRONG, reason=WHY, by=by)


def codes(office: Office) -> list[str]:
    return [f.code for f in missing(office, BUPATI) if f.details.get("tps") == HERE]


def test_a_mark_changes_no_figure_and_is_sound(office: Office) -> None:
    before = office.file.contests[BUPATI].tally(HERE)
    mark(office)

    assert office.file.contests[BUPATI].tally(HERE) == before
    records = office.file.journal.records_of_kind(Kind.MARK, contest=BUPATI)
    assert len(records) == 2 and all(map(is_sound, records))


def test_an_error_with_a_reason_says_it_and_still_waits_for_the_plenary(office: Office) -> None:
    assert codes(office) == ["close-broken"]
    mark(office, rules=("R6",))
    assert codes(office) == ["close-broken"]
    mark(office, rules=("R7",))
    assert codes(office) == ["close-marked"]
    (fault,) = [f for f in missing(office, BUPATI) if f.code == "close-marked"]
    assert fault.details["reason"] == WHY
    with pytest.raises(KnownProblem, match="close-incomplete"):
        close(office, BUPATI, by="Ani")
    accept(office, BUPATI, HERE, decision=Decision("Ani", WHY, decided_by="PPK"))
    assert codes(office) == []


def test_it_lapses_with_the_figures_and_comes_back_with_them(office: Office) -> None:
    mark(office)
    decision = Decision("Ani", "salah tulis", decided_by="PPK")
    assert len(standing_marks(office, BUPATI, HERE)) == 2
    correct(office, BUPATI, HERE, changes={"valid": 151}, decision=decision)
    assert standing_marks(office, BUPATI, HERE) == set()
    told = [e for e in history(office, BUPATI, HERE) if e.what == "mark"]
    assert [(e.is_live, e.has_lapsed, e.note) for e in told] == [(True, True, WHY)] * 2
    correct(office, BUPATI, HERE, changes={"valid": 150}, decision=decision)
    assert len(standing_marks(office, BUPATI, HERE)) == 2


def test_the_same_sum_of_other_figures_is_another_finding(office: Office) -> None:
    mark(office)
    other = {**WRONG, "votes.1": 41, "votes.2": 99}
    enter(office, BUPATI, HERE, other, by="Ani")

    marked = marks_of_contest(office, BUPATI)[HERE]
    standing = standing_marks(office, BUPATI, HERE)
    assert {m.rule for m in marked if m.id in standing} == {"R7"}


def test_a_later_reason_replaces_an_earlier_one_and_can_be_taken_back(office: Office) -> None:
    mark(office, rules=("R6",))
    r6 = next(f for f in found(office) if f.rule == "R6")
    mark_finding(office, BUPATI, HERE, r6, cells=WRONG, reason="dicoret dan diparaf", by="Budi")
    (now,) = marks_of_contest(office, BUPATI)[HERE]
    assert (now.reason, now.person) == ("dicoret dan diparaf", person_id("Budi"))
    take_back_mark(office, BUPATI, HERE, r6, cells=WRONG, by="Ani")
    assert marks_of_contest(office, BUPATI) == {}
    told = [(e.what, e.is_live, e.rule) for e in history(office, BUPATI, HERE)][-3:]
    assert told == [("mark", False, "R6"), ("mark", False, "R6"), ("unmark", True, "R6")]
    with pytest.raises(KnownProblem, match="mark-none"):
        take_back_mark(office, BUPATI, HERE, r6, cells=WRONG, by="Ani")


def test_what_is_not_found_or_has_no_reason_is_refused(office: Office) -> None:
    r6 = next(f for f in found(office) if f.rule == "R6")
    with pytest.raises(KnownProblem, match="finding-none"):
        mark_finding(office, BUPATI, HERE, r6, cells=valid_bupati(), reason=WHY, by="Ani")
    with pytest.raises(KnownProblem, match="reason-missing"):
        mark_finding(office, BUPATI, HERE, r6, cells=WRONG, reason=" ", by="Ani")
    assert marks_of_contest(office, BUPATI) == {}


def test_a_mark_of_a_form_that_is_not_saved_holds_once_it_is(tmp_path: Path) -> None:
    office = tiny_office(tmp_path / "o.rekap")
    mark(office)
    assert standing_marks(office, BUPATI, HERE) == set()
    enter(office, BUPATI, HERE, WRONG, by="Ani")
    assert len(standing_marks(office, BUPATI, HERE)) == 2
    office.close()


def test_what_goes_back_to_the_pps_says_the_reason(office: Office) -> None:
    mark(office, rules=("R6",))
    made = make_returns(read_returns(office, BUPATI, desa=HERE[:10]))
    texts = [
        entry[1].text
        for page in made.book.papers
        if isinstance(page, Annex)
        for entry in page.listings[0].entries
    ]

    assert sum(f"Petugas: {WHY}." in text for text in texts) == 1
    assert len(texts) == len([f for f in found(office) if f.severity is Severity.ERROR])


class TestBeforeTheSecondEntry:
    @pytest.fixture
    def double(self, tmp_path: Path) -> Iterator[Office]:
        office = tiny_office(tmp_path / "d.rekap", double_entry=True)
        enter(office, BUPATI, HERE, WRONG, by="Ani")
        mark(office)
        yield office
        office.close()

    def test_only_who_marked_it_sees_it(self, double: Office) -> None:
        assert len(marks_seen(double, BUPATI, HERE, person=person_id("Ani"))) == 2
        assert marks_seen(double, BUPATI, HERE, person=person_id("Budi")) == ()
        assert marks_seen(double, BUPATI, HERE, person="") == ()

    def test_nothing_tells_that_something_was_marked(self, double: Office) -> None:
        assert [e.what for e in history(double, BUPATI, HERE)] == ["entry"]
        assert marks_of_contest(double, BUPATI) == {}

    def test_once_both_agree_the_reason_stands_for_everybody(self, double: Office) -> None:
        enter(double, BUPATI, HERE, WRONG, by="Budi")
        assert len(marks_seen(double, BUPATI, HERE, person="")) == 2
        assert codes(double) == ["close-marked"]
        assert all(e.note == WHY for e in history(double, BUPATI, HERE) if e.what == "mark")


def test_marks_pass_from_post_to_post_in_any_order(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = second_post(office, tmp_path, monkeypatch)
    mark(here, rules=("R6",))
    mark(there, rules=("R6", "R7"), by="Budi")
    exchange(here, there)

    for each in (here, there):
        assert len(marks_of_contest(each, BUPATI)[HERE]) == 3
        assert codes(each) == ["close-marked"]
        assert audit(each).faults == ()
    # Whoever knows both says it once for both.
    mark(here, rules=("R6",), by="Citra")
    exchange(here, there)
    for each in (here, there):
        said = marks_of_contest(each, BUPATI)[HERE]
        assert sorted((m.rule, m.person) for m in said) == [
            ("R6", person_id("Citra")),
            ("R7", person_id("Budi")),
        ]
    here.close()
    there.close()
