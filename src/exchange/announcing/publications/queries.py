"""What the world may be told of a publication, read at the moment of telling.
Called by both ways of announcing. Whatever is not public any more is None here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import override

from exchange.announcing.models import Announcement
from exchange.contributions import kinds
from exchange.contributions.models import Contribution
from exchange.core import languages
from exchange.taxonomy import vocabulary


@dataclass(frozen=True)
class Told:
    """A publication in plain values. Nobody's name, no picture, not the text itself."""

    key: str
    kind: str
    kind_label: str
    title: str
    summary: str
    # What its kind says of it first, such as the hour of a webinar.
    note: str
    address: str
    language: str
    hub: str
    hub_label: str
    # (slug, label in the language of the words)
    topics: tuple[tuple[str, str], ...]
    published_at: datetime
    changed_at: datetime | None
    version: int


def told(announcement: Announcement) -> Told | None:
    """One of them; None when it must not be told (any more)."""
    return told_of([announcement]).get(announcement.pk)


def told_of(announcements: Iterable[Announcement]) -> dict[int, Told]:
    """Several, by their number; those that are gone are left out."""
    standing = [one for one in announcements if one.gone_at is None]
    # Visible to a visitor, and in the lists: the last look.
    rows = Contribution.objects.visible_to(None).listed()
    found = rows.in_bulk([one.contribution_id for one in standing])
    return {
        one.pk: _told(one, found[one.contribution_id])
        for one in standing
        if one.contribution_id in found
    }


def _told(announcement: Announcement, row: Contribution) -> Told:
    kind = kinds.get(row.kind)
    spoken = row.language if row.language in languages.INTERFACE else "en"
    with override(spoken):
        notes = kind.tells([row]) if kind.tells else {}
        return Told(
            key=announcement.key,
            kind=row.kind,
            kind_label=str(kind.label),
            title=row.title,
            summary=row.excerpt,
            note=notes.get(row.pk, ""),
            address=f"{settings.BASE_URL}{row.get_absolute_url()}",
            language=row.language,
            hub=announcement.hub,
            hub_label=vocabulary.label(f"region:{announcement.hub}") if announcement.hub else "",
            topics=tuple((slug, vocabulary.label(f"topic:{slug}")) for slug in row.topic_slugs),
            published_at=announcement.at,
            changed_at=announcement.changed_at,
            version=row.version,
        )
