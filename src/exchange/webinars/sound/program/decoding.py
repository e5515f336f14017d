"""The pieces of one browser's sitting, put in their order and turned into plain samples by ffmpeg.
Used by the studio."""

from __future__ import annotations

import re
from pathlib import Path

from exchange.webinars.sound import places
from exchange.webinars.sound.program.pipes import FFMPEG, RAW, Child

BEGINS = b"\x1aE\xdf\xa3"  # EBML: a container begins
_CLUSTER = b"\x1fC\xb6u"
# A cluster of unknown length at second 0, so that a new decoder can go on in the middle.
_AFRESH = _CLUSTER + b"\x01\xff\xff\xff\xff\xff\xff\xff" + b"\xe7\x81\x00"
_COMMAND = (
    *FFMPEG,
    *("-fflags", "nobuffer", "-probesize", "2048", "-analyzeduration", "0"),
    # What browsers send, and nothing else: other sorts of sound unpack to a thousand times as much.
    *("-codec_whitelist", "opus,libopus"),
    *("-f", "matroska", "-i", "pipe:0", "-vn", *RAW, "-flush_packets", "1", "pipe:{0}"),
)
_NAME = re.compile(r"(\d{8})\.webm")
# So long a missing piece is waited for while later ones are there.
PATIENCE = 5.0
# So many are decoded ahead of what is played: the rest waits on the disk.
_MOST_AHEAD = 90.0


class Sitting:
    """One browser, sending since it took the microphone. `next` is the piece that comes next."""

    def __init__(self, folder: Path, work: Path) -> None:
        self.folder = folder
        self._head_file = work / f"{folder.name}.head"
        self._mark = work / f"{folder.name}.next"
        self._head = _bytes_of(self._head_file)
        self.next = int(_bytes_of(self._mark) or 0)
        self._child: Child | None = None
        self._missing_since: float | None = None

    def tend(self, moment: float, behind: float) -> bytes:
        """Feed what has come, and give back what has been decoded."""
        sound = b""
        while self._child is not None and (more := self._child.said()):
            sound += more
        if self._child is not None and not self._child.is_alive:
            self._drop()
        if behind < _MOST_AHEAD:
            for piece in self._in_order(moment):
                self._feed(piece)
        if self._child is not None and not self._child.give(b""):
            self._drop()
        return sound

    def end(self) -> None:
        self._drop()

    @property
    def decoder(self) -> int:
        """The process of ffmpeg, or 0."""
        return self._child.pid if self._child else 0

    def _in_order(self, moment: float) -> list[bytes]:
        """The pieces that are next; a missing one is waited for, then done without."""
        there = {}
        for path in places.entries(self.folder):
            if match := _NAME.fullmatch(path.name):
                there[int(match[1])] = path
        for number in [n for n in there if n < self.next]:
            there.pop(number).unlink(missing_ok=True)
        found = []
        self._pass_over_missing(there, moment)
        while self.next in there:
            path = there.pop(self.next)
            found.append(_bytes_of(path))
            self.next += 1
            path.unlink(missing_ok=True)
        if found:
            self._missing_since = None
            # Whole or not at all: a fall in between would begin anew at nothing.
            fresh = self._mark.with_suffix(".new")
            fresh.write_text(str(self.next))
            fresh.replace(self._mark)
        return found

    def _pass_over_missing(self, there: dict[int, Path], moment: float) -> None:
        if not there or self.next in there:
            return
        if self._missing_since is None:
            self._missing_since = moment
        elif moment - self._missing_since > PATIENCE:
            self.next = min(there)
            self._missing_since = None

    def _feed(self, piece: bytes) -> None:
        if piece.startswith(BEGINS):
            self._end_well()
            self._head = piece.partition(_CLUSTER)[0]
            self._head_file.write_bytes(self._head)
            self._child = Child(_COMMAND)
        elif self._child is None and self._head:
            self._child = Child(_COMMAND)
            piece = self._head + _AFRESH + piece
        if self._child is not None and not self._child.give(piece):
            self._drop()

    def _end_well(self) -> None:
        """The same browser began a new container; what the old one still holds is a blink."""
        self._drop()

    def _drop(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
