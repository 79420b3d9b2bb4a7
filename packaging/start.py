"""Sets this program up on a fresh machine, then runs it, its tests or its checks.

    python3 packaging/start.py demo     the sample office (a window, or a folder of results)
    python3 packaging/start.py run      the program
    python3 packaging/start.py test     the tests; what follows goes to pytest
    python3 packaging/start.py check    ruff and mypy
    python3 packaging/start.py setup    only the set-up

It needs nothing but Python. RECAP_VENV names another place for the virtual environment.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

SAY = {
    "old_python": "Perlu Python 3.11 atau lebih baru; yang dipakai ini versi {version}.",
    "usage": "Cara pakai: python3 packaging/start.py demo | run | test | check | setup",
    "venv": "Menyiapkan tempat kerja di {place} ...",
    "packages": "Memasang {count} paket Python (sekali saja, perlu beberapa menit) ...",
    "failed": "Gagal: {command}",
    "network": "Periksa sambungan jaringan, lalu jalankan perintah yang sama sekali lagi.",
    "debian": "Memasang paket sistem: {packages} ...",
    "debian_by_hand": "Ada paket sistem yang belum terpasang. Jalankan, lalu ulangi:",
    "libraries": "Pustaka sistem ini belum ada; pasanglah, lalu ulangi: {libraries}",
    "ready": "Siap.",
    "demo_window": "Membuka kantor contoh ...",
    "demo_folder": "Tidak ada layar. Hasil kantor contoh ditulis ke {folder}",
    "step": "== {step}",
    "checks_passed": "Semua pemeriksaan lulus.",
    "checks_failed": "Ada pemeriksaan yang tidak lulus: {steps}",
}

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python gets one sentence, not a traceback
    sys.exit(SAY["old_python"].format(version=".".join(map(str, sys.version_info[:3]))))

ROOT = Path(__file__).resolve().parent.parent
VENV = Path(os.environ.get("RECAP_VENV") or ROOT / ".venv").absolute()
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
RUNTIME = ROOT / "packaging" / "requirements.txt"
DEVELOPMENT = ROOT / "packaging" / "requirements-dev.txt"
DEMO_FOLDER = ROOT / "demo-hasil"

# Programs that only the tests start, and the Debian packages that hold them.
TEST_PROGRAMS = {"pdftoppm": "poppler-utils", "zbarimg": "zbar-tools", "chromium": "chromium"}

# What the window needs of Qt; the plugin for the screen is added where there is a screen.
QT_LIBRARIES = ("Core", "Gui", "Widgets", "PrintSupport", "Svg", "Test", "DBus")

# Shared libraries that Qt asks for and does not bring, and the Debian packages that hold them.
DEBIAN = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libICE.so.6": "libice6",
    "libOpenGL.so.0": "libopengl0",
    "libSM.so.6": "libsm6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libXext.so.6": "libxext6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgcc_s.so.1": "libgcc-s1",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
}


def say(code: str, **details: object) -> None:
    print(SAY[code].format(**details), flush=True)


def clean_environment() -> dict[str, str]:
    """The environment for what we start: no other Python's paths, and a locale that has UTF-8."""
    env = {name: value for name, value in os.environ.items() if name not in _OTHER_PYTHON}
    if env.get("LC_ALL") in {"C", "POSIX"}:
        env["LC_ALL"] = "C.UTF-8"  # Qt warns about any other encoding
    return env


_OTHER_PYTHON = {"PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__"}


def quietly(command: list[str | Path]) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        command,
        env=clean_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )


def works(command: list[str | Path]) -> bool:
    return quietly(command).returncode == 0


def must(command: list[str | Path], *, hint: str = "") -> None:
    """Runs a command quietly; where it fails, shows what it said and stops."""
    done = quietly(command)
    if done.returncode == 0:
        return
    print(done.stdout.decode(errors="replace"), file=sys.stderr)
    say("failed", command=" ".join(map(str, command)))
    if hint:
        say(hint)
    sys.exit(1)


