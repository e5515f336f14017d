"""Where the bytes of the library lie: a folder of our own, or S3-compatible storage by settings.
Called by the actions, clocks and views of files and of reading; knows keys and bytes alone."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from functools import lru_cache
from pathlib import Path
from typing import IO, Protocol

from django.conf import settings

from exchange.library.files.disk import Disk

_KEY = re.compile(r"[a-z]{2,20}/[A-Za-z0-9_-]{16,64}")
OLD_SECONDS = 3600


class Store(Protocol):
    """What a place for bytes can do. What is not there is a FileNotFoundError, except to remove."""

    def put(self, key: str, source: Path) -> None: ...

    def opened(self, key: str) -> AbstractContextManager[IO[bytes]]: ...

    def pieces(self, key: str, start: int, stop: int) -> Iterator[bytes]: ...

    def size(self, key: str) -> int: ...

    def remove(self, key: str) -> None: ...

    def keys(self, sort: str, before: float) -> Iterator[str]: ...


def put(key: str, source: Path) -> None:
    """Keep a copy of a file, whole or not at all. The source stays where it is."""
    _known(key)
    _store().put(key, source)


def opened(key: str) -> AbstractContextManager[IO[bytes]]:
    """A real file with a descriptor; fetched to a passing one when the storage is elsewhere."""
    _known(key)
    return _store().opened(key)


def pieces(key: str, start: int, stop: int) -> Iterator[bytes]:
    """The bytes from `start` up to and not including `stop`, a little at a time."""
    _known(key)
    return _store().pieces(key, start, stop)


def size(key: str) -> int:
    """How many bytes lie there."""
    _known(key)
    return _store().size(key)


def exists(key: str) -> bool:
    """Whether anything lies there."""
    try:
        size(key)
    except FileNotFoundError:
        return False
    return True


def remove(key: str) -> None:
    """Gone; what is not there is no trouble."""
    _known(key)
    _store().remove(key)


def old_keys(sort: str) -> Iterator[str]:
    """Keys of one sort ("files", "figures") that are not just being added."""
    yield from _store().keys(sort, time.time() - OLD_SECONDS)


def _known(key: str) -> None:
    if not _KEY.fullmatch(key):
        raise ValueError(f"not a key of the store: {key!r}")


def _store() -> Store:
    return _made(settings.LIBRARY_STORE, str(settings.DATA_DIR))


@lru_cache(maxsize=4)
def _made(address: str, folder: str) -> Store:
    """One for the process; made anew where tests change the settings."""
    if not address:
        return Disk(Path(folder) / "library")
    # boto3 is large, and most installations keep their files on their own disk.
    from exchange.library.files.bucket import Bucket  # noqa: PLC0415 - as above

    return Bucket.at(address, settings.LIBRARY_STORE_KEY, settings.LIBRARY_STORE_SECRET)
