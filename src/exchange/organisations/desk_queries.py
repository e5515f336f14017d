"""What waits for a host in this room, and how hosts find an entry.
Called by the hosts' pages and by the look at what waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from exchange.core.waiting import Wait
from exchange.organisations import queries
from exchange.organisations.models import Belonging, Change, Organisation

_AT_ONCE = 30


@dataclass(frozen=True)
class Waiting:
    """Everything of this room that waits, the oldest first."""

    proposals: Sequence[Organisation]
    claims: Sequence[Belonging]
    changes: Sequence[Change]

    @property
    def anything(self) -> bool:
        return bool(self.proposals or self.claims or self.changes)


def queue() -> Waiting:
    proposed = list(_proposals().select_related("proposed_by").order_by("proposed_at")[:_AT_ONCE])
    claims = _claims().select_related("organisation", "member").order_by("asked_at", "pk")
    changes = _changes().select_related("organisation", "by").order_by("at", "pk")
    return Waiting(
        proposals=proposed,
        claims=list(claims[:_AT_ONCE]),
        changes=list(changes[:_AT_ONCE]),
    )


def waiting() -> Wait | None:
    """For the desk's morning, in one question."""
    found = Organisation.objects.aggregate(
        proposed_n=Count("pk", filter=_IS_PROPOSAL, distinct=True),
        asked_n=Count("belongings", filter=_IS_CLAIM, distinct=True),
        changed_n=Count("changes", filter=Q(changes__state="waits"), distinct=True),
        proposed=Min("proposed_at", filter=_IS_PROPOSAL),
        asked=Min("belongings__asked_at", filter=_IS_CLAIM),
        changed=Min("changes__at", filter=Q(changes__state="waits")),
    )
    count = found["proposed_n"] + found["asked_n"] + found["changed_n"]
    since = [found[name] for name in ("proposed", "asked", "changed") if found[name]]
    if not count:
        return None
    said = ngettext("%(n)d matter of organisations", "%(n)d matters of organisations", count)
    url = reverse("organisations-desk:queue")
    return Wait(said % {"n": count}, url, count, min(since) if since else None)


def other_entry(row: Organisation, typed: str) -> Organisation | None:
    """The entry a host means, by its name or by the address of its page."""
    path = unquote(urlsplit(typed.strip()).path).strip("/")
    slug = path.rsplit("/", 1)[-1]
    others = Organisation.objects.filter(gone_at=None).exclude(pk=row.pk)
    by_address: Organisation | None = others.filter(slug=slug).first() if slug else None
    return by_address or queries.same_name(typed, besides=row.pk)


_IS_PROPOSAL = Q(checked_at=None, gone_at=None, sealed_at=None)
_IS_CLAIM = Q(belongings__asked_at__isnull=False, belongings__decided_at=None, gone_at=None)


def _proposals() -> QuerySet[Organisation]:
    return Organisation.objects.filter(_IS_PROPOSAL)


def _claims() -> QuerySet[Belonging]:
    return Belonging.objects.filter(
        asked_at__isnull=False, decided_at=None, organisation__gone_at=None
    )


def _changes() -> QuerySet[Change]:
    return Change.objects.filter(state="waits", organisation__gone_at=None)
