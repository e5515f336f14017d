"""Has a file that a stranger sent opened by a limited program, and takes what it made of it.
Called by the actions of files; knows files and bytes alone."""

from __future__ import annotations

import codecs
import hashlib
import json
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from exchange.contributions.pictures import sandbox as pictures
from exchange.core import sandbox
from exchange.library.files import kinds, scanning
from exchange.library.files.kinds import EDGE, KINDS, ZIP_TAIL, FileKind, NotTaken

WALL_SECONDS = 90.0
_PIECE = 1 << 18
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
# Which program opens which family, and the sorts it may find in it.
_PROGRAMS = {
    "pdf": ("pdf", ("pdf",)),
    "zip": ("package", ("docx", "pptx", "odt", "epub")),
    "mp3": ("sound", ("mp3",)),
    "ogg": ("sound", ("ogg",)),
    "m4a": ("sound", ("m4a",)),
}
_ENDS = {3: "broken", 4: "encrypted", 5: "too-long", 6: "wrong-type", 7: "bomb"}
# What a program may say in words of its own.
_SAID = {
    "cut-off",
    "macros",
    "archive",
    "two-things",
    "bomb",
    "wrong-type",
    "film",
    "encrypted",
    "broken",
}


@dataclass(frozen=True)
class Cleaned:
    """What is kept of a file: bytes at a passing place, and what is known of them."""

    path: Path
    kind: FileKind
    size: int
    sha256: str
    taken_out: tuple[str, ...]
    # When a virus scanner passed what was sent; None where there is none, or it did not answer.
    scanned_at: datetime | None


def mark_of(file: IO[bytes]) -> str:
    """The SHA-256 of a file, read a little at a time."""
    file.seek(0)
    mark = hashlib.sha256()
    while piece := file.read(_PIECE):
        mark.update(piece)
    file.seek(0)
    return mark.hexdigest()


@contextmanager
def real(file: IO[bytes]) -> Iterator[IO[bytes]]:
    """The file itself when it has a descriptor, else a passing copy that has one."""
    try:
        file.fileno()
    except (OSError, AttributeError):
        with tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as copy:
            file.seek(0)
            while piece := file.read(_PIECE):
                copy.write(piece)
            copy.flush()
            yield copy
    else:
        yield file


@contextmanager
def cleaned(file: IO[bytes], size: int) -> Iterator[Cleaned]:
    """The file made harmless, at a passing place that is gone afterwards. Raises NotTaken."""
    if size == 0:
        raise NotTaken("empty")
    if size > settings.LARGEST_LIBRARY_FILE:
        raise NotTaken("too-large")
    family = kinds.family(*_edges(file, size))
    scanned_at = scanning.passed(file)
    with tempfile.NamedTemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR, prefix="clean-") as out:
        if family == "text":
            kind, taken = _as_text(file, out)
        elif family == "image":
            kind, taken = _as_picture(file, size, out)
        else:
            kind, taken = _by_program(family, file, out)
        out.flush()
        length = out.seek(0, 2)
        _check_again(out, length, kind)
        yield Cleaned(Path(out.name), kind, length, mark_of(out), taken, scanned_at)


def _edges(file: IO[bytes], size: int) -> tuple[bytes, bytes]:
    file.seek(0)
    head = file.read(4 * EDGE)
    file.seek(max(0, size - ZIP_TAIL))
    tail = file.read(ZIP_TAIL)
    file.seek(0)
    return head, tail


def _check_again(out: Any, length: int, kind: FileKind) -> None:
    """What a program made must be of the sort it says, and of nothing else."""
    if not 0 < length <= settings.LARGEST_LIBRARY_FILE + 4_000_000:
        raise NotTaken("too-large")
    found = kinds.family(*_edges(out, length))
    expected = {name for name, (_program, sorts) in _PROGRAMS.items() if kind.code in sorts}
    if found not in (expected or {kind.code}):
        raise NotTaken("broken")


def _by_program(family: str, file: IO[bytes], out: Any) -> tuple[FileKind, tuple[str, ...]]:
    name, sorts = _PROGRAMS[family]
    command = [sys.executable, "-s", "-B", "-m", f"exchange.library.files.programs.{name}", family]
    try:
        outcome = sandbox.run(
            command,
            file,
            wall=WALL_SECONDS,
            most=settings.LARGEST_LIBRARY_FILE + 4_100_000,
            environment={"PYTHONPATH": sandbox.SOURCE},
            into=out,
        )
    except sandbox.Busy as busy:
        raise NotTaken("busy") from busy
    if outcome.code != 0 or outcome.is_cut:
        raise NotTaken(_ENDS.get(outcome.code, "too-heavy"))
    told = _told(out)
    if told.get("refused") in _SAID:
        raise NotTaken(told["refused"])
    if told.get("kind") not in sorts:
        raise NotTaken("broken")
    codes = [str(code)[:20] for code in told.get("taken_out", ())]
    return KINDS[told["kind"]], tuple(codes[:12])


def _told(out: Any) -> dict[str, Any]:
    """What the program says of the file, cut off from the file's end."""
    length = out.seek(0, 2)
    try:
        out.seek(length - 4)
        words = int.from_bytes(out.read(4), "big")
        if not 2 <= words <= 4000:
            raise NotTaken("broken")
        out.seek(length - 4 - words)
        told = json.loads(out.read(words))
        out.truncate(length - 4 - words)
    except (ValueError, OSError) as error:
        raise NotTaken("broken") from error
    return told if isinstance(told, dict) else {}


def _as_picture(file: IO[bytes], size: int, out: Any) -> tuple[FileKind, tuple[str, ...]]:
    """The largest of the clean pictures that are made of any picture people send."""
    try:
        made = pictures.reencode(file, size)
    except pictures.NotTaken as refusal:
        raise NotTaken(
            {"too-large": "picture-too-large"}.get(refusal.code, refusal.code)
        ) from refusal
    out.write(max(made.sizes, key=lambda one: one.at).data)
    return KINDS["image"], ("places",)


def _as_text(file: IO[bytes], out: Any) -> tuple[FileKind, tuple[str, ...]]:
    """The same words in UTF-8, whatever the editor that wrote them."""
    file.seek(0)
    start = file.read(4)
    wide = start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            _recoded(file, out, encoding)
        except UnicodeError:
            continue
        return KINDS["text"], ()
    raise NotTaken("wrong-type")


def _recoded(file: IO[bytes], out: Any, encoding: str) -> None:
    file.seek(0)
    out.seek(0)
    out.truncate()
    decode = codecs.getincrementaldecoder(encoding)()
    while piece := file.read(_PIECE):
        _write_words(decode.decode(piece), out)
    _write_words(decode.decode(b"", final=True), out)


def _write_words(words: str, out: Any) -> None:
    if _UNPRINTABLE.search(words):
        raise NotTaken("wrong-type")
    out.write(words.encode())
