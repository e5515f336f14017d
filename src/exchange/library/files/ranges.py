"""What a browser asks for when it wants a part of a file, or asks whether its own is still right.
Pure; called by the view that serves files."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ONE = re.compile(r"bytes\s*=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*", re.IGNORECASE)


class NotThere(Exception):
    """It asks for a part that lies behind the end."""


@dataclass(frozen=True)
class Part:
    """From `start` up to and not including `stop`."""

    start: int
    stop: int


def part(asked: str, size: int) -> Part | None:
    """The part that is asked for; None for the whole, also when several parts are asked for at
    once or in words we do not know. Raises NotThere."""
    found = _ONE.fullmatch(asked.strip())
    if found is None or found[1] == found[2] == "":
        return None
    if found[1] == "":
        length = int(found[2])
        if length == 0 or size == 0:
            raise NotThere
        return Part(max(0, size - length), size)
    start = int(found[1])
    last = int(found[2]) if found[2] else size - 1
    if found[2] and last < start:
        return None
    if start >= size:
        raise NotThere
    return Part(start, min(last, size - 1) + 1)


def has(given: str, etag: str) -> bool:
    """Whether a list of marks ("If-None-Match") holds this one; how it was packed is no matter."""
    marks = [one.strip().removeprefix("W/") for one in given.split(",")]
    return given.strip() == "*" or etag in marks
