"""An office on the desk: which contest is looked at, who types, and what was just recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from recap_desktop.election.definitions.regions import Level, dotted, station_number
from recap_desktop.election.figures.tallies import Source, State
from recap_desktop.election.records.people import person_id
from recap_desktop.office.checks.voices import voice_of
from recap_desktop.office.entry.drafts import Drafts
from recap_desktop.office.entry.next_form import next_form, next_to_type
from recap_desktop.office.people.people import allows, guarded
from recap_desktop.office.people.signing_in import set_first_password, sign_in, sign_out
from recap_desktop.office.plenary.read_back import is_in_session, next_unread, reads_stations
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Callable

    from recap_desktop.election.checks.voices import Voice
    from recap_desktop.election.definitions.contests import Contest
    from recap_desktop.election.definitions.forms import Layout
    from recap_desktop.election.records.roles import Deed
    from recap_desktop.election.wording import Words
    from recap_desktop.office.opening import Office


class Session(QObject):
    """What all pages of the window share; they read it and listen, and never to each other.

    Attributes:
        office: the open office.
        words: sentences of the screen.
        contest_id: the contest that is looked at.
        person: name of who types; empty until somebody said it.
        saved_at: time of the last record made here; empty before.
        is_in_one_go: whether all contests of a TPS are typed before the next TPS.
        source: the paper that is typed from; what is read out is always the C.HASIL.
        is_locked: whether the screen is locked until who was there, or another, signs in.
    """

    recorded = Signal()
    contest_changed = Signal()
    person_changed = Signal()
    left = Signal()
    locked = Signal()
    unlocked = Signal()
    access_changed = Signal()
    in_one_go_changed = Signal()
    source_changed = Signal()
    station_asked = Signal(str)
    unit_asked = Signal(str)
    history_asked = Signal(str)
    slip_asked = Signal(str)
    trouble_asked = Signal()
    told = Signal(str)

    def __init__(self, office: Office, words: Words, parent: QObject | None = None) -> None:
        """Look at the first contest of the office."""
        super().__init__(parent)
        self.office = office
        self.words = words
        self.contest_id = office.contests[0]
        self.person = ""
        self.saved_at = ""
        self.is_in_one_go = False
        self.source = Source.C_HASIL
        self.is_locked = False
        self._drafts: Drafts | None = None

    @property
    def contest(self) -> Contest:
        """The contest that is looked at."""
        return self.office.election.contest(self.contest_id)

    @property
    def layout(self) -> Layout:
        """Cells and checks of its form."""
        return self.office.election.layout(self.contest_id)

    @property
    def person_id(self) -> str:
        """Id of who types; empty for nobody."""
        return person_id(self.person) if self.person else ""

    @property
    def voice(self) -> Voice:
        """In which voice this person is told of findings now."""
        return voice_of(self.office, self.person_id)

    @property
    def drafts(self) -> Drafts | None:
        """What this person left unsaved; None for nobody."""
        return self._drafts

    def choose_contest(self, contest_id: str) -> None:
        """Look at another contest."""
        if contest_id != self.contest_id:
            self.contest_id = contest_id
            self.contest_changed.emit()

    def choose_in_one_go(self, wanted: bool) -> None:  # noqa: FBT001 - a slot
        """Type all contests of a TPS before the next TPS, or one contest through all TPS."""
        wanted = wanted and len(self.office.contests) > 1
        if wanted != self.is_in_one_go:
            self.is_in_one_go = wanted
            self.in_one_go_changed.emit()

    def next_contest(self) -> None:
        """Look at the next contest, after the last at the first."""
        held = self.office.contests
        self.choose_contest(held[(held.index(self.contest_id) + 1) % len(held)])

    def choose_person(self, name: str, password: str = "", *, is_first: bool = False) -> None:
        """Somebody says who they are, with a password where the office asks for one.

        Who comes back after the idle lock goes on where they were.

        Args:
            name: as typed.
            password: as typed.
            is_first: whether a chair sets it as the first one of this laptop.

        Raises:
            KnownProblem: as ``sign_in`` and ``set_first_password``.
        """
        said, office = " ".join(name.split()), self.office
        if is_first:
            key = set_first_password(office, said, password)
        else:
            key = sign_in(office, said, password)
        was_locked, self.is_locked = self.is_locked, False
        if was_locked and key == self.person_id:
            self.unlocked.emit()
            return
        self.person = said
        self._drafts = Drafts(office, key)
        if was_locked:
            self.unlocked.emit()
        self.person_changed.emit()

    def turn_source(self) -> None:
        """Type from the other paper from now on: from a salinan, or from the C.HASIL again."""
        is_copy = self.source is Source.SALINAN
        self.source = Source.C_HASIL if is_copy else Source.SALINAN
        self.source_changed.emit()

    def go_on_as(self, person: str, present: str) -> None:
        """Go on as who worked in the same office before it was opened again.

        Args:
            person: the name.
            present: id of who had signed in.
        """
        self.office.present, self.person = present, person
        if self.is_present:
            self._drafts = Drafts(self.office, self.person_id)
            self.person_changed.emit()
        else:
            self.leave()

    @property
    def is_guarded(self) -> bool:
        """Whether the office asks for passwords."""
        return guarded(self.office)

    @property
    def is_present(self) -> bool:
        """Whether somebody said who they are, and signed in where that is asked."""
        return bool(self.person) and (not self.is_guarded or self.office.present == self.person_id)

    def allows(self, deed: Deed) -> bool:
        """Whether a deed is to be offered: somebody may do it, or nobody has signed in yet."""
        return not self.is_present or allows(self.office, deed)

    def offered(self, deed: Deed, text: str) -> str:
        """The text of a step that may be offered; else nothing."""
        return text if self.allows(deed) else ""

    def leave(self) -> None:
        """Nobody is there any more; what was typed stays as a draft."""
        sign_out(self.office)
        self.person = ""
        self._drafts = None

    def lock(self) -> bool:
        """Let nobody act until a password is given. Whether there was anybody to be locked out."""
        if self.is_locked or not (self.is_guarded and self.is_present):
            return False
        sign_out(self.office)
        self.is_locked = True
        self.locked.emit()
        return True

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do something with the office; a known problem is told in the page. Whether it went."""
        try:
            act()
        except KnownProblem as problem:
            self.told.emit(self.problem_text(problem))
            return False
        return True

    def record(self, act: Callable[[], object]) -> bool:
        """Do something that records, and let every page look again. Whether it went."""
        if not self.attempt(act):
            return False
        self.saved_at = self.office.now()
        self.look_who_is_here()
        self.recorded.emit()
        return True

    def look_who_is_here(self) -> None:
        """Ask anew who is there when the office has begun to ask for passwords meanwhile."""
        if self.person and not self.is_locked and not self.is_present:
            self.leave()
            self.left.emit()

    def problem_text(self, problem: KnownProblem) -> str:
        """A known problem as a sentence, with up to three of its faults."""
        lines = [self.words.problem(problem)]
        lines += [self.words.fault(fault) for fault in problem.faults[:3]]
        return " ".join(lines)

    # Where the work goes on

    @property
    def is_reading(self) -> bool:
        """Whether the plenary is open."""
        return is_in_session(self.office)

    @property
    def reads_stations(self) -> bool:
        """Whether forms of TPS are read out now, not typed to prepare: never above a kecamatan."""
        return reads_stations(self.office)

    def next_station(self, after: str) -> str:
        """The next TPS to be typed after one, in the plenary to be read out; else empty."""
        if self.reads_stations:
            return next_unread(self.office, self.contest_id, after=after)
        return next_to_type(self.office, self.contest_id, after=after, person=self.person_id)

    def is_second(self, contest_id: str, tps: str) -> bool:
        """Whether what is typed next of a TPS is its second entry."""
        stored = self.office.file.contests[contest_id].tally(tps)
        return stored is not None and stored.tally.state is State.SINGLE

    def next_form(self, after: str) -> tuple[str, str] | None:
        """The contest and TPS to be typed after a TPS; in one go another contest of it first."""
        if self.is_in_one_go and not self.reads_stations:
            return next_form(self.office, self.contest_id, after, person=self.person_id)
        following = self.next_station(after)
        return (self.contest_id, following) if following else None

    def form_name(self, contest_id: str, tps: str) -> str:
        """A form in a few words: the TPS, and the contest where it is another than before."""
        station = self.station(tps)
        if contest_id == self.contest_id:
            return station
        number = str(self.office.contests.index(contest_id) + 1)
        name = self.contest_name(contest_id)
        return self.words("desk.contests.form", number=number, name=name, station=station)

    # Names as they stand on the screen

    def contest_name(self, contest_id: str) -> str:
        """A contest as it is told from the others: with its dapil, where it has one."""
        contest = self.office.election.contest(contest_id)
        if not contest.dapil or contest.dapil.casefold() in contest.title.casefold():
            return contest.title
        return self.words("desk.head.of-dapil", title=contest.title, dapil=contest.dapil)

    def village(self, tps: str) -> str:
        """Name of the desa of a TPS."""
        return self.office.election.tree.name(tps[: Level.DESA.value])

    def station(self, tps: str) -> str:
        """A TPS in a few words: ``TPS 003 Ciamis``; above a kecamatan with its kecamatan."""
        text = self.words("desk.station", number=station_number(tps), village=self.village(tps))
        if len(self.office.code) >= Level.KECAMATAN.value:
            return text
        above = self.office.election.tree.name(tps[: Level.KECAMATAN.value])
        return self.words("desk.station-in", station=text, kecamatan=above)

    def station_code(self, tps: str) -> str:
        """The code of a TPS as people write it."""
        return dotted(tps)

    def office_name(self, code: str = "") -> str:
        """The office (or another) as it is called: ``PPK Ciamis``, ``KPU Kabupaten Ciamis``."""
        level = self.office.election.unit_word(code or self.office.code)
        name = self.office.election.tree.name(code or self.office.code)
        return self.words(f"desk.office.{level}", name=name)
