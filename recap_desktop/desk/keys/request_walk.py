"""Requests of offices below, answered one after the other with the letter of each at hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.desk.keys.fingerprint_grid import FingerprintGrid
from recap_desktop.desk.keys.key_lines import KeyRow
from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.pieces.asked_boxes import AskedBoxes
from recap_desktop.election.definitions.regions import dotted
from recap_desktop.election.records.trusts import Why
from recap_desktop.office.keys import asking, certifying, revoking
from recap_desktop.office.keys.asking import Answer
from recap_desktop.office.keys.key_typing import shown
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QLineEdit

    from recap_desktop.desk.session import Session
    from recap_desktop.office.keys.asking import Asked
    from recap_desktop.office.keys.certifying import Issued
    from recap_desktop.office.upward.send_steps import OpenedKey

REASONS = tuple(Why)
"""Why a key is revoked, by the digit that is typed."""


def reason_of_digit(text: str) -> Why:
    """The reason that a digit stands for.

    Raises:
        KnownProblem: ``reason-not-chosen``.
    """
    if text.isdecimal() and 0 < int(text) <= len(REASONS):
        return REASONS[int(text) - 1]
    raise KnownProblem("reason-not-chosen", most=len(REASONS))


@dataclass(frozen=True, slots=True)
class _Outcome:
    text: str
    hue: Hue


class RequestWalk:
    """What became of each request so far; the key of the office is held until the walk ends.

    Attributes:
        asked: the requests.
        folder: where certificates are written.
    """

    def __init__(
        self, session: Session, asked: list[Asked], opened: OpenedKey, *, by: str, folder: Path
    ) -> None:
        """Nothing was answered yet; certificates that stand are written again at once.

        Raises:
            KnownProblem: ``document-not-written``.
        """
        self._session, self.asked, self._opened = session, asked, opened
        self._by, self.folder = by, folder
        self._outcomes: dict[int, _Outcome] = {}
        self._issued: Issued | None = None
        self._groups: list[QLineEdit] = []
        self._why: QLineEdit | None = None
        words = session.words
        for at, one in enumerate(asked):
            if one.problem is not None:
                self._outcomes[at] = _Outcome(session.problem_text(one.problem), Hue.CARE)
            elif one.answer is Answer.AGAIN and one.request is not None:
                path = asking.standing_again(session.office, one.request.code).write(folder)
                text = words("desk.kunci.walk-again", serial=one.standing, file=path.name)
                self._outcomes[at] = _Outcome(text, Hue.GOOD)
        self._count = len(self.left)

    @property
    def left(self) -> list[int]:
        """Places of the requests that wait for an answer."""
        return [at for at in range(len(self.asked)) if at not in self._outcomes]

    @property
    def is_over(self) -> bool:
        """Whether each has been answered."""
        return not self.left

    def rows(self) -> list[KeyRow]:
        """Each request and what became of it."""
        words = self._session.words
        rows = []
        for at, one in enumerate(self.asked):
            outcome = self._outcomes.get(at)
            if outcome is None:
                outcome = _Outcome(words[f"desk.kunci.walk-{one.answer.value}"], Hue.QUIET)
            name, code = one.path.name, ""
            if one.request is not None:
                code = dotted(one.request.code)
                name = self._session.office_name(one.request.code)
            rows.append(KeyRow((name, code, outcome.text), outcome.hue))
        return rows

    def count(self, hue: Hue) -> int:
        """How many ended well, or with care."""
        return sum(one.hue is hue for one in self._outcomes.values())

    def form(self) -> AskedBoxes:
        """The next request: its fingerprint, and the groups that are typed from the letter."""
        words = self._session.words
        one = self.asked[self.left[0]]
        assert one.request is not None
        seen = shown(one.request.key)
        name = self._session.office_name(one.request.code)
        number = self._count - len(self.left) + 1
        title = words(
            "desk.kunci.walk-title",
            number=number,
            count=self._count,
            name=name,
            code=dotted(one.request.code),
        )
        form = AskedBoxes(self._session, title, words["desk.kunci.walk-why"])
        form.show_widget(FingerprintGrid(seen.groups, name))
        self._groups = [
            form.ask(words("desk.kunci.group", number=group), longest=4) for group in seen.asked
        ]
        self._why = None
        if one.answer is Answer.REPLACES:
            caption = words("desk.kunci.walk-reason", serial=one.standing)
            self._why = form.ask(caption, longest=1)
        return form

    def issue(self) -> str:
        """Certify the one that is shown and write its file; what was done, as a sentence.

        Raises:
            KnownProblem: as ``certifying.issue`` and ``asking.issue_replacing``;
                ``reason-not-chosen``, ``document-not-written``.
        """
        office, words, at = self._session.office, self._session.words, self.left[0]
        request = self.asked[at].request
        assert request is not None
        typed, key = " ".join(box.text() for box in self._groups), self._opened.key
        # Where only the medium failed, it is issued already and is only written once more.
        if self._issued is None and self._why is not None:
            why = reason_of_digit(self._why.text().strip())
            made = asking.issue_replacing(office, request, typed, why=why, key=key, by=self._by)
            self._issued = made.issued
        elif self._issued is None:
            self._issued = certifying.issue(office, request, typed, key=key, by=self._by)
        path = self._issued.write(self.folder)
        serial = self._issued.certificate.serial
        text = words("desk.kunci.walk-issued", serial=serial, file=path.name)
        if self._why is not None:
            revoking.write_lists(office, self.folder)
            text = words("desk.kunci.walk-replaced", serial=serial, file=path.name)
        self._outcomes[at] = _Outcome(text, Hue.GOOD)
        self._issued = None
        return text

    def skip(self) -> None:
        """Leave the one that is shown for later; what was issued of it stays."""
        words = self._session.words
        self._outcomes[self.left[0]] = _Outcome(words["desk.kunci.walk-skipped"], Hue.CARE)
        self._issued = None
