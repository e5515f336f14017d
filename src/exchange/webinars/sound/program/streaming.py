"""The continuous stream: encoded thrice by one ffmpeg and carried to three mounts of icecast2. Whatever
of it falls is started again after a pause that grows; listeners come back by themselves.
Used by the studio."""

from __future__ import annotations

import base64
import contextlib
import socket

from exchange.webinars.sound.places import BYTES_A_SECOND, STREAMS
from exchange.webinars.sound.program.pipes import FFMPEG, MP3, OPUS, RAW, Child
from exchange.webinars.sound.setting import Icecast

_COMMAND = (
    *(*FFMPEG, *RAW, "-i", "pipe:0"),
    *("-map", "0:a", *OPUS, "-f", "ogg", "-page_duration", "960000"),
    *("-flush_packets", "1", "pipe:{0}"),
    *("-map", "0:a", *MP3, "-f", "mp3", "-flush_packets", "1", "pipe:{1}"),
    *("-map", "0:a", *OPUS, "-f", "webm", "-live", "1", "-cluster_time_limit", "900"),
    *("-flush_packets", "1", "pipe:{2}"),
)
_LONGEST_PAUSE = 8.0
_MOST_PENDING = 10 * BYTES_A_SECOND  # it hangs: start anew
_MOST_UNSENT = 65_536


class Unreachable(Exception):
    """Icecast2 does not answer, or does not want our sound."""


class Stream:
    """All mounts of one broadcast."""

    def __init__(self, icecast: Icecast, key: str) -> None:
        self._icecast = icecast
        self._key = key
        self._child: Child | None = None
        self._mounts: list[Mount] = []
        self._again_at = 0.0
        self._pause = 0.25
        self._since = 0.0

    @property
    def encoder(self) -> int:
        """The process of ffmpeg, or 0."""
        return self._child.pid if self._child else 0

    def play(self, sound: bytes, moment: float) -> None:
        """Send what is to be heard now. Never waits."""
        if self._child is None and moment >= self._again_at:
            self._start(moment)
        if self._child is None:
            return
        well = self._child.is_alive and self._child.give(sound)
        well = well and len(self._child.pending) < _MOST_PENDING
        if not (well and self._carry()):
            self._stop(moment)

    def end(self) -> None:
        self._stop(0.0)

    def _carry(self) -> bool:
        child = self._child
        return child is not None and all(
            mount.give(child.said(which)) for which, mount in enumerate(self._mounts)
        )

    def _start(self, moment: float) -> None:
        try:
            for kind, media_type in STREAMS.items():
                mount = Mount(self._icecast, f"/{self._key}.{kind}", media_type)
                self._mounts.append(mount)
            self._child = Child(_COMMAND, outputs=len(STREAMS))
            self._since = moment
        except (Unreachable, OSError):
            self._stop(moment)

    def _stop(self, moment: float) -> None:
        if moment - self._since > 60:
            self._pause = 0.25
        if self._child is not None:
            self._child.end()
            self._child = None
        for mount in self._mounts:
            mount.close()
        self._mounts.clear()
        self._again_at = moment + self._pause
        self._pause = min(self._pause * 2, _LONGEST_PAUSE)
        self._since = moment


class Mount:
    """One way into icecast2, as a source speaks to it."""

    def __init__(self, icecast: Icecast, name: str, media_type: str) -> None:
        self._unsent = bytearray()
        try:
            self._wire = socket.create_connection((icecast.host, icecast.port), timeout=2.0)
        except OSError as problem:
            raise Unreachable from problem
        try:
            self._wire.sendall(_greeting(icecast, name, media_type))
            answer = self._wire.recv(512)
        except OSError as problem:
            self._wire.close()
            raise Unreachable from problem
        if b" 200 " not in answer.partition(b"\r\n")[0] + b" ":
            self._wire.close()
            raise Unreachable
        self._wire.setblocking(False)

    def give(self, more: bytes) -> bool:
        """False when the other side is gone or has stopped taking."""
        self._unsent += more
        try:
            while self._unsent:
                sent = self._wire.send(self._unsent)
                del self._unsent[:sent]
        except BlockingIOError:
            return len(self._unsent) < _MOST_UNSENT
        except OSError:
            return False
        return not self._is_gone()

    def _is_gone(self) -> bool:
        """Nothing is ever said on this wire; that it can be read means that it has ended."""
        try:
            return self._wire.recv(64) == b""
        except BlockingIOError:
            return False
        except OSError:
            return True

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._wire.close()


def _greeting(icecast: Icecast, name: str, media_type: str) -> bytes:
    secret = base64.b64encode(f"source:{icecast.password}".encode()).decode()
    lines = (
        f"SOURCE {name} HTTP/1.0",
        f"Authorization: Basic {secret}",
        f"Content-Type: {media_type}",
        "ice-public: 0",
        "ice-name: -",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
