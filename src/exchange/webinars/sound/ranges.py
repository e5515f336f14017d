"""A part of several files as if they were one: what a player asks for when somebody moves ahead.
Pure but for reading the files; called by the view of minutes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_ONE = re.compile(r"bytes\s*=\s*(\d{0,12})\s*-\s*(\d{0,12})\s*", re.IGNORECASE)
_AT_ONCE = 32_768


class NotThere(Exception):
    """It asks for a part that lies behind the end."""


@dataclass(frozen=True)
class Part:
    """From `start` up to and not including `stop`."""

    start: int
    stop: int


def part(asked: str, size: int) -> Part | None:
    """The part that is asked for; None for the whole, or in words we do not know. Raises NotThere."""
    found = _ONE.fullmatch(asked.strip())
    if found is None or found[1] == found[2] == "":
        return None
    if found[1] == "":
        if not int(found[2]):
            raise NotThere
        return Part(max(0, size - int(found[2])), size)
    start, last = int(found[1]), int(found[2]) if found[2] else size - 1
    if start >= size:
        raise NotThere
    return Part(start, min(last, size - 1) + 1) if last >= start else None


def read(files: Sequence[tuple[Path, int]], wanted: Part) -> Iterator[bytes]:
    """The bytes of that part. A file that goes meanwhile ends it."""
    at = 0
    for path, size in files:
        start, stop = max(wanted.start - at, 0), min(wanted.stop - at, size)
        at += size
        if start >= stop:
            continue
        try:
            yield from _some(path, start, stop - start)
        except FileNotFoundError:
            return


def _some(path: Path, start: int, length: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while length and (piece := file.read(min(length, _AT_ONCE))):
            length -= len(piece)
            yield piece
