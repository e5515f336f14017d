"""Where things are: the checkout, its environment, and the data directory of one Exchange.
Every module of the launcher may use it."""

import errno
import fcntl
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from launch.voice import Trouble

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"
REQUIREMENTS = ROOT / "requirements"
# The environment belongs to the checkout, the data to the community: two places on purpose.
VENV = Path(os.environ.get("EXCHANGE_VENV") or ROOT / "var" / "venv").absolute()
PYTHON = VENV / "bin" / "python"


def data_directory(given: str | None) -> Path:
    """The data directory as asked for, made if missing, and proven writable."""
    path = Path(given or os.environ.get("EXCHANGE_DATA") or ROOT / "var").expanduser().absolute()
    make_writable_directory(path, "the data directory")
    return path


def make_writable_directory(path: Path, role: str) -> None:
    try:
        path.mkdir(mode=0o755 if path.is_relative_to(ROOT) else 0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path, prefix=".writable-"):
            pass
    except OSError as problem:
        raise Trouble(
            f"{_why_not(problem, path, role)} Choose another with --data DIR."
        ) from problem


def _why_not(problem: OSError, path: Path, role: str) -> str:
    reasons = {
        errno.EACCES: f"I may not write to {path} ({role}).",
        errno.EPERM: f"I may not write to {path} ({role}).",
        errno.EROFS: f"{path} ({role}) is on a disk that is read-only.",
        errno.ENOSPC: f"The disk that holds {path} ({role}) is full.",
        errno.ENOTDIR: f"{path} ({role}) lies under a file, not a directory.",
        errno.EEXIST: f"{path} ({role}) is a file, not a directory.",
    }
    return reasons.get(problem.errno or 0, f"{path} ({role}) cannot be used: {problem.strerror}.")


class Hold:
    """A lock that ends with the process that holds it, however that process ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("a+", encoding="utf-8")

    def try_take(self) -> bool:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def take(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def write(self, words: str) -> None:
        self._file.seek(0)
        self._file.truncate()
        self._file.write(words)
        self._file.flush()

    def read(self) -> str:
        return self.path.read_text(encoding="utf-8").strip()

    def release(self) -> None:
        self._file.close()


def read_stamp(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_stamp(path: Path, stamp: dict[str, Any]) -> None:
    """Whole or not at all: a stamp half written would promise what is not there."""
    unfinished = path.with_name(path.name + ".new")
    unfinished.write_text(json.dumps(stamp, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    unfinished.replace(path)


def fingerprint(files: Iterable[Path]) -> str:
    """One value for the names and contents of these files."""
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path).encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
