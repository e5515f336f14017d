"""Puts a mail into the spool: whole or not at all, and on the disk before anybody says so.
Used by the door; the folder and its files are read by `mail.receiving`."""

import contextlib
import errno
import json
import os
import secrets
import shutil
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

# What is left over from a door that was killed is swept after an hour.
LEFT_OVER = 3600.0
# How file systems say that a file can have one name only.
_NO_LINKS = {errno.EPERM, errno.EMLINK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}


class Draft:
    """A mail while it is still arriving: a file nobody reads yet."""

    def __init__(self, spool: Path) -> None:
        self.spool = spool
        self.size = 0
        self._path = spool / "tmp" / f"{os.getpid()}-{secrets.token_hex(8)}"
        self._file: BinaryIO | None = self._path.open("xb", buffering=65_536)

    def write(self, piece: bytes) -> None:
        """Add to it. Raises OSError when the disk is full."""
        if self._file:
            self._file.write(piece)
            self.size += len(piece)

    def settle(self, letters: Sequence[dict[str, str]]) -> list[str]:
        """Make one arrival for each of these notes ("to", "from", "via" …); when this returns, they
        outlive a power cut. Raises OSError: then some may be there, but nobody was promised any."""
        if not self._file:
            return []
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._file = None
        arrivals = [self._arrival(notes) for notes in letters]
        _fsync_folder(self.spool / "new")
        self.discard()
        return arrivals

    def discard(self) -> None:
        """Forget what has come so far."""
        if self._file:
            with contextlib.suppress(OSError):  # a full disk cannot keep us from letting go
                self._file.close()
            self._file = None
        self._path.unlink(missing_ok=True)

    def _arrival(self, notes: dict[str, str]) -> str:
        now = datetime.now(UTC)
        name = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(8)}"
        new = self.spool / "new"
        with (new / f"{name}.json").open("x", encoding="utf-8") as file:
            json.dump(notes | {"at": now.isoformat()}, file)
            file.flush()
            os.fsync(file.fileno())
        _same_file(self._path, new / f"{name}.eml")  # its presence means: complete
        return name


def prepare(spool: Path) -> None:
    """Make the folders, for the owner alone, and sweep what a killed door left half done."""
    for folder in (spool, spool / "tmp", spool / "new"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    before = time.time() - LEFT_OVER
    for left in (spool / "tmp").iterdir():
        _sweep(left, before)
    for notes in (spool / "new").glob("*.json"):
        if not notes.with_suffix(".eml").exists():
            _sweep(notes, before)


def room(spool: Path) -> int:
    """How many bytes the disk of the spool has left."""
    return shutil.disk_usage(spool).free


def _sweep(path: Path, before: float) -> None:
    with contextlib.suppress(FileNotFoundError):
        if path.stat().st_mtime < before:
            path.unlink()


def _same_file(source: Path, target: Path) -> None:
    """A mail to twenty of our addresses lies on the disk once, where the disk can do that."""
    try:
        os.link(source, target)
    except OSError as problem:
        if problem.errno not in _NO_LINKS:
            raise
        _copy(source, target)


def _copy(source: Path, target: Path) -> None:
    unfinished = source.with_name(f"{target.name}.copy")
    with source.open("rb") as old, unfinished.open("wb") as new:
        shutil.copyfileobj(old, new)
        new.flush()
        os.fsync(new.fileno())
    unfinished.replace(target)


def _fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
