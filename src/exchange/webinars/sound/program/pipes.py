"""A program of another maker that is given bytes and gives bytes, without ever waiting for it.
Used by decoding and streaming."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Sequence

FFMPEG = ("ffmpeg", "-hide_banner", "-loglevel", "quiet", "-protocol_whitelist", "pipe,file")
RAW = ("-f", "s16le", "-ar", "16000", "-ac", "1")
OPUS = ("-c:a", "libopus", "-b:a", "12k", "-application", "voip", "-frame_duration", "60")
MP3 = ("-c:a", "libmp3lame", "-b:a", "24k", "-ac", "1", "-write_xing", "0", "-id3v2_version", "0")
_MOST_AT_ONCE = 65_536


class Child:
    """A running program; what it could not take yet waits in `pending`. It ends by itself when we
    are gone, for its input ends then."""

    def __init__(self, command: Sequence[str], outputs: int = 1) -> None:
        ends = [os.pipe() for _ in range(outputs)]
        try:
            self._process = subprocess.Popen(  # noqa: S603 - ffmpeg; no word of anybody in it
                [part.format(*(write for _read, write in ends)) for part in command],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[write for _read, write in ends],
                cwd="/",
                start_new_session=False,
            )
        finally:
            for _read, write in ends:
                os.close(write)
        self._reads = [read for read, _write in ends]
        self.pending = bytearray()
        assert self._process.stdin is not None  # noqa: S101 - for the types
        self._input = self._process.stdin.fileno()
        for end in (self._input, *self._reads):
            os.set_blocking(end, False)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def give(self, more: bytes) -> bool:
        """Hand over as much as it takes now; False when it takes nothing any more."""
        self.pending += more
        try:
            while self.pending:
                taken = os.write(self._input, self.pending[:_MOST_AT_ONCE])
                del self.pending[:taken]
        except BlockingIOError:
            return True
        except OSError:
            return False
        return True

    def no_more(self) -> None:
        """Nothing follows: it gives what it still has, and ends."""
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()

    def said(self, which: int = 0) -> bytes:
        """What it has for us now; nothing is no sign that it ended."""
        with contextlib.suppress(OSError):
            return os.read(self._reads[which], _MOST_AT_ONCE)
        return b""

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        self.no_more()
        for read in self._reads:
            with contextlib.suppress(OSError):
                os.close(read)
        self._reads.clear()
