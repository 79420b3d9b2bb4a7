"""Verbs and options of the command line, worded in the chosen language."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from recap_desktop.election.wording import Words

OpenWindow = Callable[[Path | None], int]


@dataclass(slots=True)
class Session:
    """What one run of the command line stands on.

    Attributes:
        language: that was chosen.
        words: of that language.
        open_window: shows the window with an office, and gives the exit status.
        status: exit status of a verb that did its work: 1 when it has to report faults.
        password_file: holds the password of who does it, for scripts.
    """

    language: str
    words: Words
    open_window: OpenWindow
    status: int = 0
    password_file: Path | None = None

    def show(self, path: Path | None) -> None:
        """Open the window, which speaks the language chosen here, and take its status."""
        os.environ["RECAP_LANG"] = self.language
        self.status = self.open_window(path)


def session() -> Session:
    """The run that is going on."""
    found = click.get_current_context().find_object(Session)
    assert found is not None
    return found


def say(code: str, /, **details: str | int) -> None:
    """Print the sentence of a code."""
    click.echo(session().words(code, **details))


_HEADINGS = {"Options": "options", "Commands": "commands", "Positional arguments": "arguments"}


class _Formatter(click.HelpFormatter):
    """Help with headings in the chosen language."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or f"{session().words['cli.heading.usage']}: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(session().words[f"cli.heading.{_HEADINGS.get(heading, heading)}"])


class _Context(click.Context):
    formatter_class = _Formatter


class _Worded:
    """What verbs and groups of verbs say about themselves: ``cli.verb.<key>``."""

    key: str

    def short(self) -> str:
        return session().words[f"cli.verb.{self.key}.brief"]

    def long(self, formatter: click.HelpFormatter) -> None:
        words = session().words
        for part in ("brief", "about"):
            if f"cli.verb.{self.key}.{part}" in words:
                formatter.write_paragraph()
                with formatter.indentation():
                    formatter.write_text(words[f"cli.verb.{self.key}.{part}"])

    def example(self, formatter: click.HelpFormatter) -> None:
        words = session().words
        if f"cli.verb.{self.key}.example" in words:
            with formatter.section("example"):
                formatter.write(f"  {words[f'cli.verb.{self.key}.example']}\n")


class Verb(_Worded, click.Command):
    """One verb: what it is for, its options and an example, all by code.

    A second opening of ``--help`` in another language says it in that language.
    """

    context_class = _Context

    def __init__(self, *, key: str, **rest: Any) -> None:  # noqa: ANN401 - as click has it
        """Take the key of its words; the rest is click's."""
        super().__init__(**rest)
        self.key = key

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - as click has it
        return self.short()

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        self.long(formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        self.example(formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _worded_help(super().get_help_option(ctx))

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        _, *pieces = super().collect_usage_pieces(ctx)
        return [session().words["cli.usage.options"], *pieces]


class VerbGroup(_Worded, click.Group):
    """Verbs that belong together."""

    context_class = _Context

    def __init__(self, *, key: str, **rest: Any) -> None:  # noqa: ANN401 - as click has it
        """Take the key of its words; the rest is click's."""
        super().__init__(no_args_is_help=False, **rest)
        self.key = key

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click has it
        if not (ctx._protected_args or self.invoke_without_command):  # noqa: SLF001 - no other way
            raise KnownProblem("usage-verb-missing", verbs=", ".join(self.list_commands(ctx)))
        return super().invoke(ctx)

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - as click has it
        return self.short()

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        self.long(formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        self.example(formatter)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click has it
        return list(self.commands)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _worded_help(super().get_help_option(ctx))

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click has it
        return [session().words["cli.usage.options"], session().words["cli.usage.verb"]]


def _worded_help(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = session().words["cli.option.help"]
    return option


class _Option(click.Option):
    """An option whose help is a code: ``cli.option.<help>``; its metavar likewise."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        record = super().get_help_record(ctx)
        if record is None:
            return None
        words = session().words
        text = words[f"cli.option.{self.help}"]
        return record[0], words("cli.option.required", text=text) if self.required else text

    def make_metavar(self, ctx: click.Context) -> str:
        if not self.metavar:
            return super().make_metavar(ctx)
        return session().words[f"cli.metavar.{self.metavar}"]


class _Argument(click.Argument):
    """An argument that stands in the usage line under a name of the chosen language."""

    def make_metavar(self, ctx: click.Context) -> str:  # noqa: ARG002 - as click has it
        return session().words[f"cli.metavar.{self.metavar}"]


Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def option(*names: str, metavar: str = "", about: str = "", **rest: Any) -> Decorator:  # noqa: ANN401 - as click has it
    """An option; its help is ``cli.option.<about>``, by default its own name.

    Args:
        names: as click has them, the long one last.
        metavar: code of what stands for its value; none for a flag or a choice.
        about: code of its help.
        rest: as click has it.
    """
    code = about or names[0].lstrip("-")
    return click.option(*names, cls=_Option, help=code, metavar=metavar or None, **rest)


def argument(name: str, *, metavar: str, **rest: Any) -> Decorator:  # noqa: ANN401 - as click has it
    """A positional argument, named in the usage line by a code."""
    return click.argument(name, cls=_Argument, metavar=metavar, **rest)


def verb(name: str, *, key: str = "") -> Callable[[Callable[..., Any]], Verb]:
    """Make a function a verb; ``key`` names its words when it is not the name."""

    def decorate(function: Callable[..., Any]) -> Verb:
        return click.command(name, cls=Verb, key=key or name)(function)

    return decorate
