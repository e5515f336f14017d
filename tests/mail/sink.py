"""A small mail server that takes everything, or refuses what a test tells it to.
Used by the tests of sending; it speaks SMTP on a real socket."""

import random
import socketserver
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes
from time import monotonic, sleep


class Sink(socketserver.ThreadingTCPServer):
    """`answers` replaces the reply to a command ("RCPT", "DATA", "." for the end of the text);
    an empty reply hangs up, "hang" says nothing for a while. `pause` is the longest wait before
    each reply; `refused` are addresses with their replies; after `mails_a_line` it hangs up."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.answers: dict[str, str] = {}
        self.pause = 0.0
        self.refused: dict[str, str] = {}
        self.mails_a_line = 0
        self.greetings = 0
        self.senders: list[str] = []
        self.taken_at: list[float] = []
        self.letters: list[bytes] = []
        self.recipients: list[str] = []

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def copies(self) -> Counter[str]:
        """How often each mail has arrived, by its Message-ID."""
        return Counter(message_from_bytes(letter)["Message-ID"] for letter in self.letters)


class _Conversation(socketserver.StreamRequestHandler):
    server: Sink

    def handle(self) -> None:
        with suppress(OSError):  # the other side was killed in the middle
            self._talk()

    def _talk(self) -> None:
        self.server.greetings += 1
        going, taken = self._say("CONNECT", "220 sink"), 0
        while going:
            line = self.rfile.readline()
            word = line[:4].upper().decode("ascii", "replace").strip()
            if not line or word == "QUIT":
                return
            going = self._say(word, self._answer(word, line.decode().strip()))
            if word == "DATA" and going and not self.server.answers.get("DATA"):
                taken += 1
                going = self._take() and taken != self.server.mails_a_line

    def _answer(self, word: str, line: str) -> str:
        if word == "MAIL":
            self.server.senders.append(line)
        if word == "RCPT":
            self.server.recipients.append(line)
            refusals = self.server.refused.items()
            return next((why for who, why in refusals if who in line), "250 fine")
        return "354 go on" if word == "DATA" else "250 fine"

    def _take(self) -> bool:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            lines.append(line.removeprefix(b"."))
        answer = self.server.answers.get(".", "250 taken")
        if answer.startswith("2") or not answer:
            self.server.letters.append(b"".join(lines))
            self.server.taken_at.append(monotonic())
        return self._say(".", "250 taken")

    def _say(self, word: str, usual: str) -> bool:
        sleep(self.server.pause * random.random())
        answer = self.server.answers.get(word, usual)
        if answer == "hang":
            sleep(1.5)
        elif answer:
            self.wfile.write(f"{answer}\r\n".encode())
        return bool(answer)


@contextmanager
def open_sink() -> Iterator[Sink]:
    with Sink() as sink:
        thread = threading.Thread(target=sink.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield sink
        finally:
            sink.shutdown()
            thread.join()
