"""Runs a program of our own over a file that a stranger sent, with little of everything.
Called by the rooms that take files; knows commands and bytes alone."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

WAIT_SECONDS = 10.0
_PIECE = 1 << 16
# Where `python -m exchange.…` finds us: the programs start without our environment.
SOURCE = str(Path(__file__).resolve().parents[2])
# Two at once for the whole process: each may take a good deal of memory for a second.
_turns = threading.BoundedSemaphore(2)


class Busy(Exception):
    """No turn came free in time."""


@dataclass(frozen=True)
class Outcome:
    """How the program ended (below 0: by a signal, as when it was late) and what it said;
    `is_cut` when it was stopped for saying too much."""

    code: int
    said: bytes
    is_cut: bool


def run(
    command: Sequence[str],
    file: IO[bytes],
    *,
    wall: float,
    most: int,
    environment: Mapping[str, str] | None = None,
    into: IO[bytes] | None = None,
) -> Outcome:
    """What the program answers to the file on its standard input, within `wall` seconds and `most`
    bytes; a long answer goes `into` a file, and `said` is empty. It is given no environment but what is named, no other open file, and is killed when it
    is late or says too much. Its memory and its processor time it must limit itself, first of
    all. The file must be a real one, with a descriptor. Raises Busy."""
    if not _turns.acquire(timeout=WAIT_SECONDS):
        raise Busy
    try:
        return _run(command, file, wall, most, environment or {}, into)
    finally:
        _turns.release()


def _run(
    command: Sequence[str],
    file: IO[bytes],
    wall: float,
    most: int,
    more: Mapping[str, str],
    into: IO[bytes] | None,
) -> Outcome:
    with subprocess.Popen(  # noqa: S603 - our own program; nothing of the file is in the command
        command,
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"MALLOC_ARENA_MAX": "1", "LC_ALL": "C.UTF-8", **more},
        cwd="/",
        start_new_session=True,
    ) as program:
        late = threading.Timer(wall, program.kill)
        late.start()
        try:
            said, length = _heard(program.stdout, most, into)
            if length > most:
                program.kill()
            code = program.wait()
        finally:
            late.cancel()
            program.kill()
    return Outcome(code, said, length > most)


def _heard(answer: IO[bytes] | None, most: int, into: IO[bytes] | None) -> tuple[bytes, int]:
    """What was said and how much it was; no more than one byte too many is taken."""
    if answer is None:
        return b"", 0
    if into is None:
        said = answer.read(most + 1)
        return said, len(said)
    length = 0
    while length <= most and (piece := answer.read(min(_PIECE, most + 1 - length))):
        into.write(piece)
        length += len(piece)
    return b"", length
