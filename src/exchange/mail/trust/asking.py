"""Asks the names of the internet (DNS), with little patience, and says when nobody answered.
Used by `mail.trust` and by `doctor mail`; tests put names of their own in its place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic
from typing import Protocol

import dns.exception
import dns.name
import dns.resolver
import dns.reversename
from django.conf import settings

ONE = 3.0  # seconds for one question
ALL = 8.0  # and for all that is asked about one mail


class Unanswered(Exception):
    """Nobody answered: that is not the same as a name that does not exist."""


class Names(Protocol):
    """Who answers for names. `kind` is "TXT", "MX", "A", "AAAA" or "PTR"."""

    def ask(self, name: str, kind: str) -> list[str]:
        """The values at a name, as text: MX as "10 mail.example", TXT joined. Raises Unanswered."""


class Internet:
    """The real names, by the resolver of this machine."""

    def __init__(self, *, patience: float = ALL) -> None:
        self._until = monotonic() + patience
        self._kept: dict[tuple[str, str], list[str]] = {}
        self._resolver: dns.resolver.Resolver | None = None

    def ask(self, name: str, kind: str) -> list[str]:
        """See Names; the same question is asked once."""
        key = (name.rstrip(".").lower(), kind)
        if key not in self._kept:
            self._kept[key] = self._asked(*key)
        return self._kept[key]

    def _asked(self, name: str, kind: str) -> list[str]:
        left = self._until - monotonic()
        if left <= 0:
            raise Unanswered(name)
        try:
            if self._resolver is None:
                self._resolver = dns.resolver.Resolver()
            answer = self._resolver.resolve(name, kind, lifetime=min(ONE, left), search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer, dns.exception.SyntaxError):
            return []
        except (dns.name.LabelTooLong, dns.name.EmptyLabel, dns.name.NameTooLong):
            return []
        except (dns.exception.DNSException, OSError) as trouble:
            raise Unanswered(name) from trouble
        return [_text(row) for row in answer]


class Nobody:
    """Names while there is no internet: local mode, where mail stays on the machine."""

    def ask(self, name: str, kind: str) -> list[str]:
        """Nobody answers."""
        raise Unanswered(name)


_instead: ContextVar[Names | None] = ContextVar("names", default=None)


def names() -> Names:
    """Whom to ask about the mail at hand."""
    return _instead.get() or (Internet() if settings.PRODUCTION else Nobody())


def of_the_internet(*, patience: float) -> Names:
    """Whom to ask when a person waits for the answer, also in local mode."""
    return _instead.get() or Internet(patience=patience)


@contextmanager
def use(other: Names) -> Iterator[None]:
    """Ask somebody else meanwhile."""
    token = _instead.set(other)
    try:
        yield
    finally:
        _instead.reset(token)


def backwards(address: str) -> str:
    """The name under which an address's own name is found (PTR)."""
    return dns.reversename.from_address(address).to_text().rstrip(".")


def _text(row: object) -> str:
    strings = getattr(row, "strings", None)
    if strings is not None:
        return b"".join(strings).decode("utf-8", "replace")
    if hasattr(row, "preference"):
        return f"{row.preference} {str(getattr(row, 'exchange', '')).rstrip('.')}"
    return str(row).rstrip(".")
