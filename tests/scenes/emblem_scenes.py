"""The office's own mark, for the screens that are looked at: one that stands, one that is chosen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from recap_desktop.desk.rail import Place
from recap_desktop.office.papers.emblem_choosing import choose_emblem, read_emblem
from tests.made_up.offices import tiny_office

if TYPE_CHECKING:
    from recap_desktop.desk.office_desk import OfficeDesk


def draw_mark(path: Path, colour: str) -> Path:
    """A made-up mark: a disc with a triangle."""
    image = Image.new("RGBA", (600, 600), (255, 255, 255, 0))
    pen = ImageDraw.Draw(image)
    pen.ellipse((20, 20, 580, 580), fill=colour)
    pen.polygon([(300, 90), (500, 430), (100, 430)], fill="white")
    image.save(path)
    return path


def marked(path: Path) -> None:
    """An office with a mark of its own."""
    office = tiny_office(path)
    mark = draw_mark(path.with_name("lambang-kecamatan.png"), "teal")
    choose_emblem(office, read_emblem(mark), mark.name, by="Siti Aminah")
    office.close()


def ask(desk: OfficeDesk) -> None:
    """Another one was chosen and is shown beside it."""
    desk.session.choose_person("Siti Aminah")
    desk.go_to(Place.OFFICE)
    desk.office_page.emblem.click()
    folder = desk.session.office.file.path.parent
    desk.office_page.emblems.look_at(draw_mark(folder / "lambang baru.png", "darkgoldenrod"))


SCENES = {"kantor-emblem": (marked, ask)}
