"""What the Kirim page says: its steps, what is next, and what a package is known by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.offices.office_lines import moment
from recap_desktop.desk.pieces.step_list import Step
from recap_desktop.election.checks.phrasing import Phrasing
from recap_desktop.election.papers.faces import groups
from recap_desktop.election.wording import number_text
from recap_desktop.office.keys.key_typing import whole_fingerprint
from recap_desktop.office.upward.proposals import proposals

if TYPE_CHECKING:
    from recap_desktop.desk.pieces.step_bar import StepButton
    from recap_desktop.desk.session import Session
    from recap_desktop.election.wording import Words
    from recap_desktop.office.upward.send_steps import Upward
    from recap_desktop.office.upward.sending import Sent

CLOSE, KEY, CERTIFICATE, PACKAGE, BACK = range(5)
_SHORT, _FEW = 4, 4


def steps(session: Session, seen: Upward) -> list[Step]:
    """Each step with how far it is."""
    words = session.words
    said = (_close(words, seen), _key(words, seen), _certificate(words, seen), _sent(words, seen))
    names = ("close", "key", "certificate", "package")
    shown = [
        Step(words[f"desk.kirim.step-{name}"], text, hue)
        for name, (text, hue) in zip(names, said, strict=True)
    ]
    return [*shown, Step(words["desk.terima.back-step"], *_back(words, seen))]


def _close(words: Words, seen: Upward) -> tuple[str, Hue]:
    if seen.revision is None:
        return words["desk.kirim.close-none"], Hue.QUIET
    number = seen.revision.number
    if seen.has_moved_on:
        return words("desk.kirim.close-moved-on", number=number), Hue.CARE
    return words("desk.kirim.close-done", number=number), Hue.GOOD


def _key(words: Words, seen: Upward) -> tuple[str, Hue]:
    if not seen.key:
        return words["desk.kirim.key-none"], Hue.QUIET
    shown = " ".join(whole_fingerprint(seen.key)[:_SHORT])
    return words("desk.kirim.key-done", groups=shown), Hue.GOOD


def _certificate(words: Words, seen: Upward) -> tuple[str, Hue]:
    if seen.is_root:
        return words["desk.kirim.certificate-root"], Hue.GOOD if seen.key else Hue.QUIET
    if seen.certificate is None:
        return words["desk.kirim.certificate-none"], Hue.QUIET
    serial = seen.certificate.serial
    return words("desk.kirim.certificate-done", serial=serial), Hue.GOOD


def _sent(words: Words, seen: Upward) -> tuple[str, Hue]:
    if seen.sent is None:
        return words["desk.kirim.package-none"], Hue.QUIET
    time = moment(words, seen.sent.time)
    return words("desk.kirim.package-done", number=seen.sent.body["revision"], time=time), Hue.GOOD


def _back(words: Words, seen: Upward) -> tuple[str, Hue]:
    if not seen.is_receipted or seen.revision is None:
        return words["desk.terima.back-none"], Hue.QUIET
    return words("desk.terima.back-done", number=seen.revision.number), Hue.GOOD


def following(seen: Upward) -> int:
    """The place of the step that is next; -1 where all is done.

    A certificate is never waited for once there is something to send.
    """
    if not seen.key:
        return KEY
    if seen.revision is not None:
        if seen.sent is None:
            return PACKAGE
        return -1 if seen.is_receipted or seen.is_root else BACK
    if seen.certificate is None and not seen.is_root:
        return CERTIFICATE
    return CLOSE


def key_fact(words: Words, key: str) -> tuple[str, str]:
    """The whole fingerprint of the office's key under its caption."""
    shown = whole_fingerprint(key)
    half = len(shown) // 2
    return words["desk.kirim.fact-key"], "\n".join((" ".join(shown[:half]), " ".join(shown[half:])))


def made_facts(words: Words, sent: Sent, key: str) -> list[tuple[str, str]]:
    """What a package that lies on the medium is known by."""
    facts = [
        (words("desk.kirim.fact-file", folder=str(sent.path.parent)), sent.path.name),
        (words["desk.kirim.fact-head"], groups(sent.head)),
    ]
    return [*facts, key_fact(words, key)] if key else facts


def show_proposals(session: Session, button: StepButton) -> None:
    """Say how many corrections of the office above wait here; nothing where none was ever brought."""
    found = proposals(session.office, session.contest_id)
    waiting = sum(one.is_open for one in found)
    button.setText(session.words("desk.proposals.button", count=waiting))
    button.setVisible(bool(found))


def proposal_facts(session: Session) -> list[tuple[str, str]]:
    """The first few corrections that the office above proposes, and what stands here."""
    words = session.words
    form = session.office.election.form(session.contest_id)
    phrasing = Phrasing(words, form, session.contest)
    facts = []
    for one in proposals(session.office, session.contest_id)[:_FEW]:
        tree = session.office.election.tree
        where = session.station(one.tps) if one.tps else tree.name(one.unit)
        changes = "; ".join(
            words(
                "import.change",
                cell=phrasing.cell(cell),
                before=words["desk.none"] if old is None else number_text(old),
                after=words["desk.none"] if new is None else number_text(new),
            )
            for cell, (old, new) in list(one.changes.items())[:_FEW]
        )
        said = words["desk.terima.proposal-done"] if one.is_done else changes or one.reason
        facts.append((words("desk.terima.proposal", name=one.name, station=where), said))
    return facts
