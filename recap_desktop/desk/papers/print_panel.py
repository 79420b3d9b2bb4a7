"""What is asked before printing: where to, what, for whom; how many pages and minutes that makes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.papers.print_run import PrintJob, Target
from recap_desktop.desk.papers.speed_box import SpeedBox
from recap_desktop.desk.pieces.numbered_line import NumberedLine, OfferedTexts
from recap_desktop.desk.pieces.tick_list import TickList
from recap_desktop.office.entry.usual_words import usual_reasons
from recap_desktop.office.papers.paper_making import PaperKind
from recap_desktop.office.papers.print_plan import (
    Addressee,
    PlannedPaper,
    PrintPlan,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recap_desktop.desk.laptop.printer_settings import PrinterSettings
    from recap_desktop.desk.session import Session
    from recap_desktop.election.records.copies import Copy

_THIS, _ALL = "this", "all"
_LONGEST = 120


class PrintPanel(QWidget):
    """Choices at the side of the paper; nothing leaves before they are taken.

    ``changed`` comes when the figures at its foot are others; ``counting`` asks for the pages of
    all papers of the plan.
    """

    changed = Signal()
    counting = Signal()

    def __init__(
        self,
        session: Session,
        remembered: PrinterSettings,
        this: PlannedPaper,
        known: Sequence[Copy],
        printers: Sequence[str],
    ) -> None:
        """Ask about one paper, of which some copies may be known already."""
        super().__init__()
        self._words = session.words
        self._remembered = remembered
        self._this = this
        self._known = tuple(known)
        self._plan: PrintPlan | None = None
        words = self._words
        self.printer, self.what = QComboBox(), QComboBox()
        self._fill(printers)
        self.whom = TickList()
        self.other = QLineEdit()
        self.other.setCompleter(_completer(remembered.others, self))
        self.speed = SpeedBox(words)
        self.pages = QLineEdit()
        self.reason = NumberedLine()
        self.reason.offer(usual_reasons(words, "print-again"))
        self.offered = OfferedTexts(words, (self.reason,))
        self.sums = PlainLabel(lines=2)
        self.progress = QProgressBar()
        self.progress.hide()
        self._captions: dict[QWidget, QLabel] = {}
        self._arrange()
        self.what.activated.connect(self._choose)
        self.printer.activated.connect(self._choose_printer)
        self.speed.changed.connect(self._sum)
        self.whom.turned.connect(self._sum)
        self.other.textChanged.connect(self._sum)
        self.pages.textChanged.connect(self._sum)
        self._choose()

    def _fill(self, printers: Sequence[str]) -> None:
        for name in printers:
            self.printer.addItem(name, name)
        self.printer.addItem(self._words["desk.print.to-folder"], "")
        self.what.addItem(self._words["desk.print.this"], _THIS)
        self.what.addItem(self._words["desk.print.all"], _ALL)
        for copy in self._known:
            self.what.addItem(self._again_text(copy), copy.record.id)
        for box in (self.printer, self.what):
            # A name of a printer is as long as somebody made it: the panel stays as wide.
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(8)

    def _again_text(self, copy: Copy) -> str:
        code = "revision" if copy.revision else "draft"
        return self._words(
            f"desk.print.again-{code}",
            revision=str(copy.revision),
            number=copy.number,
            whom=copy.addressee or "-",
        )

    def _arrange(self) -> None:
        words = self._words
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(1)
        title = PlainLabel(self._title(), lines=2)
        sized(title, 1.0, bold=True)
        box.addWidget(title)
        fields: tuple[tuple[str, QWidget], ...] = (
            ("printer", self.printer),
            ("what", self.what),
            ("whom", self.whom),
            ("pages", self.pages),
            ("reason", self.reason),
        )
        for code, field in fields:
            label = self._caption(code, field)
            if field is self.pages:
                box.addWidget(self.other)
            if field is self.printer:
                row = QHBoxLayout()
                row.addWidget(label, 1)
                row.addWidget(self.speed)
                box.addLayout(row)
            else:
                box.addWidget(label)
            box.addWidget(field, 1 if field is self.whom else 0)
        for line in (self.other, self.pages, self.reason):
            line.setMaxLength(_LONGEST)
            line.returnPressed.connect(self._go_on)
        self.pages.setPlaceholderText(words["desk.print.pages-all"])
        # Its caption stands in it: the list above needs the room.
        self.other.setPlaceholderText(words["desk.print.other"])
        self.other.setAccessibleName(words["desk.print.other"])
        box.addWidget(self.offered)
        box.addWidget(self.sums)
        box.addWidget(self.progress)
        box.addStretch(0)
        self.setTabOrder(self.printer, self.speed.field)
        self.setTabOrder(self.speed.field, self.what)

    def _caption(self, code: str, field: QWidget) -> QLabel:
        """What stands above a box."""
        label = QLabel(self._words[f"desk.print.{code}"])
        label.setBuddy(field)
        sized(label, 0.86)
        field.setAccessibleName(label.text())
        self._captions[field] = label
        return label

    def _title(self) -> str:
        """The paper with its revision, which the list above does not show meanwhile."""
        this, words = self._this, self._words
        if not this.revision:
            return this.title
        return f"{this.title}, {words('desk.print.of-revision', number=str(this.revision))}"

    def _go_on(self) -> None:
        self.focusNextChild()

    @property
    def last(self) -> QWidget:
        """The box before the next step."""
        return self.reason if self.again else self.other

    # What is offered first

    def choose_printer(self, name: str) -> None:
        """Begin with a printer; nobody is asked which paper it has."""
        self.printer.setCurrentIndex(max(0, self.printer.findData(name)))
        self._show_speed()

    def _choose_printer(self) -> None:
        self._show_speed()
        self.changed.emit()

    def _show_speed(self) -> None:
        name = self.target.printer
        known = self._remembered.speed(name)
        self.speed.show_speed(known, is_measured=self._remembered.is_measured(name))
        self.speed.setVisible(bool(name))

    def offer_all(self, *, is_offered: bool) -> None:
        """Whether all papers of the plan can be asked for here."""
        if not is_offered:
            self.what.removeItem(self.what.findData(_ALL))

    def choose_again(self, copy: Copy) -> None:
        """Begin with a copy that is printed again."""
        self.what.setCurrentIndex(self.what.findData(copy.record.id))
        self._choose()

    def remember(self) -> None:
        """Note on this machine what was chosen here: speed, who was left out, who was added."""
        if self.speed.is_typed:
            self._remembered.type_speed(self.target.printer, self.speed.typed)
        if self.again is not None or self.is_all:
            return
        every = [one.code for one in self._this.addressees]
        ticked = self.whom.ticked
        left = [code for code, on in zip(every, ticked, strict=False) if code and not on]
        had = [code for code in self._left_out if code not in every]
        self._remembered.leave_out(self._this.paper.kind, [*left, *had])
        if other := self._other_name:
            self._remembered.add_other(other)

    @property
    def _left_out(self) -> frozenset[str]:
        return self._remembered.left_out(self._this.paper.kind)

    # What is chosen

    @property
    def again(self) -> Copy | None:
        """The copy of which pages are printed again."""
        chosen = self.what.currentData()
        return next((copy for copy in self._known if copy.record.id == chosen), None)

    @property
    def is_all(self) -> bool:
        """Whether all papers of the plan are printed."""
        return bool(self.what.currentData() == _ALL)

    def _choose(self) -> None:
        is_again = self.again is not None
        shown = {
            self.whom: not is_again,
            self.pages: is_again,
            self.reason: is_again,
        }
        for field, is_shown in shown.items():
            field.setVisible(is_shown)
            self._captions[field].setVisible(is_shown)
        self.other.setVisible(not is_again and not self.is_all)
        self.offered.setVisible(is_again)
        code = "papers" if self.is_all else "whom"
        self._captions[self.whom].setText(self._words[f"desk.print.{code}"])
        if self.is_all and self._plan is None:
            self.whom.fill((), ticked=())
            self.sums.set_text(self._words["desk.print.counting"])
            self.counting.emit()
        else:
            self._list()

    def show_plan(self, plan: PrintPlan) -> None:
        """List all papers of the plan with their pages."""
        self._plan = plan
        if self.is_all:
            self._list()

    def _list(self) -> None:
        words = self._words
        if self.is_all and self._plan is not None:
            papers = self._plan.papers
            texts = [
                words(
                    "desk.print.paper",
                    title=one.title,
                    pages=one.pages,
                    copies=len(one.addressees),
                )
                for one in papers
            ]
            self.whom.fill(texts, ticked=[bool(one.addressees) for one in papers])
            return
        names = [one.name for one in self._this.addressees]
        had = [words("desk.print.had", whom=name) for name in self._this.had]
        # Of a slip nobody waits for one: whoever asks is ticked.
        is_wanted = self._this.paper.kind != PaperKind.SLIP.value
        ticked = [is_wanted and one.code not in self._left_out for one in self._this.addressees]
        self.whom.fill([*names, *had], ticked=[*ticked, *([False] * len(had))])

    def show_pages(self, pages: int) -> None:
        """Take how many pages the paper has."""
        self._this = replace(self._this, pages=pages)
        self._sum()

    def _ticked_papers(self) -> tuple[PlannedPaper, ...]:
        if not self.is_all:
            pages = self._this.pages
            return (replace(self._this, addressees=self._chosen_names(), pages=pages),)
        papers = self._plan.papers if self._plan else ()
        marks = self.whom.ticked
        return tuple(one for one, on in zip(papers, marks, strict=False) if on)

    def _chosen_names(self) -> tuple[Addressee, ...]:
        every = (*self._this.addressees, *(Addressee("", name) for name in self._this.had))
        names = [one for one, on in zip(every, self.whom.ticked, strict=False) if on]
        other = self._other_name
        return (*names, Addressee("", other)) if other else tuple(names)

    @property
    def _other_name(self) -> str:
        return " ".join(self.other.text().split())

    @property
    def copies(self) -> int:
        """Copies that would be printed now."""
        if self.again is not None:
            return 1
        return PrintPlan(self._ticked_papers()).copies

    def _sum(self) -> None:
        words = self._words
        if self.again is None:
            plan = PrintPlan(self._ticked_papers())
            text = words(
                "desk.print.sums",
                copies=plan.copies,
                pages=plan.sheets,
                minutes=plan.minutes(self.speed.pages_a_minute),
                speed=self.speed.pages_a_minute,
            )
        else:
            text = words("desk.print.again", whole=self.again.whole)
        self.sums.set_text(text)
        self.changed.emit()

    def jobs(self) -> tuple[PrintJob, ...]:
        """What is to be printed."""
        if self.again is not None:
            return (
                PrintJob(
                    self.again.paper,
                    again=self.again,
                    pages=self.pages.text(),
                    reason=self.reason.text().strip(),
                ),
            )
        return tuple(
            PrintJob(one.paper, tuple(whom.name for whom in one.addressees))
            for one in self._ticked_papers()
            if one.addressees
        )

    @property
    def target(self) -> Target:
        """Where to; without a printer into a folder, which is asked for."""
        return Target(printer=str(self.printer.currentData()))

    # While it prints

    def show_progress(self, done: int, whole: int) -> None:
        """Show how many copies have left; the choices rest meanwhile."""
        self.progress.setRange(0, max(whole, 1))
        self.progress.setValue(done)
        self.progress.setFormat(self._words("desk.print.progress", done=done, whole=whole))
        self.progress.show()
        self.other.hide()
        self.speed.hide()
        for field in self._captions:
            field.setEnabled(False)

    def rest(self) -> None:
        """Nothing prints any more."""
        self.progress.hide()
        for field in self._captions:
            field.setEnabled(True)
        self._show_speed()
        self.other.setVisible(self.again is None and not self.is_all)


def _completer(names: Sequence[str], parent: QWidget) -> QCompleter:
    """Names that were typed before, offered from their beginning."""
    completer = QCompleter(list(names), parent)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    return completer
