"""Counts from somebody else's table: what its columns are, what would become of each TPS, then recorded."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from recap_desktop.desk.laptop.patience import Patience
from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.pieces.step_bar import StepBar, StepButton
from recap_desktop.desk.tables.import_choices import ImportChoices
from recap_desktop.desk.tables.import_reading import ImportReading
from recap_desktop.desk.tables.map_buttons import MapButtons
from recap_desktop.desk.tables.mapping_panel import MappingPanel
from recap_desktop.desk.tables.preview_panel import PreviewPanel
from recap_desktop.office.tables.import_maps import save_map
from recap_desktop.office.tables.importing import CountsImport
from recap_desktop.office.tables.planned_counts import RECORDED, Fate
from recap_desktop.problems import KnownProblem
from recap_desktop.way import GivenUp, Way

if TYPE_CHECKING:
    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.laptop.window_settings import WindowSettings
    from recap_desktop.desk.session import Session
    from recap_desktop.election.tables.count_maps import CountMap
    from recap_desktop.office.tables.import_tables import ImportTable


class ImportPage(QWidget):
    """First the columns, then the preview; the one next step is always in the same corner."""

    left = Signal()

    def __init__(
        self,
        session: Session,
        settings: WindowSettings,
        background: Background,
        parent: QWidget | None = None,
    ) -> None:
        """No file yet."""
        super().__init__(parent)
        self._session, self._settings = session, settings
        self._words = session.words
        self._table: ImportTable | None = None
        self._plan: CountsImport | None = None
        self._reading = ImportReading(session, background, self)
        self._patience = Patience(background, self)
        self._total = 0
        self._title = PlainLabel(self._words["desk.import.title"])
        sized(self._title, 1.5, bold=True)
        self.about = PlainLabel()
        self.another = StepButton(self._words["desk.import.file"])
        self.choices = ImportChoices(session)
        self.mapping = MappingPanel(session)
        self.shown = PreviewPanel(session)
        self.maps = MapButtons(self._words, settings)
        self._stack = QStackedWidget()
        self.foot = StepBar()
        self._arrange()
        self._connect()
        self.forget()

    def _arrange(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self._title)
        line.addWidget(self.about, 1)
        line.addWidget(self.maps)
        line.addWidget(self.another)
        empty = PlainLabel(self._words["desk.import.empty"], lines=6)
        empty.set_align(Qt.AlignmentFlag.AlignHCenter)
        for page in (empty, self.mapping, self.shown):
            self._stack.addWidget(page)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 6, 10, 6)
        box.addLayout(line)
        box.addWidget(self.choices)
        box.addWidget(self._stack, 1)
        box.addWidget(self.foot)

    def _connect(self) -> None:
        reading = self._reading
        reading.opened.connect(self._show_table)
        reading.failed.connect(self._fail)
        reading.went_on.connect(self._say_read)
        reading.planned.connect(self._show_plan)
        reading.judged.connect(self._say_judged)
        self._patience.advanced.connect(self._say_recorded)
        self.another.clicked.connect(self.ask)
        self.choices.reproposed.connect(self._propose)
        self.choices.changed.connect(self._back_to_map)
        self.mapping.changed.connect(self._offer_preview)
        self.mapping.finished.connect(self._offer_preview)
        self.mapping.went_on.connect(self.look)
        self.maps.save_chosen.connect(self._save_map)
        self.maps.load_chosen.connect(self._load_map)
        self._session.contest_changed.connect(self.forget)
        self._session.recorded.connect(self._look_again)
        self._session.person_changed.connect(self._plan_anew)
        self._session.told.connect(self._tell)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._go_back)

    # A file

    def forget(self) -> None:
        """Look at no file: at first, and where another contest is looked at."""
        self._reading.stop()
        self._table = self._plan = None
        self.about.set_text("")
        self.choices.hide()
        self.maps.hide()
        self._stack.setCurrentIndex(0)
        self.foot.no_other()
        self.foot.say(self._words["desk.import.say"])
        self.foot.offer(self._words["desk.import.choose"], self.ask)
        self.foot.offer_other(self._words["desk.import.leave"], self.left.emit)

    def ask(self) -> None:
        """Ask for a file."""
        kinds, title = self._words["desk.import.kinds"], self._words["desk.import.title"]
        folder = self._settings.import_folder or Path.home()
        path, _ = QFileDialog.getOpenFileName(self, title, str(folder), kinds)
        if path:
            self.open(Path(path))

    def open(self, path: Path) -> None:
        """Open a file and find what its columns are."""
        self.forget()
        self._settings.import_folder = path.parent
        self.choices.forget()
        self.foot.say(self._words("desk.import.opening", file=path.name))
        self._reading.open(path)

    def _propose(self) -> None:
        """Look anew: another sheet, another shape, other rows of heads."""
        if self._table is not None:
            chosen = self.choices
            self.foot.say(self._words("desk.import.opening", file=self._table.name))
            self._reading.propose(
                self._table,
                partial(
                    self._table.propose,
                    chosen.chosen_sheet,
                    chosen.chosen_shape,
                    chosen.chosen_header,
                ),
            )

    def _fail(self, problem: KnownProblem) -> None:
        self.foot.say(self._session.problem_text(problem), Hue.CARE)

    def _show_table(self, table: ImportTable, found: CountMap | KnownProblem) -> None:
        words = self._words
        self._table, self._plan = table, None
        encoding, delimiter = table.encoding
        about = words("desk.import.about", file=table.name)
        if encoding:
            named = {"\t": words["desk.import.tab"]}.get(delimiter, delimiter)
            about = words(
                "desk.import.about-csv", file=table.name, encoding=encoding, delimiter=named
            )
        self.about.set_text(about)
        self.choices.show()
        self.maps.show()
        count_map = None if isinstance(found, KnownProblem) else found
        self.choices.show_table(table, count_map)
        self.mapping.show_map(count_map)
        self._stack.setCurrentIndex(1)
        self.foot.offer_other(words["desk.import.leave"], self.left.emit)
        self._offer_preview()
        if isinstance(found, KnownProblem):
            self._fail(found)
        self.mapping.table.setFocus(Qt.FocusReason.TabFocusReason)

    # The columns

    def _offer_preview(self) -> None:
        count_map, words = self.mapping.map, self._words
        unsure = len(count_map.unsure) if count_map else 0
        taken = len(count_map.targets) if count_map else 0
        self.foot.offer(words["desk.import.look"], self.look)
        self.foot.next_button.setEnabled(count_map is not None and not unsure)
        if unsure:
            self.foot.say(words("desk.import.unsure", count=unsure), Hue.CARE)
        elif count_map is not None:
            self.foot.say(words("desk.import.sure", count=taken), Hue.GOOD)

    def _save_map(self, path: Path) -> None:
        made = self._marked()
        if made and self._session.attempt(partial(save_map, made, path)):
            self.foot.say(self._words("desk.import.map-saved", path=str(path)), Hue.GOOD)

    def _load_map(self, path: Path) -> None:
        if self._table is not None:
            self._reading.propose(self._table, partial(self._table.by_map, path))

    def _marked(self) -> CountMap | None:
        """How the table is taken, with the marks that are chosen above it."""
        desa, grouping = self.choices.marks
        made = self.mapping.map
        return replace(made, desa=desa, grouping=grouping) if made else None

    def _back_to_map(self) -> None:
        """A mark or the source changed: what was planned holds no longer."""
        if self._table is not None and self.mapping.map is not None:
            self._reading.stop()
            self._plan = None
            self._stack.setCurrentIndex(1)
            self.foot.offer_other(self._words["desk.import.leave"], self.left.emit)
            self._offer_preview()

    def _look_again(self) -> None:
        """Something was recorded since the preview, which may hold no longer."""
        if self._plan is not None:
            self._back_to_map()
            self.foot.say(self._words["desk.import.stale"], Hue.CARE)

    def _plan_anew(self) -> None:
        """Another is there: what would become of each TPS is theirs."""
        if self._plan is not None:
            self._back_to_map()
            self.look()

    def look(self) -> None:
        """Read the whole table and show what would become of each TPS; nothing is written."""
        made, session = self._marked(), self._session
        if self._table is None or made is None or made.unsure:
            return
        if not session.person:
            self._tell(self._words["desk.import.who"])
            return
        source = self.choices.chosen_source
        try:
            plan = CountsImport(session.office, self._table, made, by=session.person, source=source)
        except KnownProblem as problem:
            self._fail(problem)
            return
        self.mapping.map = made
        self._plan = plan
        self.foot.say(self._words("desk.import.reading", count=0))
        self.foot.next_button.setEnabled(False)
        self.foot.offer_other(self._words["desk.import.stop"], self._back_to_map)
        self._reading.read(plan)

    def _say_read(self, count: int) -> None:
        self.foot.say(self._words("desk.import.reading", count=count))

    # The preview

    def _show_plan(self) -> None:
        plan = self._plan
        if plan is None:
            return
        self.shown.show_plan(plan)
        self._stack.setCurrentIndex(2)
        self._offer_record()
        self._say_judged(0, 1)

    def _offer_record(self) -> None:
        plan, words = self._plan, self._words
        if plan is None:
            return
        counted = plan.counted()
        count = sum(counted[fate] for fate in RECORDED)
        refused = counted[Fate.REFUSED]
        self.foot.offer_other(words["desk.import.back"], self._back_to_map)
        code = "record-without" if refused else "record"
        text = words(
            f"desk.import.{code}", count=count, **({"refused": refused} if refused else {})
        )
        self.foot.offer(text, self.record)
        self.foot.next_button.setEnabled(bool(count) and self._session.office.can_write)
        if refused:
            self.foot.say(words("desk.import.some-refused", count=refused), Hue.CARE)
        elif count:
            self.foot.say(words("desk.import.ready", count=count), Hue.GOOD)
        else:
            self.foot.say(words["desk.import.nothing"])
        if refused or not self.foot.next_button.isEnabled():
            self.shown.table.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.foot.take_focus()

    def _say_judged(self, done: int, size: int) -> None:
        if self._plan is not None:
            self.shown.say_judged(self._plan, done, size)

    # Recorded

    def record(self) -> None:
        """Record everything that is not refused, all or nothing; it can be given up until then."""
        plan, table, session = self._plan, self._table, self._session
        if plan is None or table is None or self.mapping.map is None:
            return
        name, count_map = table.name, self.mapping.map
        self._reading.stop()
        # From here on what is recorded is our own.
        self._plan = None
        self._total = sum(one.fate in RECORDED for one in plan.plan)
        self._say_recorded(0)
        self.foot.next_button.setEnabled(False)
        self.foot.offer_other(self._words["desk.act.give-up"], self._patience.give_up)
        self.foot.other_button.setFocus(Qt.FocusReason.TabFocusReason)
        try:
            went = session.record(
                partial(
                    self._patience.run, partial(_record, plan, self._total), self.foot.other_button
                )
            )
        except GivenUp:
            self._plan = plan
            self._offer_record()
            self.foot.say(self._words("desk.work.import-given-up", file=name), Hue.CARE)
            return
        if not went:
            self._plan = plan
            self._offer_record()
            return
        table.remember(count_map)
        self.forget()
        self.about.set_text("")
        self.foot.say(self._words("desk.import.recorded", count=self._total, file=name), Hue.GOOD)

    def _say_recorded(self, percent: int) -> None:
        """Inside the transaction: the window is drawn, and only one button is heard."""
        count = percent * self._total // 100
        self.foot.say(self._words("desk.import.recording", count=count, total=self._total))

    # The page

    def _go_back(self) -> None:
        """Escape: from the preview to the columns, from there to the office."""
        if self._stack.currentIndex() == 2 or self._reading.is_reading:  # noqa: PLR2004 - the preview
            self._back_to_map()
        else:
            self.left.emit()

    def _tell(self, text: str) -> None:
        self.foot.say(text, Hue.CARE)

    def take_focus(self) -> None:
        """Go where the work is."""
        if self._stack.currentIndex() == 1 and self.mapping.map and self.mapping.map.unsure:
            self.mapping.table.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.foot.take_focus()

    def stop(self) -> None:
        """The office is being left."""
        self._reading.stop()


def _record(plan: CountsImport, total: int, way: Way) -> None:
    plan.record(lambda count: way.at(count, total))
