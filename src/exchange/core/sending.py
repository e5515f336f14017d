"""The body of an answer that is a file: in large pieces, and few long ones at once.
Called by the views that serve files; knows pieces alone.

The server takes some three pieces from us before it waits for the reader, and then a thread of ours
waits as well. So what fits in three pieces costs no thread, however slow the line is, and of what
does not fit only a few may go at once: the pages of everybody else need the other threads."""

from __future__ import annotations

import threading
from collections.abc import Iterator

PIECE = 2_000_000
FREE = 3 * PIECE
LONG_AT_ONCE = 3
_long = threading.BoundedSemaphore(LONG_AT_ONCE)


class Full(Exception):
    """As many long files as may be are on their way to slow readers."""


class Body:
    """The pieces of one answer. Raises Full when it is long and there is no room; whoever made it
    closes it, and so does forgetting it."""

    def __init__(self, pieces: Iterator[bytes], length: int) -> None:
        self._pieces = pieces
        self._holds = length > FREE
        if self._holds and not _long.acquire(blocking=False):
            self._holds = False
            raise Full

    def __iter__(self) -> Body:
        return self

    def __next__(self) -> bytes:
        gathered, size = [], 0
        for piece in self._pieces:
            gathered.append(piece)
            size += len(piece)
            if size >= PIECE:
                break
        if not gathered:
            self.close()
            raise StopIteration
        return b"".join(gathered)

    def close(self) -> None:
        """Give the room back, once."""
        close = getattr(self._pieces, "close", None)
        if close is not None:
            close()
        if self._holds:
            self._holds = False
            _long.release()

    def __del__(self) -> None:
        self.close()
