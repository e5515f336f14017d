"""Work on a hostile file done in a child of this process: when it dies, we go on without it.
Called by the program's door and for the copies of pictures; the child dies with its parent."""

from __future__ import annotations

import ctypes
import os
import resource
import select
import signal
import time
from collections.abc import Callable, Iterator

_PDEATHSIG = 1
_PIECE = 1 << 16


def done_apart(work: Callable[[], int], ways: tuple[int, int]) -> int:
    """The code with which a child ended that did the work; below 0 the signal that killed it.
    The pipe is the child's alone: held open here as well, it would never end."""
    child = os.fork()
    if not child:
        _die_with_parent()
        code = 1
        try:
            code = work()
        finally:
            os._exit(code)
    for way in ways:
        os.close(way)
    _pid, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def said_apart(
    work: Callable[[int], None], ways: tuple[int, int], *, cpu: int, wall: float, most: int
) -> bytes:
    """What a child wrote to a pipe until it ended, died or was late: as much as there is."""
    out, into = ways
    child = os.fork()
    if not child:
        _die_with_parent()
        try:
            os.close(out)
            limit = int(sum(os.times()[:2])) + cpu
            resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
            work(into)
        finally:
            os._exit(0)
    os.close(into)
    try:
        return b"".join(_until(out, time.monotonic() + wall, most))
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(out)


def _until(out: int, end: float, most: int) -> Iterator[bytes]:
    while most > 0 and (left := end - time.monotonic()) > 0:
        if not select.select([out], [], [], left)[0]:
            return
        piece = os.read(out, _PIECE)
        if not piece:
            return
        most -= len(piece)
        yield piece


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGKILL)
