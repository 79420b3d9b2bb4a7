"""The forms of the page of keys, and what is done with what was typed in them."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from recap_desktop.desk.keys.fingerprint_grid import FingerprintGrid
from recap_desktop.desk.keys.request_walk import REASONS, RequestWalk, reason_of_digit
from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.pieces.asked_boxes import AskedBoxes
from recap_desktop.desk.upward.send_forms import SendForms
from recap_desktop.office.keys import (
    asking,
    certifying,
    own_keys,
    renewing,
    revoking,
    taking_certificates,
)
from recap_desktop.office.keys.key_letter import letter_of
from recap_desktop.office.keys.key_typing import shown
from recap_desktop.office.papers.printing import write_book
from recap_desktop.office.upward.send_steps import OpenedKey, open_the_key
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Callable

    from recap_desktop.office.keys.standing import Below, PostStanding
    from recap_desktop.office.keys.taking_certificates import Gathered, Offered
    from recap_desktop.office.keys.trusted_list import Root

_MOST_TOLD = 3


class KeyForms(SendForms):
    """Everything that is done to keys; what needs the key of the office opens it in the worker.

    ``opening`` says that it is being opened, ``walk_begun`` brings requests that can be answered,
    ``root_offered`` a key whose fingerprint is to be typed.
    """

    opening = Signal()
    walk_begun = Signal(object)
    root_offered = Signal(object)

    _turn = 0
    _offered: Offered | None = None
    _row: Below | PostStanding | Root | None = None

    def _asked(self, code: str, **details: str | int) -> AskedBoxes:
        words = self._session.words
        title = words(f"desk.kunci.{code}-title", **details)
        form = AskedBoxes(self._session, title, words[f"desk.kunci.{code}-why"])
        self._fields = {"by": form.ask_name()}
        return form

    def _ask_folder(self, form: AskedBoxes, code: str, known: Path | None = None) -> None:
        caption = self._session.words[f"desk.kunci.{code}"]
        self._fields["folder"] = form.ask_path(caption, known or self._settings.send_folder)

    def _folder(self) -> Path:
        folder = self._path("folder", is_folder=True)
        self._settings.send_folder = folder
        return folder

    def _with_key(self, then: Callable[[OpenedKey], None]) -> None:
        """Open the key in the worker, then go on here."""
        path, secret = self._path("key"), self._fields["secret"].text()
        wanted = own_keys.wanted_key(self._session.office)
        self._turn += 1
        self.opening.emit()
        done = partial(self._opened, self._turn, path, then)
        self._background.submit(partial(open_the_key, path, secret, wanted), done)

    def _opened(
        self, turn: int, path: Path, then: Callable[[OpenedKey], None], future: Future[OpenedKey]
    ) -> None:
        if turn != self._turn:
            # Given up meanwhile: what was asked since then has a passphrase of its own.
            return
        try:
            opened = future.result()
            self._settings.set_key_file(self._session.office.code, path)
            then(opened)
        except KnownProblem as problem:
            self.refused.emit(problem)

    def cancel(self) -> None:
        """Nothing is done with a key that is still being opened."""
        self._turn += 1

    def _tell(self, code: str, hue: Hue = Hue.GOOD, **details: str | int) -> None:
        self.done.emit(self._session.words(f"desk.kunci.{code}", **details), hue)

    # The key of the office

    def replace(self) -> AskedBoxes:
        """Where the new key is to lie, and its passphrase twice."""
        words = self._session.words
        form = self._asked("replace")
        self._fields["folder"] = form.ask_path(words["desk.kirim.key-folder"], None)
        self._fields["secret"] = form.ask_secret(words["desk.kirim.secret"])
        self._fields["again"] = form.ask_secret(words["desk.kirim.secret-again"])
        return form

    def replace_key(self) -> None:
        """Make the key that takes the place of the one on record."""
        session, secret = self._session, self._fields["secret"].text()
        folder, by = self._path("folder", is_folder=True), self._text("by")
        if secret != self._fields["again"].text():
            raise KnownProblem("secrets-differ")
        path = own_keys.next_key_path(session.office, folder)
        make = partial(own_keys.make_key, session.office, path, secret, by=by, replace=True)
        made: list[own_keys.MadeKey] = []
        self.record(lambda: made.append(make()))
        self._settings.set_key_file(session.office.code, path)
        is_beside = made[0].is_beside_office
        code = "replaced-beside" if is_beside else "replaced"
        self._tell(code, Hue.CARE if is_beside else Hue.GOOD, path=str(path))

    def request(self) -> AskedBoxes:
        """Where request and letter are written; the request is signed with the key."""
        form = self._asked("request")
        self._ask_folder(form, "request-folder")
        self._ask_key_file(form)
        return form

    def write_request(self) -> None:
        """Write the request and the letter."""
        session, folder = self._session, self._folder()

        def write(opened: OpenedKey) -> None:
            request = own_keys.write_request(session.office, folder, key=opened.key)
            letter = self._write_letter(folder)
            self._tell("request-made", request=request.name, letter=letter.name)

        self._with_key(write)

    def letter(self) -> AskedBoxes:
        """Where the letter is written; it says nothing secret and needs no key."""
        form = self._asked("letter")
        self._ask_folder(form, "letter-folder")
        return form

    def write_letter(self) -> None:
        """Write the letter alone."""
        self._tell("letter-made", letter=self._write_letter(self._folder()).name)

    def _write_letter(self, folder: Path) -> Path:
        office = self._session.office
        path = folder / f"SURAT_KUNCI_{office.code}.pdf"
        write_book(letter_of(office), path)
        return path

    # Offices below

    def requests(self) -> AskedBoxes:
        """Where requests lie, where certificates go, and the key that signs them."""
        form, words = self._asked("requests"), self._session.words
        known = self._settings.receive_folder
        self._fields["source"] = form.ask_path(words["desk.kunci.requests-source"], known)
        self._ask_folder(form, "requests-folder")
        self._ask_key_file(form)
        return form

    def begin_requests(self) -> None:
        """Read them, and open the key for all of them."""
        session, by, source = self._session, self._text("by"), self._path("source")
        folder = self._folder()
        asked = asking.requests_in(session.office, source)
        self._settings.receive_folder = source if source.is_dir() else source.parent

        def begin(opened: OpenedKey) -> None:
            self.walk_begun.emit(RequestWalk(session, asked, opened, by=by, folder=folder))

        self._with_key(begin)

    def renew(self) -> AskedBoxes:
        """Where the certificates go that the new key signs."""
        found = renewing.renewable(self._session.office)
        form = self._asked("renew", count=len(found.certificates))
        self._ask_folder(form, "requests-folder")
        self._ask_key_file(form)
        return form

    def renew_all(self) -> None:
        """Certify all of them again, and write a file for each."""
        session, by, folder = self._session, self._text("by"), self._folder()

        def sign(opened: OpenedKey) -> None:
            made: list[certifying.Issued] = []
            disputed = renewing.renewable(session.office).disputed
            renew = partial(renewing.renew, session.office, key=opened.key, by=by)
            self.record(lambda: made.extend(renew()))
            for one in made:
                one.write(folder)
            if disputed:
                self._tell("renewed-some", Hue.CARE, count=len(made), disputed=len(disputed))
            else:
                self._tell("renewed", count=len(made))

        self._with_key(sign)

    def again(self, row: Below) -> AskedBoxes:
        """Where the certificate that stands is written once more."""
        self._row = row
        form = self._asked("again", name=self._session.office_name(row.code))
        self._ask_folder(form, "again-folder")
        return form

    def write_again(self) -> None:
        """Write it."""
        code = getattr(self._row, "code", "")
        path = asking.standing_again(self._session.office, code).write(self._folder())
        self._tell("again-made", file=path.name)

    # Revoking

    def revoke(self, row: Below | PostStanding, name: str) -> AskedBoxes:
        """Why, where the list goes, and the key that signs it."""
        self._row, words = row, self._session.words
        form = self._asked("revoke", name=name)
        reasons = ", ".join(
            f"{at} {words[f'key-why.{why.value}']}" for at, why in enumerate(REASONS, start=1)
        )
        caption = words("desk.kunci.revoke-reason", reasons=reasons)
        self._fields["why"] = form.ask(caption, longest=1)
        self._ask_folder(form, "revoke-folder")
        self._ask_key_file(form)
        return form

    def take_back(self) -> None:
        """Revoke what the row shows, and write the list."""
        session, by, folder = self._session, self._text("by"), self._folder()
        why = reason_of_digit(self._text("why"))
        row = self._row
        said = getattr(row, "certificates", ())
        own = getattr(row, "certificate", None)
        certificates = said or ((own,) if own else ())

        def revoke(opened: OpenedKey) -> None:
            take = partial(revoking.revoke, why=why, key=opened.key, by=by)
            self.record(lambda: take(session.office, certificates))
            path = revoking.write_lists(session.office, folder)
            self._tell("revoked", file=path.name)

        self._with_key(revoke)

    def lists(self) -> AskedBoxes:
        """Where the lists of this office are written once more."""
        form = self._asked("lists")
        self._ask_folder(form, "revoke-folder")
        return form

    def write_lists(self) -> None:
        """Write them."""
        path = revoking.write_lists(self._session.office, self._folder())
        self._tell("lists-made", file=path.name)

    # Laptops

    def posts(self) -> AskedBoxes:
        """The key that certifies the laptops."""
        form = self._asked("laptops")
        self._ask_key_file(form)
        return form

    def certify_posts(self) -> None:
        """Certify those that are not."""
        session, by = self._session, self._text("by")

        def sign(opened: OpenedKey) -> None:
            made: list[object] = []
            certify = partial(certifying.certify_posts, session.office, key=opened.key, by=by)
            self.record(lambda: made.extend(certify()))
            if made:
                self._tell("laptops-made", count=len(made))
            else:
                self._tell("laptops-known")

        self._with_key(sign)

    # Roots

    def root(self) -> AskedBoxes:
        """The file that offers a key."""
        form, words = self._asked("root"), self._session.words
        kinds = words["desk.kunci.root-kinds"]
        self._fields["file"] = form.ask_path(words["desk.kunci.root-file"], None, kinds=kinds)
        return form

    def read_root(self) -> None:
        """Read whose key it offers."""
        self._by = self._text("by")
        offered = taking_certificates.read_root(self._session.office, self._path("file"))
        self.root_offered.emit(offered)

    def root_groups(self, offered: Offered) -> AskedBoxes:
        """The groups that are typed from its letter."""
        words, seen = self._session.words, shown(offered.key)
        self._offered = offered
        name = self._session.office_name(offered.code)
        title = words("desk.kunci.root-of", name=name)
        form = AskedBoxes(self._session, title, words["desk.kunci.walk-why"])
        form.show_widget(FingerprintGrid(seen.groups, name))
        self._fields = {
            f"group {number}": form.ask(words("desk.kunci.group", number=number), longest=4)
            for number in seen.asked
        }
        return form

    def believe(self) -> None:
        """Believe it."""
        offered = self._offered
        assert offered is not None
        typed = " ".join(field.text() for field in self._fields.values())
        office, new = self._session.office, list[bool]()
        believe = partial(taking_certificates.believe, office, offered, typed, by=self._by)
        self.record(lambda: new.append(believe()))
        name = self._session.office_name(offered.code)
        self._tell("root-made" if new[0] else "root-known", name=name)

    def doubt(self, row: Root) -> AskedBoxes:
        """Who says that a root is believed no longer."""
        self._row = row
        return self._asked("doubt", name=self._session.office_name(row.code))

    def disbelieve(self) -> None:
        """Believe it no longer."""
        office, by = self._session.office, self._text("by")
        code = getattr(self._row, "code", "")
        self.record(lambda: taking_certificates.disbelieve(office, code, by=by))
        self._tell("doubted", name=self._session.office_name(code))

    # What comes from elsewhere

    def arrivals(self) -> AskedBoxes:
        """The file or folder that came."""
        form, words = self._asked("arrivals"), self._session.words
        known = self._settings.receive_folder
        self._fields["file"] = form.ask_path(words["desk.kunci.arrivals-file"], known)
        return form

    def take_arrivals(self) -> None:
        """Take in what fits, and say of the rest why not."""
        office, path, by = self._session.office, self._path("file"), self._text("by")
        found: list[Gathered] = []
        take = partial(taking_certificates.take_folder, office, path, by=by)
        self.record(lambda: found.append(take()))
        self._settings.receive_folder = path if path.is_dir() else path.parent
        (gathered,) = found
        if gathered.refused and not gathered.arrived:
            raise gathered.refused[0][1]
        self._tell_arrived(gathered)

    def _tell_arrived(self, gathered: Gathered) -> None:
        words, arrived = self._session.words, gathered.arrived
        counts = {
            "certificates": sum(len(one.certificates) for one in arrived),
            "revoked": sum(len(one.revocations) for one in arrived),
            "known": sum(one.known for one in arrived),
            "gone": len({held for one in arrived for held in one.revoked}),
            "unled": len({held for one in arrived for held in set(one.unled) - set(one.revoked)}),
            "elsewhere": gathered.elsewhere,
        }
        told = [words(f"desk.kunci.took-{code}", count=n) for code, n in counts.items() if n]
        for file, problem in gathered.refused[:_MOST_TOLD]:
            told.append(f"{file.name}: {self._session.problem_text(problem)}")
        care = gathered.refused or counts["gone"] or counts["unled"]
        self.done.emit(" ".join(told), Hue.CARE if care else Hue.GOOD)
