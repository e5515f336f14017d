"""The seam by which files are made harmless: one room has the programs that take scripts and names out, and
every room that keeps files uses them. The library registers; with no cleaner nothing is taken."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.utils.functional import Promise


class NotTaken(Exception):
    """A file that is not taken, with the reason in the reader's words."""

    def __init__(self, why: str | Promise) -> None:
        super().__init__("not taken")
        self.why = why


@dataclass(frozen=True)
class Clean:
    """What is kept of a file: bytes at a passing place, what it is, the name it may have."""

    path: Path
    media_type: str
    name: str
    words_of_name: str
    size: int
    sha256: str
    taken_out: tuple[str, ...] = ()
    # Whether a browser shows it by itself, with nothing in it that could run.
    opens: bool = False


# File, its size, the name it came with.
Cleaner = Callable[[IO[bytes], int, str], AbstractContextManager[Clean]]
_cleaners: list[Cleaner] = []


def register(cleaner: Cleaner, *, accepted: str = "") -> None:
    """Called from a room's hooks when the program starts. `accepted` helps a phone to choose."""
    _cleaners[:] = [cleaner]
    _accepted[:] = [accepted]


_accepted: list[str] = [""]


def accepted() -> str:
    return _accepted[0]


def cleaned(file: IO[bytes], size: int, name: str) -> AbstractContextManager[Clean]:
    """The file made harmless, at a place that is gone afterwards. Raises NotTaken."""
    if not _cleaners:
        raise NotTaken("")
    return _cleaners[0](file, size, name)
