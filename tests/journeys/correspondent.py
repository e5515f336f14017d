"""Somebody who takes part by mail alone, while others use browsers: hands mail to the door of the
running house, and reads what came. Used by journeys."""

from __future__ import annotations

import re
import smtplib
import time
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import parseaddr
from urllib.parse import urlsplit

from tests.journeys.house import House
from tests.journeys.people import MAIL_WITHIN, letters_to, text_of


@dataclass
class Correspondent:
    """An address, and the wire to the door."""

    house: House
    name: str
    email: str
    sent: int = field(default=0)

    def write(self, words: str) -> None:
        """A new mail to the Exchange."""
        self._send(f"exchange@{urlsplit(self.house.url).hostname}", words, "")

    def answer(self, words: str, letter: EmailMessage) -> None:
        """Above the quoted letter, as most mail programs do it."""
        quote = "\n".join(f"> {line}".rstrip() for line in text_of(letter).splitlines())
        to = parseaddr(str(letter["Reply-To"] or letter["From"]))[1]
        on = f"On {letter['Date']}, {letter['From']} wrote:"
        self._send(to, f"{words}\n\n{on}\n\n{quote}", f"Re: {letter['Subject']}", letter)

    def letter(self, containing: str) -> EmailMessage:
        """The newest letter that says this, as soon as it is there."""
        until = time.monotonic() + 2 * MAIL_WITHIN
        while time.monotonic() < until:
            for mail in reversed(letters_to(self.house, self.email)):
                if containing in f"{mail['Subject']}\n{text_of(mail)}":
                    return mail
            time.sleep(0.1)
        subjects = [mail["Subject"] for mail in letters_to(self.house, self.email)]
        raise AssertionError(f"No mail to {self.name} says {containing!r}; there are {subjects}")

    def _send(self, to: str, text: str, subject: str, answered: EmailMessage | None = None) -> None:
        self.sent += 1
        message = EmailMessage()
        message["From"] = f"{self.name} <{self.email}>"
        message["To"] = to
        message["Subject"] = subject
        message["Message-ID"] = f"<{self.sent}.{self.name.replace(' ', '.')}@phone.example>"
        if answered is not None:
            message["In-Reply-To"] = message["References"] = str(answered["Message-ID"])
        message.set_content(text)
        with smtplib.SMTP("127.0.0.1", _door(self.house), "phone.example", timeout=20) as line:
            line.send_message(message, from_addr=self.email, to_addrs=[to])


def _door(house: House) -> int:
    found = re.search(r"Mail comes in at smtp://127\.0\.0\.1:(\d+)", house.log)
    assert found, "the house did not say where mail comes in"
    return int(found[1])