def show(command: list[str | Path], **changes: str) -> int:
    """Runs a command in the open, in the project's folder, and returns its exit code."""
    return subprocess.run(
        command, cwd=ROOT, env=clean_environment() | changes, check=False
    ).returncode


# ---------------------------------------------------------------- Debian's packages


def administrator() -> list[str] | None:
    """What to put before a command so that it runs as root; None where we may not."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and works(["sudo", "-n", "true"]):
        return ["sudo", "-n"]
    return None


def install_debian(packages: list[str]) -> None:
    """Installs Debian packages, or stops with the one command that does."""
    prefix = administrator()
    if prefix is None:
        say("debian_by_hand")
        sys.exit("    sudo apt-get update && sudo apt-get install -y " + " ".join(packages))
    say("debian", packages=" ".join(packages))
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    install: list[str | Path] = [*apt, "install", "-y", "--no-install-recommends", *packages]
    # The machine's list of packages may be missing or old. Of an update some other source may
    # fail, which is no matter as long as our packages come.
    if not works(install):
        quietly([*apt, "update"])
        must(install, hint="network")


def has_screen() -> bool:
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def qt_files() -> list[Path]:
    """The Qt files of the virtual environment whose needs must be met."""
    qt = next(VENV.glob("lib/python3*/site-packages/PySide6/Qt"))
    plugins = ["libqoffscreen.so"]
    if os.environ.get("DISPLAY"):
        plugins.append("libqxcb.so")
    if os.environ.get("WAYLAND_DISPLAY"):
        plugins.append("libqwayland.so")
    wanted = [qt / "lib" / f"libQt6{name}.so.6" for name in QT_LIBRARIES]
    wanted += [qt / "plugins" / "platforms" / name for name in plugins]
    return [path for path in wanted if path.is_file()]


def missing_libraries() -> list[str]:
    """Names of the shared libraries that the dynamic loader does not find for Qt."""
    told = subprocess.run(["ldd", *qt_files()], capture_output=True, check=False).stdout.decode()
    lines = [line.split() for line in told.splitlines() if line.endswith("=> not found")]
    return sorted({words[0] for words in lines if not words[0].startswith("libQt6")})


def ensure_system(*, tests: bool) -> None:
    """Sees to the shared libraries and programs that pip cannot bring."""
    if sys.platform != "linux":
        return
    programs = [name for name in TEST_PROGRAMS if tests and not shutil.which(name)]
    libraries = missing_libraries()
    before: list[str] = []
    # A library that just came may ask for another, so we ask until nothing is missing.
    while programs or libraries:
        unknown = [name for name in libraries if name not in DEBIAN]
        in_vain = bool(libraries) and libraries == before
        if unknown or in_vain or not shutil.which("apt-get"):
            say("libraries", libraries=" ".join([*libraries, *programs]))
            sys.exit(1)
        packages = {DEBIAN[name] for name in libraries} | {TEST_PROGRAMS[name] for name in programs}
        install_debian(sorted(packages))
        programs, before, libraries = [], libraries, missing_libraries()


# ---------------------------------------------------------------- the virtual environment


def ensure_venv() -> None:
    """Makes the virtual environment where there is none that works."""
    if PYTHON.is_file() and works([PYTHON, "-m", "pip", "--version"]):
        return
    say("venv", place=VENV)
    if importlib.util.find_spec("ensurepip") is None and shutil.which("apt-get"):
        # Debian keeps this part of Python in a package of its own.
        install_debian([f"python3.{sys.version_info.minor}-venv"])
    must([sys.executable, "-m", "venv", "--clear", VENV])


def digest(requirements: Path) -> str:
    return hashlib.sha256(requirements.read_bytes()).hexdigest()


def stamp(requirements: Path) -> Path:
    return VENV / f"recap-{requirements.stem}.sha256"


def ensure_packages(requirements: Path) -> None:
    """Installs exactly the listed packages, each checked against its hash; once per list."""
    done = stamp(requirements)
    listed = done.is_file() and done.read_text() == digest(requirements)
    if listed and works([PYTHON, "-c", "import PySide6"]):
        return
    ensure_venv()
    lines = requirements.read_text(encoding="utf-8").splitlines()
    say("packages", count=sum(line[:1].isalpha() for line in lines))
    pip: list[str | Path] = [PYTHON, "-m", "pip", "install", "--quiet", "--no-input"]
    must(
        [*pip, "--require-hashes", "--only-binary", ":all:", "-r", requirements],
        hint="network",
    )
    # The longer list holds the shorter one, at the same versions.
    for met in {requirements, RUNTIME}:
        stamp(met).write_text(digest(met))


def link_program() -> None:
    """Lets the virtual environment import the program, and start it as `recap-desktop`.

    Done each time, since the folder may have been moved.
    """
    where = "Lib/site-packages" if WINDOWS else "lib/python3*/site-packages"
    packages = next(VENV.glob(where))
    keep(packages / "recap-desktop.pth", f"{ROOT}\n")
    if WINDOWS:
        keep(PYTHON.with_name("recap-desktop.cmd"), '@"%~dp0python.exe" -m recap_desktop %*\n')
        return
    starter = PYTHON.with_name("recap-desktop")
    keep(starter, '#!/bin/sh\nexec "$(dirname "$0")/python" -m recap_desktop "$@"\n')
    starter.chmod(0o755)


def keep(path: Path, text: str) -> None:
    """Writes a small file unless it says so already: another run may be reading it."""
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def set_up(*, development: bool) -> None:
    ensure_packages(DEVELOPMENT if development else RUNTIME)
    link_program()
    ensure_system(tests=development)


# ---------------------------------------------------------------- the verbs


def demo(arguments: list[str]) -> int:
    set_up(development=False)
    program: list[str | Path] = [PYTHON, "-m", "recap_desktop", "demo"]
    if arguments:
        return show([*program, *arguments])
    if has_screen():
        say("demo_window")
        return show(program)
    say("demo_folder", folder=DEMO_FOLDER)
    return show([*program, "--headless", DEMO_FOLDER], QT_QPA_PLATFORM="offscreen")


def run(arguments: list[str]) -> int:
    set_up(development=False)
    return show([PYTHON, "-m", "recap_desktop", *arguments])


def test(arguments: list[str]) -> int:
    set_up(development=True)
    # All of them take every core; a few that somebody asks for are seen one after the other.
    how = arguments or ["--numprocesses", "auto", "--dist", "loadfile"]
    return show([PYTHON, "-m", "pytest", *how], QT_QPA_PLATFORM="offscreen")


def check(_arguments: list[str]) -> int:
    set_up(development=True)
    elsewhere = ["--cache-dir", ".mypy_cache/win32"]
    steps = {
        "ruff check": ["ruff", "check"],
        "ruff format": ["ruff", "format", "--check"],
        "mypy": ["mypy"],
        # The laptops of the offices run Windows first: what only Linux has is found here.
        "mypy (Windows)": ["mypy", "--platform", "win32", *elsewhere, "recap_desktop"],
    }
    failed = []
    for name, words in steps.items():
        say("step", step=name)
        if show([PYTHON, "-m", *words]):
            failed.append(name)
    if failed:
        say("checks_failed", steps=", ".join(failed))
        return 1
    say("checks_passed")
    return 0


def setup(_arguments: list[str]) -> int:
    set_up(development=False)
    say("ready")
    return 0


VERBS = {"demo": demo, "run": run, "test": test, "check": check, "setup": setup}


def main(words: list[str]) -> int:
    verb = VERBS.get(words[0]) if words else None
    if verb is None:
        say("usage")
        return 2
    try:
        return verb(words[1:])
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
