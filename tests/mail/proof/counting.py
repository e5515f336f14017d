"""A mail server of its own (aiosmtpd) that counts what it accepts.
Used by the proofs of mail."""

import random
from asyncio import sleep
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from socket import socket

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Counting:
    """Takes each mail after a short while, and remembers its Message-ID before it says so."""

    def __init__(self) -> None:
        self.copies: Counter[str] = Counter()
        self.senders: Counter[str] = Counter()
        self.pause = 0.0
        self.url = ""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        await sleep(self.pause * random.random())
        head = bytes(envelope.content or b"").partition(b"\r\n\r\n")[0].decode()
        name = next(line for line in head.split("\r\n") if line.startswith("Message-ID:"))
        self.copies[name.partition(": ")[2]] += 1
        self.senders[envelope.mail_from or ""] += 1
        return "250 taken"


@contextmanager
def open_counting() -> Iterator[Counting]:
    counting = Counting()
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    door = Controller(counting, hostname="127.0.0.1", port=port, server_hostname="counting")
    door.start()
    counting.url = f"smtp://127.0.0.1:{port}"
    try:
        yield counting
    finally:
        door.stop()
