"""Pictures kept as evidence: DATA_DIR/evidence/<random id>.webp, for this program's user alone.
Called by the actions, the pages and the clock of this room; knows ids and files alone."""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Collection
from pathlib import Path

from django.conf import settings

from exchange.core import ids

_ID = re.compile(r"[A-Za-z0-9_-]{16,32}")
OLD_SECONDS = 3600


def keep(data: bytes) -> str:
    """Write it for good; the id under which it lies."""
    new = ids.new_id()
    _root().mkdir(parents=True, exist_ok=True, mode=0o700)
    number = os.open(_file(new), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return new


def read(key: str) -> bytes | None:
    """None when it is not there."""
    if not _ID.fullmatch(key):
        return None
    try:
        return _file(key).read_bytes()
    except FileNotFoundError:
        return None


def remove(keys: Collection[str]) -> None:
    """What is not there is no trouble."""
    for key in keys:
        if _ID.fullmatch(key):
            _file(key).unlink(missing_ok=True)


def mark_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def sweep(known: Collection[str]) -> None:
    """Files of reports that were never taken in, or that outlived an accident."""
    oldest = time.time() - OLD_SECONDS
    for file in _root().glob("*.webp"):
        if file.stem not in known and file.stat().st_mtime < oldest:
            file.unlink(missing_ok=True)


def _root() -> Path:
    return Path(settings.DATA_DIR) / "evidence"


def _file(key: str) -> Path:
    return _root() / f"{key}.webp"
