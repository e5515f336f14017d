"""The virtual environment of this checkout: made, filled from the hashed lock, kept right.
Called before any command that needs more than the standard library."""

import importlib
import importlib.util
import os
import platform
import shutil
import sys
import time
from pathlib import Path

from launch import system_packages
from launch.places import (
    PYTHON,
    REQUIREMENTS,
    ROOT,
    VENV,
    Hold,
    fingerprint,
    make_writable_directory,
    read_stamp,
    write_stamp,
)
from launch.processes import Command, output_of, run
from launch.voice import Trouble, say

STAMP = VENV / "exchange-lock.json"
LOCKS = {"base": REQUIREMENTS / "base.txt", "dev": REQUIREMENTS / "dev.txt"}
# These would send packages somewhere else than into the environment.
MISLEADING = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIRE_VIRTUALENV")


def python_identity() -> str:
    return f"{platform.python_implementation()} {platform.python_version()} {platform.machine()}"


def is_ready(kind: str) -> bool:
    """Does the environment hold exactly what this lock says, for this Python?"""
    stamp = read_stamp(STAMP)
    return (
        PYTHON.exists()
        and stamp.get("python") == python_identity()
        and stamp.get(kind) == fingerprint([LOCKS[kind]])
    )


def ensure(kind: str = "base") -> None:
    """Make and fill the environment unless it is as the lock says already."""
    if is_ready(kind):
        return
    if not _may_write():
        raise Trouble(
            f"The environment at {VENV} is not up to date and you may not write there. "
            "Run this once as the owner of the checkout, or set EXCHANGE_VENV to a directory of yours."
        )
    make_writable_directory(VENV.parent, "the place of the environment")
    hold = Hold(VENV.parent / ".environment.lock")
    if not hold.try_take():
        say("Another command is setting up the environment; waiting for it.")
        hold.take()
    try:
        if not is_ready(kind):
            _make()
            _fill(kind)
    finally:
        hold.release()


def _may_write() -> bool:
    nearest = VENV
    while not nearest.exists():
        nearest = nearest.parent
    return os.access(nearest, os.W_OK)


def _make() -> None:
    if _works():
        return
    _need_ensurepip()
    say(f"Making the environment in {_short(VENV)} with Python {platform.python_version()}.")
    if VENV.exists():
        shutil.rmtree(VENV)
    if run([sys.executable, "-m", "venv", VENV]):
        raise Trouble(f"The environment could not be made in {VENV}; the reason is above.")


def _works() -> bool:
    """An interrupted or outlived environment is made afresh rather than mended."""
    if not PYTHON.exists():
        return False
    code, words = output_of([PYTHON, "-c", "import pip, platform as p; print(p.python_version())"])
    return code == 0 and words.strip() == platform.python_version()


def missing_packages() -> list[str]:
    """Debian keeps the module that makes environments in a package of its own."""
    importlib.invalidate_caches()
    makes_one = PYTHON.exists() or importlib.util.find_spec("ensurepip")
    return [] if makes_one else ["python3-venv"]


def _need_ensurepip() -> None:
    if importlib.util.find_spec("ensurepip"):
        return
    system_packages.install(["python3-venv"], why="so that Python can make an environment")
    importlib.invalidate_caches()
    if not importlib.util.find_spec("ensurepip"):
        raise Trouble(
            f"The Python at {sys.executable} comes without ensurepip, so it cannot make an "
            "environment. Start me with another one, for example: python3.11 ./exchange run"
        )


def _fill(kind: str) -> None:
    lock = LOCKS[kind]
    say(f"Installing what {_short(lock)} lists, every file checked against its hash.")
    begun = time.monotonic()
    STAMP.unlink(missing_ok=True)
    env = {name: value for name, value in os.environ.items() if name not in MISLEADING}
    env |= {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONPATH": ""}
    pip: Command = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-input",
        "--require-hashes",
        "-r",
        lock,
    ]
    if run(pip, env=env):
        raise Trouble(
            "Installing the packages did not work; pip's reason is above. Without a way to a "
            "package index (or a proxy to one, set for pip) the first start cannot finish."
        )
    stamp = {"python": python_identity(), kind: fingerprint([lock])}
    if kind == "dev":  # dev.txt repeats every pin of base.txt
        stamp["base"] = fingerprint([LOCKS["base"]])
    write_stamp(STAMP, stamp)
    say(f"The environment is ready ({time.monotonic() - begun:.0f} s).")


def _short(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
