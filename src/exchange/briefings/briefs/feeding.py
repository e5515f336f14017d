"""The feed of briefs: Atom, the newest thirty, with their whole page.
Called by the view of the feed. What is withdrawn is not in it from the next question on."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import override

from exchange.briefings import queries as briefings
from exchange.briefings.briefs import queries

MOST = 30


def feed(language: str, *, title: str) -> str:
    """All of them, or those in one language."""
    home = f"{settings.BASE_URL}{reverse('briefings:briefs')}"
    own = f"{settings.BASE_URL}{reverse('briefings-feed')}"
    if language:
        own = f"{own}?language={language}"
        with override(language):
            home = f"{settings.BASE_URL}{reverse('briefings:briefs')}"
    made = Atom1Feed(
        title=f"{settings.SITE_NAME}: {title}",
        link=home,
        description="",
        language=language or None,
        feed_url=own,
        author_name=settings.SITE_NAME,
    )
    rows = queries.readable(briefings.briefs(None).listed())
    if language:
        rows = rows.filter(language=language)
    for row in rows.newest()[:MOST]:
        address = f"{settings.BASE_URL}{row.get_absolute_url()}"
        made.add_item(
            title=row.title,
            link=address,
            description=str(row.body_html),
            unique_id=address_for_good(row.pk),
            pubdate=row.published_at,
            updateddate=row.changed_at,
            author_name=settings.SITE_NAME,
        )
    return made.writeString("utf-8")


def address_for_good(pk: int) -> str:
    """By what a feed reader knows an entry, whatever it is called later (RFC 4151)."""
    host = settings.BASE_URL.partition("://")[2].partition("/")[0].partition(":")[0]
    return f"tag:{host},2026:brief/{pk}"
