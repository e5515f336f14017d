"""Has a file that a stranger sent re-encoded by a program of its own, with little of everything.
Called by the form that takes pictures; knows files and bytes alone."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from exchange.core import sandbox

PROGRAM = Path(__file__).with_name("reencode.py")
WALL_SECONDS = 5.0
LARGEST_FILE = 12_000_000
LARGEST_ANSWER = 6_000_000
WIDTHS = (320, 800, 1600)
BROKEN, TOO_MANY_PIXELS = 3, 4

_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_MARKUP = re.compile(rb"<\s*(?:svg|html|script|\?php|!doctype|body|iframe)|%PDF-", re.IGNORECASE)
_EDGE = 4096
_ZIP_TAIL = 66_000


class NotTaken(Exception):
    """A file that we do not take, with a code the form turns into a sentence."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Derived:
    """One size of a picture, ready to be kept."""

    at: int
    width: int
    height: int
    data: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True)
class Reencoded:
    """A picture made harmless, in every size, and the mark of the file it came from."""

    source_sha256: str
    sizes: tuple[Derived, ...]


def reencode(file: IO[bytes], size: int) -> Reencoded:
    """Three clean pictures of an uploaded file. Raises NotTaken. The file must be a real one, with
    a descriptor: it is handed over, never read into this process whole."""
    if size == 0:
        raise NotTaken("empty")
    if size > LARGEST_FILE:
        raise NotTaken("too-large")
    kind = _kind(file, size)
    mark = _mark(file)
    file.seek(0)
    answer = limited([sys.executable, "-I", "-B", str(PROGRAM), kind], file)
    return Reencoded(mark, _checked(answer))


def limited(command: Sequence[str], file: IO[bytes], wall: float = WALL_SECONDS) -> bytes:
    """What the program answers to the file. Raises NotTaken."""
    try:
        outcome = sandbox.run(command, file, wall=wall, most=LARGEST_ANSWER)
    except sandbox.Busy as busy:
        raise NotTaken("busy") from busy
    if outcome.code == 0 and not outcome.is_cut:
        return outcome.said
    codes = {BROKEN: "broken", TOO_MANY_PIXELS: "too-many-pixels"}
    raise NotTaken(codes.get(outcome.code, "too-heavy"))


def _kind(file: IO[bytes], size: int) -> str:
    """What the first bytes say it is; the name and the browser's word do not count. A file that is
    two things at once is not taken."""
    file.seek(0)
    head = file.read(_EDGE)
    file.seek(max(0, size - _ZIP_TAIL))
    tail = file.read(_ZIP_TAIL)
    kind = _by_magic(head)
    if kind == "":
        raise NotTaken("drawing" if re.search(rb"<\s*svg", head, re.IGNORECASE) else "wrong-type")
    is_zip = b"PK\x05\x06" in tail or b"PK\x01\x02" in tail
    if is_zip or _MARKUP.search(head) or _MARKUP.search(tail[-_EDGE:]):
        raise NotTaken("two-things")
    return kind


def _by_magic(head: bytes) -> str:
    plain = {
        b"\xff\xd8\xff": "JPEG",
        b"\x89PNG\r\n\x1a\n": "PNG",
        b"GIF87a": "GIF",
        b"GIF89a": "GIF",
    }
    for magic, kind in plain.items():
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp":
        brands = {head[8:12], *(head[at : at + 4] for at in range(16, min(64, len(head)), 4))}
        if brands & {b"avif", b"avis"}:
            return "AVIF"
        if brands & _BRANDS:
            return "HEIF"
    return ""


def _mark(file: IO[bytes]) -> str:
    file.seek(0)
    mark = hashlib.sha256()
    while piece := file.read(1 << 18):
        mark.update(piece)
    return mark.hexdigest()


def _checked(answer: bytes) -> tuple[Derived, ...]:
    """The program's answer, believed only as far as it can be seen to be three plain pictures."""
    try:
        line, _end, rest = answer.partition(b"\n")
        made = []
        for told in json.loads(line):
            data, rest = rest[: told["bytes"]], rest[told["bytes"] :]
            made.append(Derived(told["at"], told["width"], told["height"], data))
    except (ValueError, KeyError, TypeError) as error:
        raise NotTaken("broken") from error
    if sorted(one.at for one in made) != list(WIDTHS) or not all(map(_is_plain, made)):
        raise NotTaken("broken")
    return tuple(made)


def _is_plain(one: Derived) -> bool:
    """A WebP of exactly one chunk of pixels: no room for EXIF, XMP, a profile or a second thing."""
    data = one.data
    return (
        data[:4] == b"RIFF"
        and data[8:12] == b"WEBP"
        and data[12:16] in (b"VP8 ", b"VP8L")
        and int.from_bytes(data[4:8], "little") + 8 == len(data)
        and int.from_bytes(data[16:20], "little") + 20 <= len(data) <= _padded(data) + 20
        and 0 < one.width <= one.at
    )


def _padded(data: bytes) -> int:
    length = int.from_bytes(data[16:20], "little")
    return length + length % 2
