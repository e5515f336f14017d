"""What is asked about files: those of a draft, those of a record, whether one is known already.
Called by the pages of every matter of the library."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q

from exchange.core.time import now
from exchange.library.models import File, Resource
from exchange.library.models.files import FileQuerySet
from exchange.members.models import Member


def of_draft(draft_key: str, by: Member) -> list[File]:
    """The files somebody has sent with a form that is not finished."""
    if not draft_key:
        return []
    rows = File.objects.standing().filter(resource=None, draft_key=draft_key, by=by)
    return list(rows.order_by("added_at", "id"))


def beside(resource: Resource, reader: Member | None) -> FileQuerySet:
    """The files of a record that this reader may open, earlier versions behind the newest."""
    rows: FileQuerySet = File.objects.visible_to(reader).filter(resource_id=resource.pk)
    return rows.select_related("replaced_by").order_by("added_at", "id")


def known_by_hash(sha256: str, reader: Member | None) -> Resource | None:
    """A record this reader may see that already has this file, as it was sent or as it is kept."""
    rows = File.objects.visible_to(reader).filter(resource__isnull=False)
    found = rows.filter(sent_sha256=sha256).first() or rows.filter(sha256=sha256).first()
    if found is None:
        return None
    # The manager comes from the parent, so types would say Contribution.
    records: Any = Resource.objects.visible_to(reader)
    seen: Resource | None = records.filter(pk=found.resource_id).first()
    return seen


def infected_lately() -> FileQuerySet:
    """What the scanner found in the last month, beside nothing that is sealed; it is not kept."""
    since = now() - timedelta(days=30)
    rows: FileQuerySet = File.objects.filter(fixity=File.Fixity.INFECTED, gone_at__gt=since)
    rows = rows.filter(Q(resource=None) | Q(resource__sealed_at=None))
    return rows.select_related("resource", "by").order_by("-gone_at")
