"""Bringing records into the library, and changing them when a newer table says so.
Called by the import command and by the starter content; all or nothing for each call."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction

from exchange.contributions.actions import bring_in, set_context
from exchange.contributions.models import Contribution, Revision, State
from exchange.core import gates, ids
from exchange.core.time import now
from exchange.ledger.actions import record as record_event
from exchange.library.models import Resource
from exchange.library.records import Record
from exchange.library.rules import sort_title, title_signature
from exchange.members.models import Member


class Held(Exception):
    """A gate did not let the new words of a record out; the record stays as it was."""

    def __init__(self, title: str) -> None:
        super().__init__("held by a gate")
        self.title = title


def add_record(
    *, record: Record, by: Member | None, published_at: datetime | None = None
) -> Resource:
    """Put one record on the shelf, through the gates; one that does not pass waits for a host."""
    row = Resource(
        title_signature=title_signature(record.title),
        sort_title=sort_title(record.title),
        published_at=published_at,
    )
    _fill(row, record)
    bring_in(kind="resource", content=record.content(), shown_as="", row=row, by=by)
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


def change_record(*, row: Resource, record: Record, by: Member | None) -> None:
    """Let a record say what a newer table says; the old words stay as a revision.
    Raises Held when a gate does not pass the new ones."""
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
    with transaction.atomic():
        _keep_former_words(row, by)
        row.title, row.slug = content.title, ids.slug(content.title)
        row.body, row.summary = content.body, content.short[:300]
        row.language = content.language
        row.title_signature = title_signature(record.title)
        row.sort_title = sort_title(record.title)
        row.version += 1
        row.changed_at = now()
        _fill(row, record)
        row.save()
        set_context(row, content.term_keys())
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


def _fill(row: Resource, record: Record) -> None:
    row.authors = "; ".join(record.authors)
    row.publisher = record.publisher
    row.year = record.year
    row.types = " ".join(record.types)
    row.regions = " ".join(record.regions)
    row.audiences = " ".join(record.audiences)
    row.url = record.url
    row.link_kind = record.link_kind
    row.source_site = record.source_site


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
