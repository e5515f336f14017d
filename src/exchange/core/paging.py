"""Keyset paging: a page begins after the last row of the one before, so depth costs nothing.
Called by queries of every room that lists rows by date; templates show components/paging.html."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)
PAGE_SIZE = 20


@dataclass(frozen=True)
class Page(Generic[M]):
    """Rows of a page and the keys of its neighbours ("" where there is none)."""

    rows: list[M] = field(default_factory=list)
    older: str = ""
    newer: str = ""
    is_first: bool = True


def page(
    rows: QuerySet[M],
    *,
    after: str = "",
    before: str = "",
    size: int = PAGE_SIZE,
    by: str = "pk",
) -> Page[M]:
    """A page of rows ordered by (-published_at, -id), after or before a key. A key nobody gave
    out counts as none. Adds the redundant bound on the date, so both databases seek.
    Rows that stand for others (the bridge) are paged `by` the key they stand for."""
    older_than, newer_than = _decoded(after), _decoded(before)
    if newer_than and not older_than:
        return _backwards(rows, newer_than, size, by)
    wanted = rows.filter(_older(older_than, by)) if older_than else rows
    found = list(wanted.order_by("-published_at", f"-{by}")[: size + 1])
    more = len(found) > size
    found = found[:size]
    return Page(
        rows=found,
        older=_key(found[-1], by) if more else "",
        newer=_key(found[0], by) if older_than and found else "",
        is_first=older_than is None,
    )


def _backwards(rows: QuerySet[M], newer_than: tuple[datetime, int], size: int, by: str) -> Page[M]:
    at, pk = newer_than
    newer = Q(published_at__gte=at) & ~Q(published_at=at, **{f"{by}__lte": pk})
    found = list(rows.filter(newer).order_by("published_at", by)[: size + 1])
    more = len(found) > size
    found = list(reversed(found[:size]))
    if not found:
        return page(rows, size=size, by=by)
    return Page(
        rows=found,
        older=_key(found[-1], by),
        newer=_key(found[0], by) if more else "",
        is_first=not more,
    )


def _older(key: tuple[datetime, int], by: str) -> Q:
    at, pk = key
    return Q(published_at__lte=at) & ~Q(published_at=at, **{f"{by}__gte": pk})


def _key(row: Any, by: str) -> str:
    raw = f"{int(row.published_at.timestamp() * 1_000_000)}.{getattr(row, by)}"
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def _decoded(key: str) -> tuple[datetime, int] | None:
    try:
        raw = base64.urlsafe_b64decode(key[:60] + "=" * (-len(key[:60]) % 4)).decode("ascii")
        at, pk = raw.split(".")
        seconds, micro = divmod(int(at), 1_000_000)
        moment = datetime.fromtimestamp(seconds, tz=UTC).replace(microsecond=micro)
        return moment, int(pk)
    except (ValueError, binascii.Error, OverflowError, UnicodeError, OSError):
        return None
