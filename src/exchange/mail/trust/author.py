"""The one domain a mail's From address stands for, if it is one that can be believed at all.
Used by `mail.trust`; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import policy
from email.errors import InvalidHeaderDefect
from email.headerregistry import AddressHeader
from email.parser import HeaderParser

_HOST = re.compile(r"(?=.{3,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}")
# A longer From is nobody's; to take it apart can take seconds.
LONGEST = 4000
_WHOLE = re.compile(rb"(?im)^from[ \t]*:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*")
_FROM = re.compile(rb"(?im)^from[ \t]*:")


@dataclass(frozen=True)
class Author:
    """`domain` is "" when there is not exactly one. What is not plain (an international name in the
    clear, something odd beside it) is never believed: programs read such headers differently."""

    domain: str = ""
    is_plain: bool = True


def author_of(raw: bytes) -> Author:
    """From whose domain the mail says it is."""
    head = re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[0]
    if any(len(found) > LONGEST for found in _WHOLE.findall(head)):
        return Author()
    message = HeaderParser(policy=policy.default).parsestr(head.decode("utf-8", "replace"))
    fields = message.get_all("from", [])
    # Two ways of reading the head must agree: a lone CR ends a line for one and not for the other.
    if len(fields) != 1 or len(_FROM.findall(head)) != 1:
        return Author()
    field = fields[0]
    if not isinstance(field, AddressHeader):
        return Author()
    groups = field.groups
    if len(groups) != 1 or groups[0].display_name is not None or len(groups[0].addresses) != 1:
        return Author()
    defects = getattr(field, "defects", ())
    is_clear = not any(isinstance(defect, InvalidHeaderDefect) for defect in defects)
    return _author(groups[0].addresses[0].domain, is_clear=is_clear)


def speaks_for(raw: bytes, address: str) -> bool:
    """Whether this address is of the domain that was judged."""
    domain = address.rpartition("@")[2]
    return bool(domain) and author_of(raw).domain == _author(domain, is_clear=True).domain


def _author(domain: str, *, is_clear: bool) -> Author:
    plain = domain.strip().rstrip(".").lower()
    try:
        ascii_name = plain.encode("idna").decode("ascii") if not plain.isascii() else plain
    except UnicodeError:
        return Author()
    if not _HOST.fullmatch(ascii_name):
        return Author()
    return Author(ascii_name, is_plain=is_clear and plain.isascii())
