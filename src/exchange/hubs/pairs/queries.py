"""Reading pairs: a space's for its hosts, a person's own.
Called by the views of this matter."""

from __future__ import annotations

from exchange.hubs.models import Pair, Space
from exchange.members.models import Member


def of_space(space: Space) -> list[Pair]:
    """That they live and when last, not what they write."""
    rows = Pair.objects.there().filter(space=space).select_related("first", "second")
    return list(rows.order_by("-made_at", "-pk")[:100])


def of_member(member: Member) -> list[Pair]:
    rows = Pair.objects.of(member).there().select_related("space", "first", "second")
    return list(rows.order_by("-made_at", "-pk")[:50])


def own(member: Member, pk: int) -> Pair | None:
    rows = Pair.objects.of(member).select_related("space", "first", "second")
    found: Pair | None = rows.filter(pk=pk if pk < 2**63 else 0).first()
    return found
