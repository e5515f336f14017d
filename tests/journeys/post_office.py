"""A small mail server beside the Exchange of the journeys: it takes every mail, except for a
mailbox that is full. Run as a program by house.py: `python post_office.py DIR` writes its port
into DIR/post-office; a mailbox whose name begins with "full" refuses while DIR/room is missing."""

import socketserver
import sys
from contextlib import suppress
from pathlib import Path


class PostOffice(socketserver.ThreadingTCPServer):
    """Listens on this machine alone, on a port of its own."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, place: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.place = place


class _Conversation(socketserver.StreamRequestHandler):
    server: PostOffice

    def handle(self) -> None:
        with suppress(OSError):
            self._talk()

    def _talk(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"QUIT":
                return self._say("221 goodbye")
            if word == b"RCPT" and b"<full" in line and not (self.server.place / "room").exists():
                self._say("552 the mailbox is full")
            elif word == b"DATA":
                self._say("354 go on")
                while self.rfile.readline() not in (b".\r\n", b""):
                    pass
                self._say("250 taken")
            else:
                self._say("250 fine")
        return None

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


if __name__ == "__main__":
    directory = Path(sys.argv[1])
    with PostOffice(directory) as office:
        fresh = directory / "post-office.new"
        fresh.write_text(str(office.server_address[1]))
        fresh.replace(directory / "post-office")
        office.serve_forever(0.1)
