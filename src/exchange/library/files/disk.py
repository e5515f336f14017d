"""A folder for the bytes of the library: DATA_DIR/library/<sort>/<first letters>/<random id>.
Called by store.py alone."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from exchange.core import ids

PIECE = 1 << 16


class Disk:
    """Files of this program's user alone."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, key: str, source: Path) -> None:
        """Written beside, made sure of, then moved to its place in one step."""
        place = self._place(key)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = place.parent / f".{ids.new_id()}"
        try:
            with source.open("rb") as given, fresh.open("xb") as copy:
                fresh.chmod(0o600)
                shutil.copyfileobj(given, copy, PIECE)
                copy.flush()
                os.fsync(copy.fileno())
            fresh.rename(place)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
        _sure_of(place.parent)

    @contextlib.contextmanager
    def opened(self, key: str) -> Iterator[IO[bytes]]:
        with self._place(key).open("rb") as file:
            yield file

    def pieces(self, key: str, start: int, stop: int) -> Iterator[bytes]:
        file = self._place(key).open("rb")  # here, so that what is missing is known at once
        return _pieces(file, start, stop)

    def size(self, key: str) -> int:
        return self._place(key).stat().st_size

    def remove(self, key: str) -> None:
        self._place(key).unlink(missing_ok=True)

    def keys(self, sort: str, before: float) -> Iterator[str]:
        """What is older than that; what an interrupted writing left behind goes on the way."""
        for path in (self._root / sort).glob("??/*"):
            if not _is_older(path, before):
                continue
            if path.name.startswith("."):
                path.unlink(missing_ok=True)
            else:
                yield f"{sort}/{path.name}"

    def _place(self, key: str) -> Path:
        sort, name = key.split("/")
        return self._root / sort / name[:2] / name


def _pieces(file: IO[bytes], start: int, stop: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        left = stop - start
        while left > 0 and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece


def _is_older(path: Path, before: float) -> bool:
    try:
        return path.stat().st_mtime < before
    except FileNotFoundError:
        return False


def _sure_of(folder: Path) -> None:
    """After a power cut the name must be there too, not the bytes alone."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
