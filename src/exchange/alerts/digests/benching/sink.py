"""A mail server that takes everything and notes for each mail whose it was and its Message-ID.
Started as a program of its own by `bench digest`: python -m exchange.alerts.digests.benching.sink"""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path
from typing import TextIO

_ID = re.compile(rb"^Message-ID:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_END = b"\r\n.\r\n"


class _Talk(asyncio.Protocol):
    """One conversation. A mail counts once its last dot has come, whoever waits for the answer."""

    def __init__(self, notes: TextIO) -> None:
        self.notes = notes
        self.held = b""
        self.recipient = ""
        self.in_text = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - what TCP gives
        self.transport = transport
        self.transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self.held += data
        while self._step():
            pass

    def _step(self) -> bool:
        end = _END if self.in_text else b"\r\n"
        if end not in self.held:
            return False
        piece, self.held = self.held.split(end, 1)
        if self.in_text:
            self._take(piece)
        else:
            self._answer(piece)
        return True

    def _take(self, text: bytes) -> None:
        found = _ID.search(text)
        self.notes.write(f"{self.recipient} {found[1].decode() if found else '-'} {len(text)}\n")
        self.notes.flush()
        self.in_text = False
        self.transport.write(b"250 taken\r\n")

    def _answer(self, line: bytes) -> None:
        word = line[:4].upper()
        if word == b"RCPT":
            self.recipient = line.decode().partition("<")[2].partition(">")[0]
        self.in_text = word == b"DATA"
        self.transport.write(b"354 go on\r\n" if self.in_text else b"250 fine\r\n")
        if word == b"QUIT":
            self.transport.close()


async def serve(notes_at: Path, port_at: Path) -> None:
    """Take mail until somebody ends the program."""
    with notes_at.open("a") as notes:
        server = await asyncio.get_running_loop().create_server(
            lambda: _Talk(notes), "127.0.0.1", 0
        )
        port = server.sockets[0].getsockname()[1]
        fresh = port_at.with_suffix(".new")
        fresh.write_text(str(port))
        fresh.replace(port_at)
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), Path(sys.argv[2])))
