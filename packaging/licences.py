"""Writes packaging/licences/<package>.txt from what each installed package says of its licence.

    python3 packaging/start.py setup
    .venv/bin/python packaging/licences.py

Qt's packages bring no text: they stand under LGPL-3.txt and GPL-3.txt, which lie there for good.
"""

import re
from importlib.metadata import Distribution, distribution
from pathlib import Path

PACKAGING = Path(__file__).resolve().parent
LICENCES = PACKAGING / "licences"
QT = {"pyside6-essentials", "shiboken6"}
QT_NOTICE = """\
{name}

Copyright (C) The Qt Company Ltd. and other contributors.

Used under the GNU Lesser General Public License version 3 (LGPL-3.txt, which adds to GPL-3.txt).
It is unchanged, lies beside this program as libraries of its own, and may be replaced by another
version of yours. Its source of this version is published by the Qt Project.
"""


def bundled() -> list[str]:
    """Names of the packages that a person gets with the program."""
    text = (PACKAGING / "requirements.txt").read_text(encoding="utf-8")
    return re.findall(r"^([a-z0-9-]+)==", text, flags=re.MULTILINE)


def licence_files(package: Distribution) -> list[Path]:
    """The package's files of licence, as its metadata name them or as they are called."""
    inside = [path for path in package.files or [] if ".dist-info" in path.parts[0]]
    named = {path for path in inside if "licenses" in path.parts[1:]}
    named |= {path for path in inside if re.match(r"(?i)(licen[cs]e|copying|notice)", path.name)}
    return sorted(Path(str(package.locate_file(path))) for path in named)


def text_of(name: str) -> str:
    if name in QT:
        return QT_NOTICE.format(name=name)
    parts = [name]
    for path in licence_files(distribution(name)):
        parts += ["-" * 80, path.name, path.read_text(encoding="utf-8", errors="replace").strip()]
    if len(parts) == 1:
        message = f"{name} brings no licence: look for it and write licences/{name}.txt by hand"
        raise SystemExit(message)
    lines = "\n\n".join(parts).expandtabs().splitlines()
    return "\n".join(line.rstrip() for line in lines) + "\n"


def main() -> None:
    for name in bundled():
        (LICENCES / f"{name}.txt").write_text(text_of(name), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
