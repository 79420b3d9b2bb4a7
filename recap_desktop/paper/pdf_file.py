"""What a PDF is beside its pages: what it says of itself, labels of pages, files in it, archive form.

The archive form is PDF/A-1b (ISO 19005-1): nothing but the pages, whose fonts and colours stand
in the file. It forbids files inside; every other form may carry them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObject,
    PDFPageLabel,
    PDFPageLabels,
    PDFStream,
    PDFString,
    PDFZCompress,
)

from recap_desktop.paper import colours
from recap_desktop.paper.pdf_output import document_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportlab.pdfgen.canvas import Canvas

    from recap_desktop.paper.attached import Attached

LANGUAGE = "id-ID"
PROGRAM = "Recap Desktop"
"""What wrote the file, without its version: a revision printed again has its original bytes."""

ARCHIVE_VERSION, VERSION = (1, 4), (1, 7)
"""PDF/A-1 is of PDF 1.4; a file in a file that says what it is for is of a later one."""

_DAY = "2000-01-01T00:00:00+00:00"
"""What reportlab says of a file that is to have the same bytes every time."""


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of itself."""

    title: str
    subject: str
    author: str


def describe(canvas: Canvas, about: About) -> None:
    """Say in the file what it is; a reader shows the title, not the name of the file."""
    canvas.setTitle(about.title)
    canvas.setSubject(about.subject)
    canvas.setAuthor(about.author)
    canvas.setCreator(PROGRAM)
    canvas.setProducer(PROGRAM)
    canvas.setKeywords(PROGRAM)
    canvas.setViewerPreference("DisplayDocTitle", "true")


def label_pages(canvas: Canvas, starts: Sequence[tuple[int, str]]) -> None:
    """Count the pages of each paper by themselves: ``DESA PANYINGKIRAN 2``.

    Args:
        canvas: of the file.
        starts: page from 0 on which a paper begins, and its name.
    """
    labels = PDFPageLabels()
    for page, name in starts:
        labels.addPageLabel(page, PDFPageLabel(style="ARABIC", start=1, prefix=f"{name} "))
    document_of(canvas).Catalog.PageLabels = labels
    canvas.showOutline()


def attach(canvas: Canvas, files: Iterable[Attached]) -> None:
    """Put files into the file; they are data of the document as a whole (PDF 2.0, 14.13)."""
    document = document_of(canvas)
    named: list[Any] = []
    for file in sorted(files, key=lambda one: one.name):
        named += [PDFString(file.name), document.Reference(_specification(document, file))]
    if not named:
        return
    names = PDFDictionary({"EmbeddedFiles": PDFDictionary({"Names": PDFArray(named)})})
    document.Catalog.Names = names
    _also(document, "AF", PDFArray(named[1::2]))


def _specification(document: Any, file: Attached) -> PDFDictionary:  # noqa: ANN401 - see document_of
    stream = PDFStream(
        PDFDictionary(
            {
                "Type": PDFName("EmbeddedFile"),
                # PDFName leaves a slash as it is, which would begin another name.
                "Subtype": f"/{file.media.replace('/', '#2F')}",
                "Params": PDFDictionary({"Size": file.size, "CheckSum": f"<{file.md5}>"}),
                "Filter": PDFArray([PDFName(PDFZCompress.pdfname)]),
            }
        ),
        file.packed,
    )
    place = document.Reference(stream)
    return PDFDictionary(
        {
            "Type": PDFName("Filespec"),
            "F": PDFString(file.name),
            "UF": PDFString(file.name),
            "Desc": PDFString(file.about),
            "AFRelationship": PDFName("Data"),
            "EF": PDFDictionary({"F": place, "UF": place}),
        }
    )


def make_archival(canvas: Canvas, about: About) -> None:
    """Add what PDF/A-1b asks for beside embedded fonts: colours, and what the file is, as XMP."""
    document = document_of(canvas)
    intent = PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString(colours.NAME),
            "Info": PDFString(colours.NAME),
            "DestOutputProfile": document.Reference(
                PDFStream(
                    PDFDictionary({"N": colours.COMPONENTS}), colours.profile(), [PDFZCompress]
                )
            ),
        }
    )
    _also(document, "OutputIntents", PDFArray([intent]))
    told = PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")})
    document.Catalog.Metadata = PDFStream(told, _xmp(about).encode())


def _xmp(about: About) -> str:
    """The same as the file's information, each schema described by itself."""
    schemas = {
        'xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"': (
            "<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>"
        ),
        'xmlns:dc="http://purl.org/dc/elements/1.1/"': (
            f"<dc:format>application/pdf</dc:format><dc:title>{_worded(about.title)}</dc:title>"
            f"<dc:description>{_worded(about.subject)}</dc:description>"
            f"<dc:creator><rdf:Seq><rdf:li>{escape(about.author)}</rdf:li></rdf:Seq></dc:creator>"
            f"<dc:language><rdf:Bag><rdf:li>{LANGUAGE}</rdf:li></rdf:Bag></dc:language>"
        ),
        'xmlns:pdf="http://ns.adobe.com/pdf/1.3/"': (
            f"<pdf:Producer>{PROGRAM}</pdf:Producer><pdf:Keywords>{PROGRAM}</pdf:Keywords>"
        ),
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/"': (
            f"<xmp:CreatorTool>{PROGRAM}</xmp:CreatorTool>"
            f"<xmp:CreateDate>{_DAY}</xmp:CreateDate><xmp:ModifyDate>{_DAY}</xmp:ModifyDate>"
        ),
    }
    described = "".join(
        f'<rdf:Description rdf:about="" {schema}>{said}</rdf:Description>\n'
        for schema, said in schemas.items()
    )
    return (
        '<?xpacket begin="\N{ZERO WIDTH NO-BREAK SPACE}" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f"{described}</rdf:RDF>\n</x:xmpmeta>\n"
        '<?xpacket end="r"?>'
    )


def _worded(text: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt>'


def _also(document: Any, key: str, value: PDFObject) -> None:  # noqa: ANN401 - see document_of
    """Set an entry of the catalogue that reportlab does not know."""
    catalogue = document.Catalog
    catalogue.__NoDefault__ = [*catalogue.__NoDefault__, key]
    setattr(catalogue, key, value)
