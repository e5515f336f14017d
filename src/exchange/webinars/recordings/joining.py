"""Joins the closed minutes of an hour into one small Opus file and one MP3, by ffmpeg, without
encoding them anew: an hour takes a second or two. Called by the worker, outside transactions."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from exchange.webinars.recordings import places
from exchange.webinars.recordings.errors import NotJoined
from exchange.webinars.recordings.rules import SORTS
from exchange.webinars.sound.queries import Minute

_LONGEST = 600
# An hour has sixty minutes; somebody forgot to stop long before this.
MOST_MINUTES = 600


@dataclass(frozen=True)
class Joined:
    """How long it is, and what both files weigh."""

    seconds: int
    opus_bytes: int
    mp3_bytes: int


def join(minutes: Sequence[Minute], *, key: str) -> Joined:
    """Both files, whole or not at all; interrupted, it begins anew and ends the same.
    Raises NotJoined."""
    if shutil.which("ffmpeg") is None:
        raise NotJoined("no-ffmpeg")
    there = [one for one in minutes if one.opus.exists() and one.mp3.exists()][:MOST_MINUTES]
    if not there:
        raise NotJoined("no-sound")
    with tempfile.TemporaryDirectory(dir=places.root(), prefix=".making-") as folder:
        made = {
            sort: _joined(Path(folder), sort, [getattr(one, sort) for one in there])
            for sort in SORTS
        }
        sizes = {sort: places.put(path, key, sort) for sort, path in made.items()}
    seconds = round(sum(one.seconds for one in there))
    return Joined(seconds=seconds, opus_bytes=sizes["opus"], mp3_bytes=sizes["mp3"])


def _joined(folder: Path, sort: str, files: Sequence[Path]) -> Path:
    table, made = folder / f"{sort}.txt", folder / f"sound.{sort}"
    table.write_text("".join(f"file {_quoted(path)}\n" for path in files))
    command = [
        *("ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "quiet", "-y"),
        *("-protocol_whitelist", "file", "-f", "concat", "-safe", "0", "-i", str(table)),
        *("-map", "0:a", "-map_metadata", "-1", "-c", "copy"),
        *("-f", "ogg" if sort == "opus" else "mp3", str(made)),
    ]
    try:
        done = subprocess.run(  # noqa: S603 - our own files; no word of anybody in it
            command, check=False, timeout=_LONGEST, cwd=folder, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        raise NotJoined("ffmpeg-failed") from None
    if done.returncode or not made.exists() or not made.stat().st_size:
        raise NotJoined("ffmpeg-failed")
    return made


def _quoted(path: Path) -> str:
    """As ffmpeg's list of files wants it."""
    return "'" + str(path).replace("'", "'\\''") + "'"
