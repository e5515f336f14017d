"""Descriptions of many records, a batch at a time, so that a long list needs little memory.
Called by the exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from exchange.contributions.describing import Description
from exchange.library import queries
from exchange.library.giving.describe import as_kept, describe_many
from exchange.library.models import Resource

MOST = 5_000
_BATCH = 250


def numbers(narrowing: Mapping[str, str]) -> tuple[list[int], bool]:
    """The records of a list, newest first, and whether there are more than an export takes."""
    found = queries.ids(narrowing, most=MOST + 1)
    return found[:MOST], len(found) > MOST


def described(found: list[int], *, as_hosts_keep_them: bool = False) -> Iterator[Description]:
    """Each of them that is public at this moment; six queries for a batch."""
    for start in range(0, len(found), _BATCH):
        batch = found[start : start + _BATCH]
        known = _kept(batch) if as_hosts_keep_them else describe_many(batch)
        yield from (known[number] for number in batch if number in known)


def _kept(batch: list[int]) -> dict[int, Description]:
    public: Any = Resource.objects.all().public().filter(pk__in=batch)
    return as_kept(public)
