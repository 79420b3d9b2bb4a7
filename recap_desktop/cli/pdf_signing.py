"""``papers sign-pdf``: a PDF that was exported, signed with the certificate of the office."""

from __future__ import annotations

from pathlib import Path

from recap_desktop.cli.key_values import PASSPHRASE_FILE, certificate_passphrase
from recap_desktop.cli.values import PATH
from recap_desktop.cli.verbs import argument, option, say, verb
from recap_desktop.office.papers.signing_pdf import sign_pdf


@verb("sign-pdf", key="papers-sign-pdf")
@argument("path", metavar="pdf", type=PATH)
@option("--certificate", metavar="file", type=PATH, required=True)
@option("--to", "target", about="signed-to", metavar="file", type=PATH, required=True)
@PASSPHRASE_FILE
def sign(path: Path, certificate: Path, target: Path, file: Path | None) -> None:
    """Sign a PDF; it needs no office."""
    secret = certificate_passphrase(file)
    holder = sign_pdf(path, target, certificate=certificate, passphrase=secret)
    say("cli.pdf-signed", path=str(target), holder=holder)
