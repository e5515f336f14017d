"""Closed minutes: plain samples are added to one file; when it is full it becomes two small ones.
What a fall leaves behind is taken up again by name. Used by the studio."""

from __future__ import annotations

import re
import subprocess
from typing import IO

from exchange.webinars.sound.places import BYTES_A_SECOND, PIECE_SECONDS, Place, entries, write_json
from exchange.webinars.sound.program.pipes import FFMPEG, MP3, OPUS, RAW

FULL = BYTES_A_SECOND * PIECE_SECONDS
_SHORTEST = BYTES_A_SECOND  # less than a second is nothing
_OPEN = re.compile(r"(\d{5})\.pcm")
_WAITS = re.compile(r"(\d{5})\.full")
_TRIES = 5


class Minutes:
    """The minutes of one broadcast. A minute in which nobody sent anything is no piece."""

    def __init__(self, place: Place, first: int) -> None:
        self._place = place
        for folder in (place.work, place.pieces):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._encoder: subprocess.Popen[bytes] | None = None
        self._encoding = 0
        self._tries = 0
        self._number, self._size = self._where_we_were(first)
        self._file: IO[bytes] | None = None
        self._has_sound = self._size > 0

    def _where_we_were(self, first: int) -> tuple[int, int]:
        """The number of the minute that is open, and how much of it there is already."""
        taken = [*self._place.numbers(), *self._numbers(_WAITS), first - 1]
        begun = [number for number in self._numbers(_OPEN) if number > max(taken)]
        if not begun:
            return max(taken) + 1, 0
        size = (self._place.work / f"{begun[0]:05d}.pcm").stat().st_size // 2 * 2
        return begun[0], min(size, FULL)

    def _numbers(self, pattern: re.Pattern[str]) -> list[int]:
        found = (pattern.fullmatch(path.name) for path in entries(self._place.work))
        return sorted(int(match[1]) for match in found if match)

    def add(self, sound: bytes, *, is_sent: bool) -> None:
        """Write on; close the minute when it is full."""
        self._has_sound = self._has_sound or is_sent
        while sound:
            if self._file is None:
                self._file = (self._place.work / f"{self._number:05d}.pcm").open("ab", 0)
                self._file.truncate(self._size)
            part = sound[: FULL - self._size]
            self._file.write(part)
            self._size += len(part)
            sound = sound[len(part) :]
            if self._size >= FULL:
                self.close()

    def close(self) -> None:
        """Nothing more goes into this minute."""
        if self._file is not None:
            self._file.close()
            self._file = None
        path = self._place.work / f"{self._number:05d}.pcm"
        if self._has_sound and self._size >= _SHORTEST:
            path.rename(path.with_suffix(".full"))
            self._number += 1
        else:
            path.unlink(missing_ok=True)
        self._size, self._has_sound = 0, False

    def tend(self) -> bool:
        """Encode what is full, one at a time. False when nothing is left to do."""
        if self._encoder is not None:
            if self._encoder.poll() is not None:
                self._settle(self._encoder.returncode == 0)
            return True
        waiting = self._numbers(_WAITS)
        if waiting:
            self._encode(waiting[0])
        return bool(waiting)

    @property
    def encoder(self) -> int:
        """The process of ffmpeg, or 0."""
        return self._encoder.pid if self._encoder else 0

    def _encode(self, number: int) -> None:
        self._tries = self._tries + 1 if self._encoding == number else 1
        self._encoding = number
        work = self._place.work
        self._encoder = subprocess.Popen(  # noqa: S603 - ffmpeg; our own names alone
            [
                *(*FFMPEG, "-y", *RAW, "-i", f"file:{work / f'{number:05d}.full'}"),
                *("-map", "0:a", *OPUS, "-f", "ogg", f"file:{work / f'{number:05d}.opus'}"),
                *("-map", "0:a", *MP3, "-f", "mp3", f"file:{work / f'{number:05d}.mp3'}"),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _settle(self, went_well: bool) -> None:
        """Both files are there, and then the note that says so; or it is tried again."""
        self._encoder = None
        number, work = self._encoding, self._place.work
        full = work / f"{number:05d}.full"
        if went_well:
            seconds = full.stat().st_size / BYTES_A_SECOND
            for kind in ("mp3", "opus"):
                (work / f"{number:05d}.{kind}").replace(self._place.piece(number, kind))
            write_json(self._place.note(number), {"seconds": round(seconds, 2)})
        if went_well or self._tries >= _TRIES:
            full.unlink(missing_ok=True)

    def end(self) -> None:
        if self._encoder is not None:
            self._encoder.kill()
            self._encoder.wait()
            self._encoder = None
        if self._file is not None:
            self._file.close()
            self._file = None
