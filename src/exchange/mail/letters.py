"""Turns a row of the queue into the message on the wire: the same row gives the same bytes.
Called by `mail.outbox` and `mail.smtp`; `mail.actions` asks for the Message-ID."""

import hashlib
import re
from email.utils import format_datetime, parseaddr
from functools import lru_cache

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext, override

from exchange.mail import tokens, wire
from exchange.mail.headers import phrase
from exchange.mail.models import OutgoingMail
from exchange.mail.tokens import What

_LONGEST_NAME = 40
# Letters that turn the direction of what follows, and those that nobody sees.
_UNSEEN = re.compile(r"[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def message_id_for(key: str) -> str:
    """One mail, one Message-ID: a second copy, should one ever arrive, is known as such. Nobody can
    make it from the key, so whoever answers it has seen the mail."""
    secret = salted_hmac("exchange.mail.message-id", key, algorithm="sha256").hexdigest()[:40]
    return f"<{secret}@{sender().rpartition('@')[2] or 'localhost'}>"


def sender() -> str:
    """The bare address that mails come from and bounces go to."""
    return _named(settings.MAIL_FROM)[1]


@lru_cache(maxsize=8)
def _named(setting: str) -> tuple[str, str]:
    return parseaddr(setting)


def envelope_sender(mail: OutgoingMail) -> str:
    """Where the mail comes back to if it cannot be delivered: an address of its own, so that we
    know which one it was whatever the other side writes."""
    return tokens.address(What.BOUNCE, item=mail.pk)


def wire_address(address: str) -> str:
    """The address with its domain as every mail server understands it, whatever the script."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{_wire_domain(domain)}"


@lru_cache(maxsize=2000)
def _wire_domain(domain: str) -> str:
    return domain.encode("idna").decode("ascii")


def compose(mail: OutgoingMail) -> bytes:
    """Plain text first, HTML as the alternative, what is for a calendar last; headers that keep
    robots from answering."""
    return wire.write(
        _headers(mail),
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        boundary=f"=_{_digest(mail.key)}",
        calendar=mail.calendar,
    )


def _headers(mail: OutgoingMail) -> list[tuple[str, str]]:
    extra = dict(mail.headers)
    return [
        ("From", f"{phrase(_shown_sender(mail))} <{sender()}>"),
        ("To", wire_address(mail.to_address)),
        ("Date", format_datetime(mail.created_at)),
        ("Message-ID", mail.message_id),
        ("Auto-Submitted", extra.pop("Auto-Submitted", "auto-generated")),
        *extra.items(),
        ("Content-Language", mail.language),
    ]


def _shown_sender(mail: OutgoingMail) -> str:
    """ "Amina via the Exchange". Programs show what stands here as if it were an address, so a
    name that has one in it is left out."""
    seen = _UNSEEN.sub("", mail.shown_from)
    name = " ".join(word for word in seen.split() if "@" not in word)[:_LONGEST_NAME].strip(
        ' "<>,;:'
    )
    if not name:
        return _named(settings.MAIL_FROM)[0]
    with override(mail.language):
        return gettext("%(name)s via the Exchange") % {"name": name}


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:40]
