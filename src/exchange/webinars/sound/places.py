"""Where sound lies on the disk, and the marks by which web, worker, sound and live process tell one
another what is so. No Django here; read by all four."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RATE = 16_000  # samples a second of everything that is mixed; two bytes each, one channel
BYTES_A_SECOND = RATE * 2
PIECE_SECONDS = 60
# As closed minutes; and as the stream, which scripts read as WebM: a plain player of a browser
# waits for 32 kB before it plays, which is half a minute of Opus.
KINDS = {"opus": "audio/ogg", "mp3": "audio/mpeg"}
STREAMS = {**KINDS, "webm": "audio/webm"}
_KEY = re.compile(r"[A-Za-z0-9_-]{16,40}")
_PIECE = re.compile(r"(\d{5})\.opus")
_ON_AIR = "on-air"


def root(data: Path) -> Path:
    """The folder of all sound under the data directory."""
    return data / "sound"


def is_key(text: str) -> bool:
    """Whether this can be the key of a broadcast or of a sitting."""
    return _KEY.fullmatch(text) is not None


@dataclass(frozen=True)
class Order:
    """What the web process wants of one broadcast: whose it is, which browser may send now, and
    the number of its first minute."""

    webinar: int
    sitting: str
    first: int = 1


@dataclass(frozen=True)
class Place:
    """The folder of one broadcast."""

    folder: Path

    @property
    def key(self) -> str:
        return self.folder.name

    @property
    def order(self) -> Path:
        return self.folder / "order.json"

    @property
    def closed(self) -> Path:
        """Says that nothing more comes: the last minute is to be closed."""
        return self.folder / "closed"

    @property
    def ended(self) -> Path:
        """Says that the sound program has nothing left to do here."""
        return self.folder / "ended"

    @property
    def heard(self) -> Path:
        return self.folder / "heard"

    @property
    def inbox(self) -> Path:
        return self.folder / "in"

    @property
    def work(self) -> Path:
        return self.folder / "work"

    @property
    def pieces(self) -> Path:
        return self.folder / "pieces"

    def sitting(self, name: str) -> Path:
        return self.inbox / name

    def piece(self, number: int, kind: str) -> Path:
        return self.pieces / f"{number:05d}.{kind}"

    def note(self, number: int) -> Path:
        """Stands beside a closed minute until the worker has made its row."""
        return self.pieces / f"{number:05d}.json"

    def numbers(self) -> list[int]:
        """The minutes that are closed, in order."""
        found = (_PIECE.fullmatch(path.name) for path in entries(self.pieces))
        return sorted(int(match[1]) for match in found if match)

    def wanted(self) -> Order | None:
        """What the web process asked for; None when nobody did, or the folder is gone."""
        found = read_json(self.order)
        try:
            return Order(int(found["webinar"]), str(found["sitting"]), int(found["first"]))
        except (KeyError, TypeError, ValueError):
            return None

    def want(self, order: Order) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_json(self.order, vars(order))


def place(data: Path, key: str) -> Place:
    """The folder of the broadcast with this key."""
    if not is_key(key):
        raise ValueError("not the key of a broadcast")
    return Place(root(data) / key)


def every(data: Path) -> Iterator[Place]:
    """Every broadcast that has a folder."""
    for path in entries(root(data)):
        if is_key(path.name) and path.is_dir():
            yield Place(path)


def on_air(data: Path, webinar: int) -> str:
    """The key of the broadcast that is open in a webinar, or nothing. No database is asked."""
    try:
        key = (root(data) / _ON_AIR / str(int(webinar))).read_text()
    except OSError:
        return ""
    return key if is_key(key) else ""


def put_on_air(data: Path, webinar: int, key: str) -> None:
    folder = root(data) / _ON_AIR
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write(folder / str(webinar), key)


def take_off_air(data: Path, webinar: int, key: str) -> None:
    """Only if it is still this one that is open."""
    if on_air(data, webinar) == key:
        (root(data) / _ON_AIR / str(webinar)).unlink(missing_ok=True)


def entries(folder: Path) -> list[Path]:
    """What lies in a folder; nothing when it is gone."""
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def read_json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_json(path: Path, values: dict[str, Any]) -> None:
    """Whole or not at all."""
    _write(path, json.dumps(values))


def _write(path: Path, text: str) -> None:
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.new")
    unfinished.write_text(text)
    unfinished.replace(path)
