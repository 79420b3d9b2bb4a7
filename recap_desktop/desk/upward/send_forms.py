"""The forms of the Kirim page, and what is done with what was typed in them."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit

from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.pieces.asked_boxes import AskedBoxes
from recap_desktop.office.keys import own_keys, taking_certificates
from recap_desktop.office.keys.key_letter import letter_of
from recap_desktop.office.keys.own_keys import wanted_key
from recap_desktop.office.papers.printing import write_book
from recap_desktop.office.upward import receipts
from recap_desktop.office.upward.proposals import proposals
from recap_desktop.office.upward.send_steps import OpenedKey, open_the_key
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Callable

    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.laptop.window_settings import WindowSettings
    from recap_desktop.desk.session import Session


class SendForms(QObject):
    """Makes each form, and does what it asks; ``done`` brings what is to be said of it."""

    done = Signal(str, Hue)
    refused = Signal(object)
    package_asked = Signal(object, object, str, str)

    def __init__(
        self, session: Session, settings: WindowSettings, background: Background, parent: QObject
    ) -> None:
        """No form yet."""
        super().__init__(parent)
        self._session, self._settings, self._background = session, settings, background
        self._fields: dict[str, QLineEdit] = {}

    def _form(self, code: str, **details: str | int) -> AskedBoxes:
        words = self._session.words
        title, why = words[f"desk.kirim.{code}-title"], words(f"desk.kirim.{code}-why", **details)
        form = AskedBoxes(self._session, title, why)
        self._fields = {"by": form.ask_name()}
        return form

    def _text(self, name: str) -> str:
        return self._fields[name].text().strip()

    def _path(self, name: str, *, is_folder: bool = False) -> Path:
        """What was typed or chosen.

        Raises:
            KnownProblem: ``path-not-chosen``, ``folder-missing``.
        """
        field = self._fields[name]
        if not self._text(name):
            raise KnownProblem("path-not-chosen", what=field.accessibleName())
        path = Path(self._text(name))
        if is_folder and not path.is_dir():
            raise KnownProblem("folder-missing", path=str(path))
        return path

    def clear_secrets(self) -> None:
        """Forget the passphrases that were typed."""
        for field in self._fields.values():
            if field.echoMode() is QLineEdit.EchoMode.Password:
                field.clear()

    def _ask_key_file(self, form: AskedBoxes) -> None:
        words = self._session.words
        known = self._settings.key_file(self._session.office.code)
        caption, kinds = words["desk.kirim.key-file"], words["desk.kirim.key-kinds"]
        self._fields["key"] = form.ask_path(caption, known, kinds=kinds)
        self._fields["secret"] = form.ask_secret(words["desk.kirim.secret"])

    def attempt(self, act: Callable[[], None]) -> None:
        """Do what a form asks; ``refused`` brings what stands in the way."""
        try:
            act()
        except KnownProblem as problem:
            self.refused.emit(problem)

    # The key

    def key(self) -> AskedBoxes:
        """Where the key is to lie, and its passphrase twice."""
        words = self._session.words
        form = self._form("key")
        self._fields["folder"] = form.ask_path(words["desk.kirim.key-folder"], None)
        self._fields["secret"] = form.ask_secret(words["desk.kirim.secret"])
        self._fields["again"] = form.ask_secret(words["desk.kirim.secret-again"])
        return form

    def make_key(self) -> None:
        """Make the key and record it."""
        session = self._session
        path = self._path("folder", is_folder=True) / own_keys.key_name(session.office)
        if self._fields["secret"].text() != self._fields["again"].text():
            raise KnownProblem("secrets-differ")
        made: list[own_keys.MadeKey] = []
        make = partial(
            own_keys.make_key,
            session.office,
            path,
            self._fields["secret"].text(),
            by=self._text("by"),
        )
        self._record(lambda: made.append(make()))
        self._settings.set_key_file(session.office.code, path)
        is_beside = made[0].is_beside_office
        code = "beside" if is_beside else "made"
        text = session.words(f"desk.kirim.key-{code}", path=str(path))
        self.done.emit(text, Hue.CARE if is_beside else Hue.GOOD)

    def use(self) -> AskedBoxes:
        """Which file, and its passphrase."""
        form = self._form("use")
        self._ask_key_file(form)
        return form

    def use_key(self) -> None:
        """Record a key that was made elsewhere."""
        session, path, secret = self._session, self._path("key"), self._fields["secret"].text()
        use = partial(own_keys.use_key, session.office, path, secret, by=self._text("by"))
        self._record(use)
        self._settings.set_key_file(session.office.code, path)
        self.done.emit(session.words["desk.kirim.use-made"], Hue.GOOD)

    # The certificate

    def certificate(self) -> AskedBoxes:
        """Where request and letter are written; the request is signed with the key."""
        form = self._form("certificate")
        folder = self._settings.send_folder
        caption = self._session.words["desk.kirim.certificate-folder"]
        self._fields["folder"] = form.ask_path(caption, folder)
        self._ask_key_file(form)
        return form

    def ask_certificate(self) -> None:
        """Write the request and the letter."""
        own = wanted_key(self._session.office)
        opening = partial(open_the_key, self._path("key"), self._fields["secret"].text(), own)
        self._background.submit(opening, self._write_request)

    def _write_request(self, future: Future[OpenedKey]) -> None:
        session = self._session
        try:
            folder, key = self._path("folder", is_folder=True), future.result().key
            request = own_keys.write_request(session.office, folder, key=key)
            letter = request.with_name(f"SURAT_KUNCI_{session.office.code}.pdf")
            write_book(letter_of(session.office), letter)
        except KnownProblem as problem:
            self.refused.emit(problem)
            return
        self._settings.set_key_file(session.office.code, self._path("key"))
        details = {"request": request.name, "letter": letter.name}
        self.done.emit(session.words("desk.kirim.certificate-made", **details), Hue.GOOD)

    def take(self) -> AskedBoxes:
        """The file that came back."""
        words = self._session.words
        form = self._form("take")
        caption, kinds = words["desk.kirim.take-file"], words["desk.kirim.take-kinds"]
        self._fields["file"] = form.ask_path(caption, None, kinds=kinds)
        return form

    def take_certificate(self) -> None:
        """Record what the file brought."""
        session, words = self._session, self._session.words
        arrived: list[taking_certificates.Arrived] = []
        take = partial(
            taking_certificates.take, session.office, [self._path("file")], by=self._text("by")
        )
        self._record(lambda: arrived.append(take()))
        if arrived[0].revoked:
            self.done.emit(words["desk.kirim.take-revoked"], Hue.CARE)
            return
        code = "take-unled" if arrived[0].unled else "take-done"
        self.done.emit(words[f"desk.kirim.{code}"], Hue.GOOD)

    # The receipt

    def back(self) -> AskedBoxes:
        """The receipt that was carried back."""
        words = self._session.words
        form = AskedBoxes(
            self._session, words["desk.terima.back-title"], words["desk.terima.back-why"]
        )
        self._fields = {"by": form.ask_name()}
        caption, kinds = words["desk.terima.back-file"], words["desk.terima.back-kinds"]
        self._fields["file"] = form.ask_path(caption, None, kinds=kinds)
        return form

    def take_back(self) -> None:
        """Prove and record it."""
        session = self._session
        path, by = self._path("file"), self._text("by")
        self._record(lambda: receipts.take_receipt(session.office, path, by=by))
        count = len(proposals(session.office, session.contest_id))
        code = "back-proposals" if count else "back-taken"
        self.done.emit(session.words(f"desk.terima.{code}", count=count), Hue.GOOD)

    # The package

    def package(self, number: int) -> AskedBoxes:
        """Where the package goes, and the key that signs it."""
        form = self._form("package", number=number)
        caption = self._session.words["desk.kirim.package-folder"]
        self._fields["folder"] = form.ask_path(caption, self._settings.send_folder)
        self._ask_key_file(form)
        return form

    def ask_package(self) -> None:
        """Hand over what the worker needs."""
        folder, key = self._path("folder", is_folder=True), self._path("key")
        secret, by = self._fields["secret"].text(), self._text("by")
        self._settings.send_folder = folder
        self._settings.set_key_file(self._session.office.code, key)
        self.package_asked.emit(folder, key, secret, by)

    def record(self, act: Callable[[], object]) -> None:
        """Record what a page itself does, and let every page look again.

        Raises:
            KnownProblem: what the act raised.
        """
        self._record(act)

    def _record(self, act: Callable[[], object]) -> None:
        """Record, and let every page look again.

        Raises:
            KnownProblem: what the act raised.
        """
        caught: list[KnownProblem] = []

        def tried() -> None:
            try:
                act()
            except KnownProblem as problem:
                caught.append(problem)
                raise

        self._session.record(tried)
        for problem in caught:
            raise problem
