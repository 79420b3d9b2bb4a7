"""What the command line says when something cannot be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from recap_desktop.election.wording import Words


def lines(words: Words, problem: KnownProblem) -> list[str]:
    """The sentence of a problem, and a line for each of its faults."""
    return [words.problem(problem), *(f"  {words.fault(fault)}" for fault in problem.faults)]


def of_usage(words: Words, error: click.UsageError) -> KnownProblem:
    """What is wrong with the words typed after the program's name, as a problem of ours."""
    match error:
        case click.NoSuchOption(option_name=option, possibilities=[near, *_]):
            return KnownProblem("usage-option-misspelt", option=option, near=near)
        case click.NoSuchOption(option_name=option):
            return KnownProblem("usage-option-unknown", option=option)
        case click.exceptions.NoSuchCommand(command_name=verb):
            return KnownProblem("usage-verb-unknown", verb=verb, verbs=_verbs_beside(error))
        case click.MissingParameter(param=click.Parameter() as parameter):
            return KnownProblem("usage-missing", option=_named(words, parameter))
        case click.BadOptionUsage(option_name=option):
            return KnownProblem("usage-value", option=option)
    return KnownProblem("usage-too-much")


def _verbs_beside(error: click.UsageError) -> str:
    group = error.ctx.command if error.ctx else None
    return ", ".join(group.commands) if isinstance(group, click.Group) else ""


def _named(words: Words, parameter: click.Parameter) -> str:
    """A parameter as a person types it: ``--contest``, or its name in the usage line."""
    if isinstance(parameter, click.Argument):
        return words[f"cli.metavar.{parameter.metavar}"]
    return max(parameter.opts, key=len)
