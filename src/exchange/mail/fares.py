"""How mail that goes out fares, for the hosts' page: counts, and one person's or item's deliveries.
Called by the desk. No address leaves here."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count

from exchange.core.time import now
from exchange.mail.models import OutgoingMail

MOST = 60


def by_state(*, days: int = 7) -> dict[str, int]:
    """How many mails of the last days are in which state."""
    recent = OutgoingMail.objects.filter(created_at__gt=now() - timedelta(days=days))
    return dict(recent.values_list("state").annotate(Count("pk")).order_by("state"))


def of_item(item: str) -> list[OutgoingMail]:
    """What went, or did not go, about one thing ("reply:12"); the newest first."""
    return _shown(item=item)


def of_person(person: int) -> list[OutgoingMail]:
    """What went, or did not go, to one person; the newest first."""
    return _shown(person=person)


def _shown(**which: object) -> list[OutgoingMail]:
    rows = OutgoingMail.objects.filter(**which).defer("text", "html", "subject", "to_address")
    return list(rows.order_by("-pk")[:MOST])
