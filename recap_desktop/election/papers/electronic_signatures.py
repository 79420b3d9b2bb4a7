"""The page behind a PDF that is signed with a certificate: what was signed, by whom, and the box."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.moments import moment_on_paper
from recap_desktop.election.papers.deeds import Deed, Fields, Paragraph
from recap_desktop.election.papers.faces import Face, SignatureBlock, SignatureBox, Title
from recap_desktop.election.wording import date_text, number_text

if TYPE_CHECKING:
    from recap_desktop.election.wording import Words

_GROUP = 4


@dataclass(frozen=True, slots=True)
class Holder:
    """Who a certificate is of, and how long it holds (pemegang sertifikat).

    Attributes:
        name: of the holder.
        office: whose holder they are; may be empty.
        issuer: who says so.
        serial: number of the certificate, in hex.
        since: first moment it holds, ISO with zone.
        until: the last one.
    """

    name: str
    office: str
    issuer: str
    serial: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class SignedFile:
    """A file on its way to being signed.

    Attributes:
        name: of the file.
        pages: it has.
        sha256: of its bytes before, hex.
        size: of these bytes.
        time: what the laptop says, ISO with zone.
        program: version of the program.
    """

    name: str
    pages: int
    sha256: str
    size: int
    time: str
    program: str


def signature_page(signed: SignedFile, holder: Holder, words: Words) -> Deed:
    """The page that is put behind the others; the signature lies over its box."""
    digest = " ".join(
        signed.sha256[at : at + _GROUP] for at in range(0, len(signed.sha256), _GROUP)
    )
    of_file = (
        ("file", signed.name),
        ("pages", number_text(signed.pages)),
        ("sha256", digest),
    )
    of_holder = (
        ("holder", holder.name),
        ("office", holder.office),
        ("issuer", holder.issuer),
        ("serial", holder.serial),
        ("valid", words("pades.range", since=_day(holder.since), until=_day(holder.until))),
        ("time", moment_on_paper(signed.time)),
    )
    return Deed(
        "",
        _face(signed, holder, words),
        (
            Paragraph(words["pades.says"]),
            Fields(tuple((words[f"pades.{key}"], value) for key, value in of_file)),
            Paragraph(words["pades.by"], bold=True),
            Fields(tuple((words[f"pades.{key}"], value) for key, value in of_holder if value)),
            Paragraph(words("pades.how", size=number_text(signed.size))),
        ),
    )


def _day(moment: str) -> str:
    return date_text(moment[:10])


def _face(signed: SignedFile, holder: Holder, words: Words) -> Face:
    box = SignatureBox(
        "", (holder.name,), holder.office, words("pades.box", time=moment_on_paper(signed.time))
    )
    return Face(
        name=words["pades.name"],
        office=holder.office or holder.name,
        model=(words["pades.model"],),
        titles=(Title(words["pades.title"], large=True),),
        place=((words["pades.place"], signed.name),),
        page=words["sheet.page"],
        notices=(),
        decided="",
        signatures=(SignatureBlock(words["pades.block"], (box,)),),
        unsigned="",
        definition=words("pades.foot", program=signed.program),
        entry="",
        heads=(),
    )
