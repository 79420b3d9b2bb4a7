"""What may stand on the command line: paths, codes, TPS, one of some words, figures, signers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from recap_desktop.cli.verbs import Decorator, Session, argument, option
from recap_desktop.election.definitions import regions
from recap_desktop.election.definitions.regions import Level
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_DIGITS = 9
FORMATS = ("table", "csv", "json")
LEVELS = {level.word: level for level in Level}


def _name(option: click.Parameter | None) -> str:
    """An option as a person types it: ``--contest``."""
    return max(option.opts, key=len) if option else ""


class OneOf(click.Choice[str]):
    """One of some words; says which there are when it is none of them."""

    def __init__(self, choices: Iterable[str]) -> None:
        """Take the words in the order in which they are shown."""
        super().__init__(list(choices))

    def convert(
        self,
        value: Any,  # noqa: ANN401 - as click has it
        param: click.Parameter | None,
        ctx: click.Context | None,  # noqa: ARG002 - as click has it
    ) -> str:
        if value not in self.choices:
            choices = ", ".join(self.choices)
            raise KnownProblem("usage-choice", option=_name(param), found=value, choices=choices)
        return str(value)


class _Path(click.ParamType[Path]):
    """A path, whatever lies there: the command that uses it says what is wrong with it."""

    name = "path"

    def convert(
        self,
        value: Any,  # noqa: ANN401 - as click has it
        param: click.Parameter | None,  # noqa: ARG002 - as click has it
        ctx: click.Context | None,  # noqa: ARG002 - as click has it
    ) -> Path:
        return Path(value)


class _Code(click.ParamType[str]):
    """A region code with or without dots."""

    name = "code"

    def convert(
        self,
        value: Any,  # noqa: ANN401 - as click has it
        param: click.Parameter | None,
        ctx: click.Context | None,  # noqa: ARG002 - as click has it
    ) -> str:
        try:
            return regions.read_code(value)
        except ValueError as error:
            raise KnownProblem("usage-code", option=_name(param), found=value) from error


class _Tps(click.ParamType[str]):
    """A TPS key: 13 digits with or without dots."""

    name = "tps"

    def convert(
        self,
        value: Any,  # noqa: ANN401 - as click has it
        param: click.Parameter | None,
        ctx: click.Context | None,  # noqa: ARG002 - as click has it
    ) -> str:
        try:
            code = regions.read_code(value)
        except ValueError:
            code = ""
        if len(code) != Level.TPS.value:
            raise KnownProblem("usage-tps", option=_name(param), found=value)
        return code


class _Number(click.ParamType[int]):
    """A whole number from 1."""

    name = "number"

    def convert(
        self,
        value: Any,  # noqa: ANN401 - as click has it
        param: click.Parameter | None,
        ctx: click.Context | None,  # noqa: ARG002 - as click has it
    ) -> int:
        text = str(value)
        digits = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
        if not (digits and int(text)):
            raise KnownProblem("usage-number", option=_name(param), found=text)
        return int(text)


PATH, CODE, TPS, NUMBER = _Path(), _Code(), _Tps(), _Number()

OFFICE = argument("path", metavar="office", type=PATH)
"""The office file a verb is about."""

CONTEST = option("--contest", metavar="id", required=True)
FORMAT = option("--format", "shape", about="format", type=OneOf(FORMATS), default=FORMATS[0])
LEVEL = option("--level", type=OneOf(LEVELS), required=True)
UNDER = option("--under", metavar="code", type=CODE)


def _keep_password_file(ctx: click.Context, _: click.Parameter, value: Path | None) -> None:
    run = ctx.find_object(Session)
    if run is not None and value is not None:
        run.password_file = value


def _named(*, required: bool) -> Decorator:
    """Who does it, and where their password stands in an office that asks for one."""
    by = option("--by", metavar="name", required=required, default=None if required else "")
    file = option(
        "--password-file",
        metavar="file",
        type=PATH,
        expose_value=False,
        callback=_keep_password_file,
    )
    return lambda function: by(file(function))


BY = _named(required=True)
MAYBE_BY = _named(required=False)
"""Of what needs a person only in a guarded office."""
