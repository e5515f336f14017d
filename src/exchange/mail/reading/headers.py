"""Reads headers in odd shapes: encoded words, addresses, ids.
Called by `mail.reading.actions` and `mail.reading.parts`."""

from __future__ import annotations

import binascii
import re
from email.message import Message
from email.utils import parseaddr

from exchange.core.text import clean_line
from exchange.mail.reading.charsets import decode

_LONGEST = 4000
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bq])\?([^?]*)\?=", re.I)
_BETWEEN = re.compile(r"(\?=)[ \t\r\n]+(=\?)")
_ID = re.compile(r"<[^<>\s]{1,500}>")
_ADDRESS = re.compile(r"[^\s<>()\",;:@]{1,64}@[^\s<>()\",;:@]{1,255}")


def value(message: Message, name: str) -> str:
    """A header as text, unfolded, its encoded words read; "" if there is none."""
    return decoded(raw_value(message, name))


def raw_value(message: Message, name: str) -> str:
    """A header as it came, at most a few thousand letters of it."""
    found = message.get(name)
    return "" if found is None else str(found)[:_LONGEST]


def decoded(raw: str) -> str:
    """Header text with its encoded words read. Letters split between two words come together."""
    plain = _unescaped(raw)
    plain = _BETWEEN.sub(r"\1\2", plain)
    parts: list[str] = []
    pending: tuple[str, bytes] = ("", b"")
    end = 0
    for found in _WORD.finditer(plain):
        charset = found[1].split("*")[0]
        between = plain[end : found.start()]
        if pending[1] and (between or pending[0].lower() != charset.lower()):
            parts.append(decode(pending[1], pending[0])[0])
            pending = ("", b"")
        parts.append(between)
        pending = (charset, pending[1] + _word(found[2], found[3]))
        end = found.end()
    if pending[1]:
        parts.append(decode(pending[1], pending[0])[0])
    return clean_line("".join([*parts, plain[end:]]))


def sender(message: Message) -> tuple[str, str]:
    """Name and address of From; "" for what is not there."""
    raw = raw_value(message, "From")
    if not raw.strip():
        return "", ""
    # The address is read before encoded words are: a name may hold "<other@address>".
    plain = _WORD.sub(lambda found: found[0].replace(",", "=2C"), _unescaped(raw))
    name, address = _parsed(plain.replace("\r", " ").replace("\n", " "))
    if not _ADDRESS.fullmatch(address):
        found = _ADDRESS.findall(_WORD.sub(" ", plain))
        address = found[-1] if found else ""
        name = "" if not address else plain.replace(address, " ")
        name = re.sub(r"[<>\"]|mailto:", " ", name)
    return decoded(name), clean_line(address)


def _parsed(plain: str) -> tuple[str, str]:
    try:
        return parseaddr(plain[:1000])
    except (RecursionError, ValueError, IndexError):
        return "", ""


def ids(message: Message, name: str) -> tuple[str, ...]:
    """The message ids in a header, in angle brackets."""
    return tuple(_ID.findall(raw_value(message, name)))


def message_id(message: Message) -> str:
    """The id of the mail, made to look right where it is bare."""
    found = ids(message, "Message-ID")
    bare = raw_value(message, "Message-ID").strip().strip("<>")
    return found[0] if found else (f"<{bare}>" if bare and " " not in bare else "")


def _unescaped(raw: str) -> str:
    """Bytes above 127 that stand in a header bare, as many old programs send them."""
    try:
        raw.encode("utf-8")
    except UnicodeEncodeError:
        return decode(raw.encode("utf-8", "surrogateescape"))[0]
    return raw


def _word(how: str, text: str) -> bytes:
    text = text.replace("\r", "").replace("\n", "")
    if how in "qQ":
        return binascii.a2b_qp(text.replace(" ", "_").encode("utf-8", "replace"), header=True)
    clean = re.sub(r"[^A-Za-z0-9+/]", "", text)
    try:
        return binascii.a2b_base64(clean + "=" * (-len(clean) % 4))
    except binascii.Error:
        return binascii.a2b_base64(clean[:-1] + "=" * (-(len(clean) - 1) % 4))
