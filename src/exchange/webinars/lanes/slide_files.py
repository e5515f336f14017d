"""Has a file of slides read by a limited program, and keeps the light pictures it makes.
Called by the actions of slides, the view of a picture and the clock; knows files alone."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from exchange.core import ids, sandbox
from exchange.webinars.lanes.errors import NotSlides

PROGRAM = Path(__file__).with_name("slide_program.py")
WALL_SECONDS = 75.0
LARGEST_ANSWER = 2_000_000
LIGHT = 15_000
_WHY = {3: "broken", 4: "too-long", 5: "locked"}
_NAME = re.compile(r"[A-Za-z0-9_-]{16,40}\.webp")
_OLD_SECONDS = 3600


@dataclass(frozen=True)
class Made:
    """One slide as the program read it; `picture` is empty when none was light enough."""

    title: str
    text: str
    picture: bytes


def read(file: IO[bytes], size: int) -> list[Made]:
    """The slides of a PDF or PPTX. The file must be a real one. Raises NotSlides."""
    if size == 0:
        raise NotSlides("empty")
    if size > settings.LARGEST_FILE:
        raise NotSlides("too-large")
    kind = _kind(file)
    # The program is handed the file itself: what Python read ahead of it is put back.
    os.lseek(file.fileno(), 0, os.SEEK_SET)
    command = [sys.executable, "-I", "-B", str(PROGRAM), kind]
    try:
        outcome = sandbox.run(command, file, wall=WALL_SECONDS, most=LARGEST_ANSWER)
    except sandbox.Busy as busy:
        raise NotSlides("busy") from busy
    if outcome.code != 0 or outcome.is_cut:
        raise NotSlides(_WHY.get(outcome.code, "too-heavy"))
    return _checked(outcome.said)


def _kind(file: IO[bytes]) -> str:
    """What the first bytes say it is; its name does not count."""
    file.seek(0)
    head = file.read(1024)
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "pptx"
    raise NotSlides("wrong-type")


def _checked(answer: bytes) -> list[Made]:
    """Believed only as far as it can be seen to be words and plain pictures."""
    line, _end, rest = answer.partition(b"\n")
    made = []
    try:
        for told in json.loads(line):
            picture, rest = rest[: told["bytes"]], rest[told["bytes"] :]
            made.append(_one(told, picture))
    except (ValueError, KeyError, TypeError) as error:
        raise NotSlides("broken") from error
    if not made:
        raise NotSlides("empty")
    return made


def _one(told: dict[str, Any], picture: bytes) -> Made:
    if picture and not _is_plain(picture):
        raise ValueError("no plain picture")
    return Made(str(told["title"]), str(told["text"]), picture)


def _is_plain(data: bytes) -> bool:
    """A WebP of exactly one chunk of pixels, and light."""
    length = int.from_bytes(data[16:20], "little")
    return (
        len(data) <= LIGHT
        and data[:4] == b"RIFF"
        and data[8:16] == b"WEBPVP8 "
        and int.from_bytes(data[4:8], "little") + 8 == len(data)
        and length + length % 2 + 20 == len(data)
    )


def put(data: bytes) -> str:
    """Keep a picture: written beside, then moved to its place in one step. Gives its name."""
    name = f"{ids.new_id()}.webp"
    place = _place(name)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = place.with_suffix(".part")
    with fresh.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(place)
    return name


def kept(name: str) -> bytes | None:
    """The bytes of a picture; None when it is not there."""
    if not _NAME.fullmatch(name):
        return None
    try:
        return _place(name).read_bytes()
    except FileNotFoundError:
        return None


def remove(name: str) -> None:
    """What is not there is no trouble."""
    if _NAME.fullmatch(name):
        _place(name).unlink(missing_ok=True)


def old_names() -> Iterator[str]:
    """Files that lie there for an hour and more, what an interruption left behind among them."""
    for path in sorted(_root().glob("??/*")):
        if path.stat().st_mtime > time.time() - _OLD_SECONDS:
            continue
        if path.suffix == ".part":
            path.unlink(missing_ok=True)
        else:
            yield path.name


def _root() -> Path:
    return Path(settings.DATA_DIR) / "slides"


def _place(name: str) -> Path:
    return _root() / name[:2] / name
