"""One counter that says "something public changed", shared by all processes of a machine.
The ledger bumps it after each commit; the page cache reads it, so a withdrawn text never lingers."""

import mmap
import os
import struct
import threading
from pathlib import Path

from django.conf import settings

_SIZE = 8
_lock = threading.Lock()
_maps: dict[str, mmap.mmap] = {}


def stamp() -> int:
    """The counter now. Reading it touches no database and no system call."""
    return int(struct.unpack_from("<Q", _shared())[0])


def bump() -> None:
    """Say that something public changed. Safe between threads; between processes a lost step
    is harmless because the number still moves on."""
    with _lock:
        shared = _shared()
        struct.pack_into("<Q", shared, 0, struct.unpack_from("<Q", shared)[0] + 1)


def _shared() -> mmap.mmap:
    path = str(Path(settings.DATA_DIR) / "freshness")
    if path not in _maps:
        _maps[path] = _open(path)
    return _maps[path]


def _open(path: str) -> mmap.mmap:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if os.fstat(descriptor).st_size < _SIZE:
            os.ftruncate(descriptor, _SIZE)
        return mmap.mmap(descriptor, _SIZE)
    finally:
        os.close(descriptor)
