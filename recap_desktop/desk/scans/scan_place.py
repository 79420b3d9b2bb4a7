"""What part of a page of a scan is shown, and how: remembered for each page of the form."""

from __future__ import annotations

from dataclasses import dataclass, replace

from recap_desktop.office.scans.scan_pages import Light

WHOLE, WIDTH = 0.0, 1.0
"""Zooms that follow the room: the whole page, and the width of the page."""

AS_IT_IS = Light()
"""The brightness and contrast of the paper."""

_STEP = 1.25
_LARGEST = 12.0
_STRIDE = 0.25
_LIGHTS = (0, 1, 2, -2, -1)
_CONTRASTS = (0, 1, 2, 3)


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a page (bagian yang ditampilkan), whatever the number of its pixels.

    Attributes:
        zoom: width of the page in widths of the room; ``WHOLE`` for all of it.
        turns: quarters by which it is turned to the right.
        x: what is in the middle of the room, from the left edge (0) to the right one (1).
        y: likewise from above.
        light: how bright and how hard.
    """

    zoom: float = WIDTH
    turns: int = 0
    x: float = 0.5
    y: float = 0.0
    light: Light = AS_IT_IS

    def zoomed(self, by: int, *, shown: float) -> Place:
        """Larger or smaller; ``shown`` is the zoom at which it is seen now."""
        zoom = min(_LARGEST, shown * _STEP**by)
        # Back at the width, exactly: what follows is compared with it.
        return replace(self, zoom=WIDTH if abs(zoom - WIDTH) < _STEP / 10 else zoom)

    def fitted(self) -> Place:
        """The whole page, or its width where the whole is shown."""
        return replace(self, zoom=WIDTH if self.zoom == WHOLE else WHOLE, x=0.5)

    def turned(self) -> Place:
        """A quarter to the right; the same part stays in the middle."""
        return replace(self, turns=(self.turns + 1) % 4, x=1 - self.y, y=self.x)

    def moved(self, right: int, down: int, *, seen: tuple[float, float]) -> Place:
        """To another part; ``seen`` is how much of width and height is seen, of 1."""
        wide, high = seen
        return self.at(self.x + right * wide * _STRIDE, self.y + down * high * _STRIDE)

    def at(self, x: float, y: float) -> Place:
        """Another part in the middle, within the page."""
        return replace(self, x=max(0.0, min(1.0, x)), y=max(0.0, min(1.0, y)))

    def lit(self) -> Place:
        """The next brightness, round to that of the paper."""
        here = _LIGHTS.index(self.light.brightness)
        brightness = _LIGHTS[(here + 1) % len(_LIGHTS)]
        return replace(self, light=replace(self.light, brightness=brightness))

    def hardened(self) -> Place:
        """The next contrast, round to that of the paper."""
        here = _CONTRASTS.index(self.light.contrast)
        contrast = _CONTRASTS[(here + 1) % len(_CONTRASTS)]
        return replace(self, light=replace(self.light, contrast=contrast))


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is looked at beside one page of the form: which page of the scan, and where."""

    page: int
    place: Place


class ScanMemory:
    """Where one looked beside each page of a form, so that the next TPS shows the same part."""

    def __init__(self) -> None:
        """Nothing was looked at yet."""
        self._known: dict[tuple[str, int], Remembered] = {}
        self._last = Place()

    def recall(self, contest: str, form_page: int) -> Remembered:
        """Where one looked; at first the page of the same number, as the last one was shown."""
        at_first = Remembered(max(0, form_page - 1), replace(self._last, x=0.5, y=0.0))
        return self._known.get((contest, form_page), at_first)

    def keep(self, contest: str, form_page: int, page: int, place: Place) -> None:
        """Remember where one looks."""
        self._known[contest, form_page] = Remembered(page, place)
        self._last = place
