"""The headers of a mail as plain text, whatever state they are in, and its fingerprint.
Called by the other files of receiving and by `mail.bounces`. Never raises."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import parseaddr

from exchange.core.text import clean_line

LARGEST = 256_000
# What is longer holds no address or subject of anybody's; brackets in brackets take their time.
LONGEST_VALUE = 4000
_END = re.compile(rb"\r?\n\r?\n")
_ID = re.compile(r"<[^<>\s]{1,250}>")
# Written by those who passed it on: two copies of one mail differ in these.
_TRACE = re.compile(
    r"received|return-path|delivered-to|x-original-to|envelope-to|x-received|received-spf|dkim-.*"
    r"|authentication-results|arc-.*|x-spam.*|x-google.*|x-gm-.*|x-forwarded.*|x-.*-scan.*",
)


@dataclass(frozen=True)
class Heads:
    """All headers in their order, names in small letters."""

    pairs: tuple[tuple[str, str], ...] = ()

    def all(self, name: str) -> list[str]:
        return [value for known, value in self.pairs if known == name]

    def first(self, name: str) -> str:
        return next((value for known, value in self.pairs if known == name), "")

    def has(self, name: str) -> bool:
        return any(known == name for known, _value in self.pairs)

    @property
    def subject(self) -> str:
        return in_words(self.first("subject"))

    @property
    def address(self) -> str:
        """The address it says it is from, in small letters."""
        return bare(self.first("from"))

    @property
    def message_id(self) -> str:
        found = _ID.search(self.first("message-id"))
        return found.group() if found else ""

    @property
    def answered(self) -> tuple[str, ...]:
        """The Message-IDs it answers, the most likely first."""
        references = reversed(_ID.findall(" ".join(self.all("references"))))
        found = [*_ID.findall(" ".join(self.all("in-reply-to"))), *references]
        return tuple(dict.fromkeys(found))[:20]


def heads_of(raw: bytes) -> Heads:
    """The headers of these bytes."""
    if b"\n" not in raw[:LARGEST]:
        # Lines as an old Mac ends them.
        raw = raw[:LARGEST].replace(b"\r", b"\n")
    end = _END.search(raw, 0, LARGEST)
    head = raw[: end.start() if end else LARGEST]
    try:
        found = BytesHeaderParser(policy=compat32).parsebytes(head + b"\n\n").items()
        return Heads(tuple((str(name).lower(), _plain(value)) for name, value in found))
    except (ValueError, LookupError, TypeError, HeaderParseError):
        return Heads()


def bare(value: str) -> str:
    """The one address in a header, without name, in small letters; "" when there is none."""
    value = value[:LONGEST_VALUE]
    try:
        address = parseaddr(in_words(value))[1] or parseaddr(value)[1]
    except (ValueError, TypeError, IndexError, RecursionError):
        return ""
    address = clean_line(address).lower()
    return address if "@" in address.strip("@") and " " not in address else ""


def in_words(value: str) -> str:
    """A header with its encoded words decoded."""
    value = value[:LONGEST_VALUE]
    try:
        return clean_line(str(make_header(decode_header(value))))
    except (ValueError, LookupError, TypeError, HeaderParseError):
        return clean_line(value)


def fingerprint(raw: bytes, *, envelope_to: str, on: datetime) -> str:
    """The same mail to the same address gives the same: by its Message-ID, else by all of it that
    does not change on its way. Two undated mails without one ("stop") are the same within a day."""
    heads = heads_of(raw)
    seen = hashlib.sha256(envelope_to.lower().encode("utf-8", "replace") + b"\0")
    if heads.message_id:
        seen.update(heads.message_id.encode("utf-8", "replace"))
        return seen.hexdigest()
    for name, value in heads.pairs:
        if not _TRACE.fullmatch(name):
            seen.update(f"{name}:{value}\0".encode("utf-8", "replace"))
    if not heads.has("date"):
        seen.update(f"{on:%Y-%m-%d}".encode())
    end = _END.search(raw, 0, LARGEST)
    seen.update(raw[end.end() :] if end else raw)
    return seen.hexdigest()


def _plain(value: object) -> str:
    """A header on one line; bytes that are no text are replaced."""
    plain = str(value).encode("utf-8", "replace").decode("utf-8")
    return " ".join(plain.replace("\0", "").split())
