"""The same people over real wires: they hand their mail to the door, a program of its own, by SMTP,
and read what a real mail server took for them. Used by journeys that need no browser."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from exchange.ledger import worker
from exchange.mail import smtp
from exchange.mail.models import IncomingMail
from exchange.mail.receiving import actions as receiving
from tests.bymail import DOMAIN, settle_in, vouched
from tests.mail.door.standing import free_port, start


class PostOffice:
    """Takes every mail; what came for an address can be read."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, EmailMessage]] = []

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:
        letter = message_from_bytes(envelope.content, policy=policy.default)
        self.taken += [(to.lower(), letter) for to in envelope.rcpt_tos]
        return "250 taken"

    def letters(self, address: str) -> list[EmailMessage]:
        return [letter for to, letter in self.taken if to == address]


@dataclass
class Wire:
    """The door's port, the post office, and how the Exchange gets its turn."""

    port: int
    office: PostOffice

    def carry(self, message: EmailMessage, *, sender: str, to: str) -> None:
        """One SMTP conversation with the door, then whatever follows from it."""
        with smtplib.SMTP("127.0.0.1", self.port, "phone.example", timeout=20) as line:
            line.send_message(message, from_addr=sender, to_addrs=[to])
        self.work()

    def work(self) -> None:
        """What the worker's process does all day."""
        receiving.take_in()
        worker.run_until_idle()


@dataclass
class Wired:
    """One person with a mail program that quotes as most do."""

    address: str
    wire: Wire
    name: str = ""
    sent: int = field(default=0)

    @property
    def letters(self) -> list[EmailMessage]:
        return self.wire.office.letters(self.address)

    @property
    def newest(self) -> EmailMessage:
        assert self.letters, f"nothing came for {self.name}"
        return self.letters[-1]

    @property
    def subjects(self) -> list[str]:
        return [str(letter["Subject"]) for letter in self.letters]

    def read(self) -> str:
        """The plain text of the newest letter."""
        return text_of(self.newest)

    def write(self, to: str, words: str, *, subject: str = "") -> None:
        self._send(f"{to}@{DOMAIN}", words, subject)

    def answer(self, words: str, *, letter: EmailMessage | None = None) -> None:
        """Above the quoted letter, as text and as a page."""
        answered = letter if letter is not None else self.newest
        to = parseaddr(str(answered["Reply-To"] or answered["From"]))[1]
        on = f"On {answered['Date']}, {answered['From']} wrote:"
        quote = "\n".join(f"> {line}".rstrip() for line in text_of(answered).splitlines())
        headers = {"In-Reply-To": answered["Message-ID"], "References": answered["Message-ID"]}
        text = f"{words}\n\n{on}\n\n{quote}"
        self._send(to, text, f"Re: {answered['Subject']}", headers)

    def _send(
        self, to: str, text: str, subject: str, headers: dict[str, Any] | None = None
    ) -> None:
        self.sent += 1
        message = EmailMessage()
        message["From"] = f"{self.name} <{self.address}>"
        message["To"] = to
        message["Message-ID"] = f"<{self.sent}.{self.name}@phone.example>"
        message["Subject"] = subject
        for header, value in {**vouched(self.address), **(headers or {})}.items():
            message[header] = str(value)
        message.set_content(text)
        self.wire.carry(message, sender=self.address, to=to)


def text_of(letter: EmailMessage) -> str:
    """Its plain text part."""
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def kept(wire: Wire) -> list[str]:
    """What became of all mails so far."""
    return list(IncomingMail.objects.order_by("pk").values_list("outcome", flat=True))


@contextmanager
def open_wire(settings: Any, place: Path) -> Iterator[Wire]:
    """A door for mail that comes, and a mail server for mail that goes."""
    settle_in(settings, place)
    office = PostOffice()
    server = Controller(office, hostname="127.0.0.1", port=free_port())
    server.start()
    port = free_port()
    door = start(place, port)
    settings.SMTP_URL = f"smtp://127.0.0.1:{server.port}"
    try:
        yield Wire(port, office)
    finally:
        smtp.line.close()
        door.terminate()
        door.communicate(timeout=20)
        server.stop()
