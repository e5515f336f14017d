"""The records here that rows may be: by title, and by their other names and addresses.
Called by the import; asks the database a few times for many rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from exchange.library.models import Resource
from exchange.library.records import Record
from exchange.library.rules import title_signature

_AT_ONCE = 500
_NAMES = ("doi", "isbn", "handle", "url")


@dataclass(frozen=True)
class Match:
    """A record here that has a name in common; weak when records may well share it."""

    row: Resource
    words: str
    is_weak: bool


class Here:
    """What the library has of these records, asked once."""

    def __init__(self, records: list[Record]) -> None:
        wanted = {name: _wanted(records, name) for name in _NAMES}
        signatures = [title_signature(record.title) for record in records]
        self._titled = {row.title_signature: row for row in _rows("title_signature", signatures)}
        self._named = {
            name: {getattr(row, name): row for row in _rows(name, wanted[name])} for name in _NAMES
        }

    def titled(self, record: Record) -> Resource | None:
        return self._titled.get(title_signature(record.title))

    def like(self, record: Record) -> Match | None:
        """The first that has one of its other names."""
        called = {"doi": "DOI", "isbn": "ISBN", "handle": "handle", "url": _("address")}
        for name in _NAMES:
            row = self._named[name].get(getattr(record, name))
            if row is not None and getattr(record, name):
                words = _("has the same %(name)s as “%(title)s”, which is here") % {
                    "name": called[name],
                    "title": "…" if row.sealed_at else row.title[:120],
                }
                return Match(row, words, is_weak=name == "url")
        return None


def _wanted(records: Iterable[Record], name: str) -> list[str]:
    values = (getattr(record, name) for record in records)
    return sorted({value for value in values if value and not _is_front_page(name, value)})


def _is_front_page(name: str, value: str) -> bool:
    """The address of a whole site says nothing about one record."""
    if name != "url":
        return False
    parts = urlsplit(value)
    return not parts.path.strip("/") and not parts.query


def _rows(name: str, values: list[str]) -> Iterator[Resource]:
    for start in range(0, len(values), _AT_ONCE):
        some = values[start : start + _AT_ONCE]
        rows: Any = Resource.objects.filter(**{f"{name}__in": some})
        yield from rows.prefetch_related("creators", "links")
