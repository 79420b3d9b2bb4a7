"""The command line as a whole: its verbs, its language, and how a run of it ends."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from typing import TYPE_CHECKING, Any

import click

from recap_desktop import __version__
from recap_desktop.cli import (
    attaching,
    certificates,
    children_read,
    closing,
    complaints,
    copying,
    demo,
    elections,
    entering,
    events,
    exchanges,
    exporting,
    figures,
    found,
    handing_out,
    importing,
    keys,
    lacking,
    look_alikes,
    marking,
    mirrors,
    offices,
    papers,
    people,
    plenaries,
    proof,
    receipts,
    receiving,
    rulings,
    sending,
    sheets,
    station_lists,
    tracing,
    trusts,
    unit_figures,
    verifying,
)
from recap_desktop.cli.values import OneOf
from recap_desktop.cli.verbs import Session, VerbGroup, option, session
from recap_desktop.office.crash_notes import keep_crash_note
from recap_desktop.office.language import LANGUAGES, load_words
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recap_desktop.cli.verbs import OpenWindow
    from recap_desktop.election.wording import Words

NAME = "recap-desktop"
CRASHED, REFUSED, STOPPED = 1, 2, 130


def _say_version(ctx: click.Context, _: click.Parameter, value: Any) -> None:  # noqa: ANN401 - as click has it
    if value and not ctx.resilient_parsing:
        click.echo(f"{NAME} {__version__}")
        ctx.exit()


@click.group(NAME, cls=VerbGroup, key="program", invoke_without_command=True)
@option("--lang", type=OneOf(LANGUAGES), expose_value=False)
@option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_say_version)
@click.pass_context
def program(ctx: click.Context) -> None:
    """All verbs; without any the window opens."""
    if ctx.invoked_subcommand is None:
        session().show(None)


for verb in (
    demo.demo,
    elections.election,
    offices.office,
    entering.enter,
    importing.import_counts,
    figures.totals,
    found.findings,
    offices.status,
    station_lists.stations,
    lacking.missing,
    look_alikes.look_alikes,
    marking.mark,
    events.history,
    tracing.where_from,
    rulings.correct,
    rulings.accept,
    rulings.not_delivered,
    rulings.withdraw,
    rulings.move,
    rulings.settle,
    rulings.new_round,
    rulings.reopen,
    closing.close,
    # Two of its verbs stand beside it, in a file of their own.
    children_read.plenary,
    plenaries.attend,
    plenaries.incident,
    plenaries.answer,
    plenaries.incidents,
    plenaries.read,
    sheets.sheet,
    papers.paper,
    papers.check_slip,
    copying.plan,
    copying.print_copies,
    copying.papers,
    handing_out.hand_out,
    exporting.export,
    sheets.returns,
    attaching.attach,
    attaching.attachments,
    attaching.attachment_out,
    attaching.attachment_remove,
    proof.audit,
    proof.rebuild,
    mirrors.mirror,
    mirrors.restore,
    exchanges.exchange,
    exchanges.posts,
    exchanges.post_lost,
    people.people,
    keys.key,
    certificates.certificate,
    trusts.trust,
    sending.send,
    verifying.verify,
    receiving.receive,
    receiving.children,
    receiving.alarms,
    receiving.alarm,
    receipts.receipt,
    unit_figures.difference,
    unit_figures.paper_total,
):
    program.add_command(verb)


def chosen_language(arguments: Sequence[str]) -> str:
    """The language to speak from the first word on: ``--lang``, ``RECAP_LANG``, Indonesian."""
    asked = [os.environ.get("RECAP_LANG", "")]
    for place, text in enumerate(arguments):
        if text == "--lang":
            asked += arguments[place + 1 : place + 2]
        elif text.startswith("--lang="):
            asked.append(text.partition("=")[2])
    return next((name for name in reversed(asked) if name in LANGUAGES), LANGUAGES[0])


def refuse(problem: KnownProblem) -> int:
    """Say why the window could not open; the exit status."""
    return _refuse(load_words(chosen_language(())), problem)


def run(arguments: Sequence[str], *, open_window: OpenWindow) -> int:
    """Run one command line.

    Returns:
        Its exit status: 0; 1 when a verb has faults to report, or after a crash, of which a note
        is kept; 2 when something outside the program must be mended first.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a letter shows a mark in its place.
            stream.reconfigure(errors="replace")
    language = chosen_language(arguments)
    run = Session(language, load_words(language), open_window)
    try:
        status = _run(arguments, run)
        sys.stdout.flush()
    except BrokenPipeError:
        # Who reads has seen enough (`| head`): what is left to say goes nowhere.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return run.status
    return status


def _run(arguments: Sequence[str], run: Session) -> int:
    try:
        # Not program.main(): it ends the process by itself when the reader is gone.
        with program.make_context(NAME, list(arguments), obj=run) as ctx:
            program.invoke(ctx)
    except click.exceptions.Exit as end:
        return end.exit_code
    except KnownProblem as problem:
        return _refuse(run.words, problem)
    except click.UsageError as error:
        return _refuse(run.words, complaints.of_usage(run.words, error))
    except (click.Abort, KeyboardInterrupt):
        click.echo(run.words["cli.stopped"], err=True)
        return STOPPED
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a bug of ours
        note = keep_crash_note(error)
        told = (
            run.words("cli.crashed", note=str(note)) if note else run.words["cli.crashed-unnoted"]
        )
        click.echo(told, err=True)
        return CRASHED
    return run.status


def _refuse(words: Words, problem: KnownProblem) -> int:
    for line in complaints.lines(words, problem):
        click.echo(line, err=True)
    return REFUSED
