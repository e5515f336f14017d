"""Which mailbox to ask, and for which of our addresses a mail in it is; pure.
Used by `mail.imap.actions`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email import policy
from email.message import Message
from email.parser import HeaderParser
from email.utils import getaddresses, parseaddr
from urllib.parse import unquote, urlsplit

from exchange.core import reaching
from exchange.mail.door.setting import ascii_domain

# Where the provider wrote for whom it took the mail, the surest first; then what the writer wrote.
_DELIVERED = ("x-original-to", "envelope-to", "x-envelope-to", "delivered-to")
_WRITTEN = ("to", "cc", "resent-to")


class Unusable(ValueError):
    """The setting cannot be used; the text is a code."""


@dataclass(frozen=True)
class Box:
    """EXCHANGE_IMAP taken apart: imaps://user:password@host:993/Folder."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    tls_at_once: bool = True

    @property
    def is_this_machine(self) -> bool:
        """Whether a password may travel to it in the clear."""
        return reaching.is_this_machine(self.host)


def box_of(url: str) -> Box:
    """The mailbox of the setting. Raises Unusable."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        raise Unusable("imap-setting-unreadable") from None
    if parts.scheme not in ("imap", "imaps") or not parts.hostname or not parts.username:
        raise Unusable("imap-setting-unreadable")
    at_once = parts.scheme == "imaps"
    return Box(
        host=parts.hostname,
        port=port or (993 if at_once else 143),
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        tls_at_once=at_once,
    )


def envelope_of(raw: bytes, *, domains: tuple[str, ...], delimiter: str) -> tuple[str, str]:
    """Sender and recipient, as far as the headers tell them; "" for nobody. An address of ours that
    carries a token goes before one without: a mailbox that takes all shows itself first."""
    head = re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[0].decode("utf-8", "replace")
    message = HeaderParser(policy=policy.compat32).parsestr(head)
    return parseaddr(_text(message, "return-path"))[1], _recipient(message, domains, delimiter)


def _recipient(message: Message, domains: tuple[str, ...], delimiter: str) -> str:
    lines = [str(value) for name in (*_DELIVERED, *_WRITTEN) for value in message.get_all(name, [])]
    ours = [
        address
        for _, address in getaddresses(lines)
        if ascii_domain(address.rpartition("@")[2]) in domains
    ]
    with_token = (address for address in ours if delimiter in address.rpartition("@")[0])
    return next(with_token, ours[0] if ours else "")


def _text(message: Message, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())
