"""Counts from somebody else's table: what its columns are, what would become of each TPS, then recorded."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from recap_desktop.desk.appearance import Hue
from recap_desktop.desk.import_choices import ImportChoices
from recap_desktop.desk.import_reading import ImportReading
from recap_desktop.desk.import_rows import (
    PreviewRow,
    is_shown,
    preview_choices,
    preview_columns,
    preview_rows,
)
from recap_desktop.desk.labels import PlainLabel
from recap_desktop.desk.mapping_panel import ImportList, MappingPanel
from recap_desktop.desk.step_bar import StepBar, StepButton
from recap_desktop.desk.table_model import RowsModel
from recap_desktop.desk.typefaces import sized
from recap_desktop.election.phrasing import Phrasing
from recap_desktop.office.importing import CountsImport
from recap_desktop.office.planned_counts import RECORDED, Fate
from recap_desktop.office.planned_words import why_text
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from recap_desktop.desk.background import Background
    from recap_desktop.desk.session import Session
    from recap_desktop.desk.window_settings import WindowSettings
    from recap_desktop.election.count_maps import CountMap
    from recap_desktop.office.import_tables import ImportTable

_IN_FULL = 9


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
        self._rows: list[PreviewRow] = []
        self._reading = ImportReading(session, background, self)
        self._title = PlainLabel(self._words["desk.import.title"])
        sized(self._title, 1.5, bold=True)
        self.about = PlainLabel()
        self.another = StepButton(self._words["desk.import.file"])
        self.choices = ImportChoices(session)
        self.mapping = MappingPanel(session)
        self.filter = QComboBox()
        self.filter.setAccessibleName(self._words["desk.import.filter"])
        self.filter.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.summary = PlainLabel()
        self.preview = ImportList()
        self.preview.setAccessibleName(self._words["desk.import.preview"])
        self._model: RowsModel[PreviewRow] = RowsModel(self)
        self.preview.setModel(self._model)
        self.detail = PlainLabel(lines=3)
        self._stack = QStackedWidget()
        self.foot = StepBar()
        self._arrange()
        self._connect()
        self.forget()

    def _arrange(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self._title)
        line.addWidget(self.about, 1)
        line.addWidget(self.another)
        shown = QWidget()
        filtered = QHBoxLayout()
        label = QLabel(self._words["desk.import.filter"])
        label.setBuddy(self.filter)
        filtered.addWidget(label)
        filtered.addWidget(self.filter)
        filtered.addWidget(self.summary, 1)
        below = QVBoxLayout(shown)
        below.setContentsMargins(0, 0, 0, 0)
        below.addLayout(filtered)
        below.addWidget(self.preview, 1)
        below.addWidget(self.detail)
        empty = PlainLabel(self._words["desk.import.empty"], lines=6)
        empty.set_align(Qt.AlignmentFlag.AlignHCenter)
        for page in (empty, self.mapping, shown):
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
        self.another.clicked.connect(self.ask)
        self.choices.reproposed.connect(self._propose)
        self.choices.changed.connect(self._back_to_map)
        self.mapping.changed.connect(self._offer_preview)
        self.mapping.finished.connect(self._offer_preview)
        self.mapping.went_on.connect(self.look)
        self.preview.pressed_key.connect(self._open_row)
        self.preview.doubleClicked.connect(self._open_row)
        self.preview.selectionModel().currentRowChanged.connect(self._tell_row)
        self.filter.activated.connect(self._fill)
        self._session.contest_changed.connect(self.forget)
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

    def _back_to_map(self) -> None:
        """A mark or the source changed: what was planned holds no longer."""
        if self._table is not None and self.mapping.map is not None:
            self._reading.stop()
            self._plan = None
            self._stack.setCurrentIndex(1)
            self.foot.offer_other(self._words["desk.import.leave"], self.left.emit)
            self._offer_preview()

    def look(self) -> None:
        """Read the whole table and show what would become of each TPS; nothing is written."""
        count_map, session = self.mapping.map, self._session
        if self._table is None or count_map is None or count_map.unsure:
            return
        if not session.person:
            self._tell(self._words["desk.import.who"])
            return
        desa, grouping = self.choices.marks
        made = replace(count_map, desa=desa, grouping=grouping)
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
        plan, words = self._plan, self._words
        if plan is None:
            return
        self._rows = preview_rows(plan)
        self.filter.clear()
        for code, text in preview_choices(words, plan):
            self.filter.addItem(text, code)
        self._fill()
        self._stack.setCurrentIndex(2)
        self.preview.selectRow(0)
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
            self.preview.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.foot.take_focus()

    def _fill(self) -> None:
        chosen = str(self.filter.currentData())
        rows = [row for row in self._rows if is_shown(row, chosen)]
        columns = preview_columns(self._session, self._phrasing(), self.palette())
        self._model.show(columns, rows)
        self.preview.share_room()
        self._tell_row()

    def _phrasing(self) -> Phrasing:
        session = self._session
        form = session.office.election.form(session.contest_id)
        return Phrasing(session.words, form, session.contest)

    def _tell_row(self) -> None:
        """The chosen row in full, below the list."""
        row = self._model.row(self.preview.currentIndex())
        planned = row.planned if row else None
        text = why_text(self._words, self._phrasing(), planned, most=_IN_FULL) if planned else ""
        self.detail.set_text(text)

    def _say_judged(self, done: int, size: int) -> None:
        """How many findings what will be recorded has, as far as it was judged."""
        plan, words = self._plan, self._words
        if plan is None:
            return
        crossed = plan.crossed() if done in (0, size) else 0
        texts = [words("import.findings", count=plan.findings, stations=plan.flagged)]
        if done < size:
            texts = [words("desk.import.judging", count=plan.findings)]
        if crossed:
            texts.append(words("import.crossed", count=crossed))
        self.summary.set_text("   ".join(texts))
        self.preview.viewport().update()

    def _open_row(self, _: object) -> None:
        """Enter opens the form of the TPS."""
        row = self._model.row(self.preview.currentIndex())
        if row is not None and row.tps:
            self._session.station_asked.emit(row.tps)

    # Recorded

    def record(self) -> None:
        """Record everything that is not refused, all or nothing."""
        plan, table, session = self._plan, self._table, self._session
        if plan is None or table is None or self.mapping.map is None:
            return
        name, count_map = table.name, self.mapping.map
        self._reading.stop()
        self.foot.next_button.setEnabled(False)
        total = sum(one.fate in RECORDED for one in plan.plan)
        if not session.record(partial(plan.record, partial(self._say_recorded, total))):
            self.foot.next_button.setEnabled(True)
            return
        table.remember(count_map)
        self.forget()
        self.about.set_text("")
        self.foot.say(self._words("desk.import.recorded", count=total, file=name), Hue.GOOD)

    def _say_recorded(self, total: int, count: int) -> None:
        """Inside the transaction: the window is drawn, and nobody can do anything meanwhile."""
        self.foot.say(self._words("desk.import.recording", count=count, total=total))
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

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
