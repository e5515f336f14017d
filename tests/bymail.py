"""People who take part by mail, as their mail programs do it: writing, reading the newest letter,
answering it with quotes. Used by the tests of every room; nothing of the Exchange is replaced."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr
from pathlib import Path
from typing import Any

from django.conf import settings as live

from exchange.core.time import now
from exchange.ledger import worker
from exchange.mail.models import IncomingMail, Mailbox, OutgoingMail
from exchange.mail.receiving import actions as receiving
from exchange.members.models import Member

DOMAIN = "exchange.example"
AUTHSERV = "mx.exchange.example"
BOXES = {
    "ask": "question",
    "share": "experience",
    "notices": "notice",
    "ideas": "idea",
    "discuss": "discussion",
    "exchange": "desk",
    "concern": "concern",
}
# What a mail server before us would say of a mail.
DISOWNED = {"Authentication-Results": f"{AUTHSERV}; dmarc=fail (p=reject) header.from=example.org"}


def vouched(address: str) -> dict[str, str]:
    """What the mail server before us says of an honest mail."""
    domain = address.rpartition("@")[2]
    return {"Authentication-Results": f"{AUTHSERV}; dmarc=pass header.from={domain}"}


def settle_in(settings: Any, place: Path) -> None:
    """A mail domain, a spool and an outbox of the test's own, and the addresses people write to."""
    settings.MAIL_FROM = f"The Exchange <exchange@{DOMAIN}>"
    settings.MAIL_DOMAIN = DOMAIN
    settings.MAIL_AUTHSERV = AUTHSERV
    settings.MAIL_IN_DIR = place / "mail-in"
    settings.OUTBOX_DIR = place / "outbox"
    settings.SMTP_URL = ""
    for local, opens in BOXES.items():
        Mailbox.objects.update_or_create(local=local, defaults={"opens": opens})


@dataclass(frozen=True)
class File:
    """Something attached."""

    name: str
    content_type: str
    content: bytes


@dataclass
class Post:
    """One person at their mailbox. `address` is where their mail comes from and arrives."""

    address: str
    name: str = ""
    # Lines under every mail, as many have them.
    signature: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, member: Member, **more: Any) -> Post:
        return cls(member.email, member.display_name, **more)

    def write(
        self,
        to: str,
        words: str,
        *,
        subject: str = "",
        headers: Mapping[str, str] | None = None,
        files: Iterable[File] = (),
    ) -> IncomingMail:
        """Send a mail to an address of ours ("ask" or a whole one), and let the Exchange work."""
        whole = to if "@" in to else f"{to}@{DOMAIN}"
        message = self._message(whole, self._signed(words), subject, headers or {}, files)
        return deliver(bytes(message), envelope_from=self.address, envelope_to=whole)

    def answer(
        self,
        words: str,
        *,
        letter: OutgoingMail | None = None,
        below: bool = False,
        quoting: bool = True,
        headers: Mapping[str, str] | None = None,
        files: Iterable[File] = (),
    ) -> IncomingMail:
        """Answer the newest letter, or this one, above or below its quoted text."""
        answered = letter or self.newest()
        to = parseaddr(answered.headers.get("Reply-To", "") or live.MAIL_FROM)[1]
        quote = self._quote(answered) if quoting else ""
        parts = [quote, words] if below else [self._signed(words), quote]
        threaded = {"In-Reply-To": answered.message_id, "References": answered.message_id}
        message = self._message(
            to,
            "\n\n".join(filter(None, parts)),
            f"Re: {answered.subject}",
            {**threaded, **(headers or {})},
            files,
        )
        return deliver(bytes(message), envelope_from=self.address, envelope_to=to)

    def letters(self) -> list[OutgoingMail]:
        """All that was written to this address, the oldest first."""
        return list(OutgoingMail.objects.filter(to_address=self.address).order_by("pk"))

    def newest(self) -> OutgoingMail:
        letters = self.letters()
        assert letters, f"nothing was written to {self.address}"
        return letters[-1]

    def _signed(self, words: str) -> str:
        return f"{words}\n\n-- \n{self.signature}" if self.signature else words

    def _quote(self, letter: OutgoingMail) -> str:
        on = f"On {letter.created_at:%a, %d %b %Y at %H:%M}, {live.MAIL_FROM} wrote:"
        return "\n".join([on, "", *(f"> {line}".rstrip() for line in letter.text.splitlines())])

    def _message(
        self,
        to: str,
        text: str,
        subject: str,
        headers: Mapping[str, str],
        files: Iterable[File],
    ) -> EmailMessage:
        message = EmailMessage()
        message["From"] = Address(display_name=self.name, addr_spec=self.address)
        message["To"] = to
        message["Date"] = format_datetime(now())
        message["Message-ID"] = make_msgid(secrets.token_hex(4), "phone.example")
        if subject:
            message["Subject"] = subject
        for header, value in {**vouched(self.address), **self.headers, **headers}.items():
            message[header] = value
        message.set_content(text)
        for file in files:
            kind, _, sort = file.content_type.partition("/")
            message.add_attachment(file.content, kind, sort, filename=file.name)
        return message


def deliver(raw: bytes, *, envelope_from: str, envelope_to: str) -> IncomingMail:
    """Through the spool to what becomes of it; the row of the mail."""
    arrival = receiving.take(raw, via="smtp", envelope_from=envelope_from, envelope_to=envelope_to)
    receiving.take_in()
    worker.run_until_idle()
    return IncomingMail.objects.get(arrival=arrival)
