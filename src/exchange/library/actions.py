"""Bringing records into the library, and changing them when a newer table says so.
Called by the import command and by the starter content; all or nothing for each call."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from exchange.contributions.actions import bring_in, set_context
from exchange.contributions.models import Contribution, Revision, State
from exchange.core import gates, ids
from exchange.core.time import now
from exchange.ledger.actions import record as record_event
from exchange.library.models import Creator, Link, Resource
from exchange.library.records import Record
from exchange.library.rules import sort_title, title_signature
from exchange.members.models import Member


class Held(Exception):
    """A gate did not let the new words of a record out; the record stays as it was."""

    def __init__(self, title: str) -> None:
        super().__init__("held by a gate")
        self.title = title


def add_record(
    *,
    record: Record,
    by: Member | None,
    published_at: datetime | None = None,
    row: Resource | None = None,
) -> Resource:
    """Put one record on the shelf, through the gates; one that does not pass waits for a host.
    `row`: where its signature or key is not the usual one."""
    row = row or Resource(title_signature=title_signature(record.title))
    row.sort_title = sort_title(record.title)
    row.published_at = published_at
    _fill(row, record)
    with transaction.atomic():
        bring_in(kind="resource", content=record.content(), shown_as="", row=row, by=by)
        write_beside(row, record)
    return row


def add_records(
    *,
    records: Iterable[Record],
    by: Member | None,
    dated: Callable[[int], datetime] | None = None,
) -> list[Resource]:
    """Many at once: all of them or, when one fails, none."""
    with transaction.atomic():
        return [
            add_record(record=record, by=by, published_at=dated(place) if dated else None)
            for place, record in enumerate(records)
        ]


def change_record(*, row: Resource, record: Record, by: Member | None, signature: str = "") -> None:
    """Let a record say what a newer table says; the old words stay as a revision. `signature`:
    where it is not the usual one of its title. Raises Held when a gate does not pass the new ones."""
    content = record.content()
    verdict = gates.judge(
        gates.Submission(
            text=content.whole,
            title=content.title,
            kind="resource",
            language=content.language,
            author_is_host=True,
            author_is_newcomer=False,
            origin="import",
        )
    )
    if not verdict.passed:
        raise Held(record.title)
    authors_stay = row.authors == record.authors_line
    with transaction.atomic():
        _keep_former_words(row, by)
        row.title, row.slug = content.title, ids.slug(content.title)
        row.body, row.summary = content.body, content.short[:300]
        row.language = content.language
        row.title_signature = signature or title_signature(record.title)
        row.sort_title = sort_title(record.title)
        row.version += 1
        row.changed_at = now()
        _fill(row, record)
        row.save()
        set_context(row, content.term_keys())
        write_beside(row, record, authors_stay=authors_stay)
        record_event(
            "contribution.revised" if row.is_public else "contribution.submitted",
            subject_type="contribution",
            subject_id=row.pk,
            actor_id=by.pk if by else None,
            detail={"kind": row.kind},
        )


def may_be_changed(row: Contribution) -> bool:
    """What hosts withdrew or hold back stays so, whatever a table says."""
    return row.state in (State.PUBLISHED, State.WAITING)


def write_beside(row: Resource, record: Record, *, authors_stay: bool = False) -> None:
    """Who made it and its further links, in rows of their own; inside the caller's transaction.
    Names that stayed keep what was said about them, unless the record says it anew."""
    if record.creators is not None or not authors_stay:
        row.creators.all().delete()
        Creator.objects.bulk_create(
            Creator(
                resource=row,
                place=place,
                name=one.name[:300],
                is_organisation=one.is_organisation,
                family=one.family[:120],
                given=one.given[:120],
                role=one.role,
            )
            for place, one in enumerate(record.made_by)
        )
    if record.links is not None:
        row.links.all().delete()
        once = {one.url: one for one in record.links}
        Link.objects.bulk_create(
            Link(resource=row, url=one.url, kind=one.kind, label=one.label[:160])
            for one in once.values()
        )


def set_readable_size(*, resource_pk: int, size: int) -> None:
    """What a reader of the light view loads, in bytes as they travel; 0 when there is none. For
    the cards and the facet "can be read here"; whoever calls it records the event."""
    # The manager comes from the parent, so types would say Contribution.
    rows: Any = Resource.objects.filter(pk=resource_pk)
    rows.update(readable_size=size)


def _fill(row: Resource, record: Record) -> None:
    for name, value in record.columns().items():
        setattr(row, name, value)


def _keep_former_words(row: Resource, by: Member | None) -> None:
    Revision.objects.get_or_create(
        contribution_id=row.pk,
        number=row.version,
        defaults={
            "title": row.title,
            "body": row.body,
            "language": row.language,
            "by": by,
            "why": "import",
            "state": State.PUBLISHED,
        },
    )
