"""A small mailbox that speaks IMAP on a real socket, and misbehaves when a test tells it to.
Used by the tests of asking a mailbox."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Letter:
    raw: bytes
    flags: set[str] = field(default_factory=set)
    # What the server claims, when that is not the truth.
    size: int | None = None


class Mailbox(socketserver.ThreadingTCPServer):
    """`letters` by their UID. `answers` replaces what is said to a command ("LOGIN", "FETCH" …);
    an empty answer hangs up."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.letters: dict[int, Letter] = {}
        self.answers: dict[str, str] = {}
        self.heard: list[str] = []

    @property
    def url(self) -> str:
        return f"imap://post%40exchange.example:s%20cret@127.0.0.1:{self.server_address[1]}/INBOX"

    def put(self, raw: bytes, *flags: str, size: int | None = None) -> int:
        uid = max(self.letters, default=100) + 1
        self.letters[uid] = Letter(raw, set(flags), size)
        return uid

    def unseen(self) -> list[int]:
        return [uid for uid, letter in self.letters.items() if "\\Seen" not in letter.flags]


class _Conversation(socketserver.StreamRequestHandler):
    server: Mailbox

    def handle(self) -> None:
        with suppress(OSError):
            self._say("* OK ready")
            while line := self.rfile.readline():
                tag, _, words = line.decode().strip().partition(" ")
                self.server.heard.append(words)
                name = words.upper().removeprefix("UID ").split(" ")[0]
                if name in self.server.answers:
                    if not self.server.answers[name]:
                        return
                    self._say(self.server.answers[name].replace("TAG", tag))
                    continue
                getattr(self, f"_{name.lower()}")(words)
                self._say(f"{tag} OK done")
                if name == "LOGOUT":
                    return

    def _capability(self, _words: str) -> None:
        self._say("* CAPABILITY IMAP4rev1")

    def _login(self, words: str) -> None:
        assert words == 'LOGIN post@exchange.example "s cret"'

    def _select(self, words: str) -> None:
        assert words == 'SELECT "INBOX"'
        self._say(f"* {len(self.server.letters)} EXISTS")

    def _search(self, _words: str) -> None:
        self._say("* SEARCH " + " ".join(map(str, self.server.unseen())))

    def _fetch(self, words: str) -> None:
        uid = int(words.split()[2])
        letter = self.server.letters.get(uid)
        if letter is None:
            return
        if "RFC822.SIZE" in words:
            self._say(f"* 1 FETCH (UID {uid} RFC822.SIZE {letter.size or len(letter.raw)})")
            return
        assert "BODY.PEEK[]" in words
        self.wfile.write(f"* 1 FETCH (UID {uid} BODY[] {{{len(letter.raw)}}}\r\n".encode())
        self.wfile.write(letter.raw + b")\r\n")

    def _store(self, words: str) -> None:
        found = re.fullmatch(r"UID STORE (\d+) \+FLAGS.SILENT \((.+)\)", words)
        assert found
        self.server.letters[int(found[1])].flags.add(found[2])

    def _logout(self, _words: str) -> None:
        self._say("* BYE")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def open_box() -> Iterator[Mailbox]:
    with Mailbox() as box:
        thread = threading.Thread(target=box.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield box
        finally:
            box.shutdown()
            thread.join()
