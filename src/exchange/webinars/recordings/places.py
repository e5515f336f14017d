"""Where the files of a recording lie: DATA_DIR/recordings/<key>.<mp3|opus>, for this program alone.
Called by `joining`, `actions` and the views of recordings."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from exchange.core.sending import PIECE
from exchange.webinars.recordings.rules import SORTS


def root() -> Path:
    folder = Path(settings.DATA_DIR) / "recordings"
    folder.mkdir(exist_ok=True, mode=0o700)
    return folder


def file(key: str, sort: str) -> Path:
    """The place of one file. The key is ours, and made of letters that mean nothing to a disk."""
    if sort not in SORTS or not key.replace("-", "").replace("_", "").isalnum():
        raise ValueError("no such file of a recording")
    return root() / f"{key}.{sort}"


def pieces(path: Path, start: int, stop: int) -> Iterator[bytes]:
    """A part of a file, in pieces large enough for the server. Raises FileNotFoundError at once."""
    opened = path.open("rb")

    def read() -> Iterator[bytes]:
        with opened:
            opened.seek(start)
            left = stop - start
            while left > 0 and (piece := opened.read(min(left, PIECE))):
                left -= len(piece)
                yield piece

    return read()


def put(made: Path, key: str, sort: str) -> int:
    """Move a finished file to its place in one step; its size."""
    with made.open("rb") as finished:
        os.fsync(finished.fileno())
    made.chmod(0o600)
    made.rename(file(key, sort))
    return file(key, sort).stat().st_size


def destroy(key: str) -> None:
    for sort in SORTS:
        file(key, sort).unlink(missing_ok=True)


def keys() -> set[str]:
    """Of every recording that has a file."""
    return {path.stem for path in root().iterdir() if path.suffix.removeprefix(".") in SORTS}
