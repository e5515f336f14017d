"""Programs that pip cannot bring: found, installed where we are root on Debian, or asked for.
Called by the environment (python3-venv) and by the tests (a browser, a database server)."""

import ctypes
import os
import shutil
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from launch.processes import output_of
from launch.voice import Trouble, complain, say

# A Debian database package starts a server of its own; ours is private, so for once, no.
NO_SERVER = Path("/etc/postgresql-common/createcluster.d/exchange-tests.conf")
ARABIC_FACE = "NotoNaskhArabic-Regular.ttf"
# Programs the tests call: translations, words of a PDF to compare with, reading of scans; sound,
# somebody who speaks, and what several live processes share.
FOR_TESTS = {
    "xgettext": "gettext",
    "pdftotext": "poppler-utils",
    "tesseract": "tesseract-ocr",
    "ffmpeg": "ffmpeg",
    "icecast2": "icecast2",
    "espeak-ng": "espeak-ng",
    "redis-server": "redis-server",
}
# Packages that start a service of their own, now and after each start of the machine; the tests
# start theirs themselves.
SERVICES = frozenset({"icecast2", "redis-server"})
# Where Debian asks whether a package may start what it brings: 101 means no.
MAY_START = Path("/usr/sbin/policy-rc.d")


# Programs for the machine's own use, where a person's PATH does not look.
ELSEWHERE = "/usr/sbin:/usr/local/sbin:/sbin"


def for_tests() -> list[str]:
    """The Debian packages that the tests still miss on this machine."""
    missing = []
    if not browser():
        missing.append("chromium")
    if not server_programs():
        missing.append("postgresql")
    for program, package in FOR_TESTS.items():
        if not (shutil.which(program) or shutil.which(program, path=ELSEWHERE)):
            missing.append(package)
    if not any(_fonts(ARABIC_FACE)):
        missing.append("fonts-noto-core")
    if sys.platform.startswith("linux") and not _loads("libatomic.so.1"):
        missing.append("libatomic1")
    return missing


def _loads(library: str) -> bool:
    """The program that drives the browser needs one that a bare system lacks."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def browser() -> str | None:
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if found := shutil.which(name):
            return found
    return None


def server_programs() -> Path | None:
    """The directory that holds PostgreSQL's initdb and postgres, newest version first."""
    candidates = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    candidates += sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -_version(path.parent.name)
    )
    candidates += Path("/opt/homebrew/opt").glob("postgresql*/bin")
    for directory in candidates:
        if all((directory / name).exists() for name in ("initdb", "postgres", "pg_isready")):
            return directory
    return None


def _version(name: str) -> int:
    return int(name) if name.isdecimal() else 0


def _fonts(name: str) -> Iterator[Path]:
    for directory in ("/usr/share/fonts", "/usr/local/share/fonts", Path.home() / ".fonts"):
        yield from Path(directory).glob(f"**/{name}")


def install(packages: Sequence[str], *, why: str) -> None:
    """Say it and install; where that is not ours to do, give the exact line and stop."""
    line = f"apt-get install --no-install-recommends {' '.join(packages)}"
    if not (_is_debian() and shutil.which("apt-get")):
        raise Trouble(
            f"This machine misses {_and(packages)}, needed {why}. Those are Debian's names; "
            "install the like of them with this system's own package manager, then try again."
        )
    if os.geteuid() != 0:
        by_whom = "" if shutil.which("sudo") else " as root"
        line = f"sudo {line}" if shutil.which("sudo") else line
        raise Trouble(
            f"This machine misses {_and(packages)}, needed {why}. "
            f"Please run this line once{by_whom}, then try again:\n  {line}"
        )
    _install_as_root(packages, line, why)


def _install_as_root(packages: Sequence[str], line: str, why: str) -> None:
    say(f"Installing {_and(packages)} with apt-get, {why}. The first time takes a few minutes.")
    env = dict(os.environ) | {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    apt = ["apt-get", "-q", "-y", "-o=Dpkg::Use-Pty=0"]
    if output_of([*apt, "update"], env=env)[0]:
        say("apt-get update did not go well; trying with the lists as they are.")
    quiet = SERVICES.intersection(packages)
    with _without_a_server_of_its_own("postgresql" in packages), _without_services(quiet):
        code, words = output_of([*apt, "install", "--no-install-recommends", *packages], env=env)
    if code:
        complain(words)
        raise Trouble(
            f"apt-get could not install them; its reason is above. The line was:\n  {line}"
        )


@contextmanager
def _without_a_server_of_its_own(wanted: bool) -> Iterator[None]:
    if not wanted or NO_SERVER.parent.parent.exists():
        yield
        return
    NO_SERVER.parent.mkdir(parents=True, exist_ok=True)
    NO_SERVER.write_text("create_main_cluster = false\n", encoding="utf-8")
    try:
        yield
    finally:
        NO_SERVER.unlink(missing_ok=True)


@contextmanager
def _without_services(packages: Collection[str]) -> Iterator[None]:
    """Install them without starting them, and without a start when the machine starts."""
    if not packages or MAY_START.exists():  # whoever has a rule of their own keeps it
        yield
        return
    MAY_START.write_text("#!/bin/sh\nexit 101\n", encoding="utf-8")
    MAY_START.chmod(0o755)
    try:
        yield
    finally:
        MAY_START.unlink(missing_ok=True)
        if systemctl := shutil.which("systemctl"):
            for package in sorted(packages):
                output_of([systemctl, "disable", package])  # where there is no systemd: nothing


def _is_debian() -> bool:
    try:
        words = Path("/etc/os-release").read_text(encoding="utf-8")
    except OSError:
        return False
    names = [
        line.partition("=")[2].strip("\"'")
        for line in words.splitlines()
        if line.startswith(("ID=", "ID_LIKE="))
    ]
    return any(name in {"debian", "ubuntu"} for line in names for name in line.split())


def _and(names: Iterable[str]) -> str:
    *rest, last = names
    return f"{', '.join(rest)} and {last}" if rest else last
