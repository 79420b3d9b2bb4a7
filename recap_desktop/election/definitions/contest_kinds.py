"""A kind of contest as its form definition names it: titles, and where it is held."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of contest on this form (jenis pemilihan).

    Attributes:
        title: its name in titles, in capitals.
        model: its name in the model box.
        recap: its name in the model box of recap sheets, where it is another.
        unit: the unit whose contest it is (``provinsi``, ``kabupaten``, ``kota``); empty where
            the form has one kind only.
        levels: words of the levels its regions may have; empty for any.
        within: word of the level of which one unit holds all its regions (a dapil of DPR lies
            in one provinsi); empty for none.
        local: title, model and recap where a region has names of its own (DPRA, DPRK), by code.
    """

    title: str
    model: str
    recap: str
    unit: str = ""
    levels: tuple[str, ...] = ()
    within: str = ""
    local: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Kind:
        """Read a kind from plain data; KeyError or TypeError when it is none."""
        return cls(
            title=data["title"],
            model=data["model"],
            recap=data.get("recap", data["model"]),
            unit=data.get("unit", ""),
            levels=tuple(data.get("levels", ())),
            within=data.get("within", ""),
            local={code: dict(names) for code, names in data.get("local", {}).items()},
        )

    def at(self, region: str) -> Kind:
        """The kind with the names it has in a region."""
        for code, names in self.local.items():
            if region.startswith(code):
                title, model, recap = (names[key] for key in ("title", "model", "recap"))
                return replace(self, title=title, model=model, recap=recap, local={})
        return self
