"""Turns a row of the queue into the message on the wire: the same row gives the same bytes.
Called by `mail.outbox` and `mail.smtp`; `mail.actions` asks for the Message-ID."""

import hashlib
import re
from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime, parseaddr
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext, override

from exchange.mail import tokens
from exchange.mail.headers import phrase
from exchange.mail.models import OutgoingMail
from exchange.mail.tokens import What

_LONGEST_NAME = 40
# Letters that turn the direction of what follows, and those that nobody sees.
_UNSEEN = re.compile(r"[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


class _AsItIs(UnstructuredHeader, BaseHeader):
    """A header of plain ASCII on one line. The standard fold would turn a long address or link
    (List-Unsubscribe, References, Reply-To) into an encoded word, which breaks it, and would undo
    the encoded words of a name."""

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        kwds["decoded"], kwds["parse_tree"] = value, None

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


class _Headers(HeaderRegistry):
    """The standard one makes a new class for every header of every mail."""

    @lru_cache(maxsize=200)  # noqa: B019 - there is one of it, for ever
    def __getitem__(self, name: str) -> type[BaseHeader]:
        return super().__getitem__(name)


def _policy() -> Policy:
    headers = _Headers(default_class=_AsItIs)
    for name in ("from", "to", "reply-to"):
        headers.map_to_type(name, _AsItIs)
    # Seven-bit bodies pass every relay; what is not ASCII travels in base64 or quoted-printable.
    return SMTP.clone(cte_type="7bit", header_factory=headers)


_POLICY = _policy()


def message_id_for(key: str) -> str:
    """One mail, one Message-ID: a second copy, should one ever arrive, is known as such. Nobody can
    make it from the key, so whoever answers it has seen the mail."""
    secret = salted_hmac("exchange.mail.message-id", key, algorithm="sha256").hexdigest()[:40]
    return f"<{secret}@{sender().rpartition('@')[2] or 'localhost'}>"


def sender() -> str:
    """The bare address that mails come from and bounces go to."""
    return parseaddr(settings.MAIL_FROM)[1]


def envelope_sender(mail: OutgoingMail) -> str:
    """Where the mail comes back to if it cannot be delivered: an address of its own, so that we
    know which one it was whatever the other side writes."""
    return tokens.address(What.BOUNCE, item=mail.pk)


def wire_address(address: str) -> str:
    """The address with its domain as every mail server understands it, whatever the script."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.encode('idna').decode('ascii')}"


def compose(mail: OutgoingMail) -> EmailMessage:
    """Plain text first, HTML as the alternative, headers that keep robots from answering."""
    message = EmailMessage(policy=_POLICY)
    message["From"] = f"{phrase(_shown_sender(mail))} <{sender()}>"
    message["To"] = wire_address(mail.to_address)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = mail.headers.get("Auto-Submitted", "auto-generated")
    for header, value in mail.headers.items():
        if header != "Auto-Submitted":
            message[header] = value
    message.set_content(mail.text, cte=_lighter(mail.text))
    if mail.html:
        message.add_alternative(mail.html, subtype="html", cte=_lighter(mail.html))
        message.set_boundary(f"=_{_digest(mail.key)}")
    # Last, because setting the content clears every header that begins with "Content-".
    message["Content-Language"] = mail.language
    return message


def _shown_sender(mail: OutgoingMail) -> str:
    """ "Amina via the Exchange". Programs show what stands here as if it were an address, so a
    name that has one in it is left out."""
    seen = _UNSEEN.sub("", mail.shown_from)
    name = " ".join(word for word in seen.split() if "@" not in word)[:_LONGEST_NAME].strip(
        ' "<>,;:'
    )
    if not name:
        return parseaddr(settings.MAIL_FROM)[0]
    with override(mail.language):
        return gettext("%(name)s via the Exchange") % {"name": name}


def _lighter(text: str) -> str | None:
    """How it travels. Left to itself the library looks at the first ten lines alone, and a page
    that begins in ASCII and goes on in Arabic becomes three times as heavy."""
    if text.isascii():
        return None
    letters = len(text.encode())
    beyond = letters - sum(letter < "\x80" for letter in text)
    return "quoted-printable" if 2 * beyond < letters / 3 else "base64"


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:40]
