"""Who is kept apart from whom: a room above that lets people block each other says so here.
Rooms register from their hooks; `members.queries` and the directory ask, once for each reader.

    apart.register(lambda reader_pk: Block.objects.between(reader_pk))     # numbers of members
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from exchange.members.models import Member

# Whom this member blocked, and who blocked them.
Between = Callable[[int], Iterable[int]]
_between: list[Between] = []


def register(between: Between) -> None:
    """Add a room's answer; registering the same one twice changes nothing."""
    if between not in _between:
        _between.append(between)


def from_(reader: Member) -> frozenset[int]:
    """Everybody this reader is kept apart from; asked once for each reader object."""
    kept = reader.__dict__.get("_kept_apart")
    if kept is None:
        kept = frozenset(pk for between in _between for pk in between(reader.pk))
        reader.__dict__["_kept_apart"] = kept
    return kept
