"""The archive as an Atom feed (RFC 4287), whole words in it, so that nobody needs to come here.
Called by the view of the feed."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.briefings.archive import queries
from exchange.briefings.builder.addresses import address_of
from exchange.briefings.builder.saying import name_of
from exchange.briefings.models import Newsletter

_NEWEST = 20


def written(chosen: Mapping[str, str], *, address: str, page: str) -> str:
    """The newest newsletters in a language or of a hub. A language's feed says its frame in that
    language."""
    with override(chosen.get("language", "en")):
        feed = Atom1Feed(
            title=_("%(name)s: newsletters") % {"name": settings.SITE_NAME},
            link=f"{settings.BASE_URL}{page}",
            description="",
            feed_url=f"{settings.BASE_URL}{address}",
            language=chosen.get("language"),
        )
        for row in queries.listed(chosen)[:_NEWEST]:
            _add(feed, row)
    return str(feed.writeString("utf-8"))


def _add(feed: Atom1Feed, row: Newsletter) -> None:
    feed.add_item(
        title=row.title,
        link=address_of(row),
        unique_id=f"{settings.BASE_URL}/newsletters/{row.pk}--/",
        description=str(row.body_html),
        author_name=settings.SITE_NAME,
        pubdate=row.published_at,
        updateddate=row.changed_at,
        categories=(name_of(row),),
    )
