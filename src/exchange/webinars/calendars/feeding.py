"""Which webinars stand in the public feed, whole or in part, and for how long.
Called by the views of `calendars`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.core.languages import INTERFACE, SPOKEN, named
from exchange.core.text import clean_line
from exchange.core.time import now
from exchange.taxonomy import vocabulary
from exchange.webinars import queries
from exchange.webinars.calendars import building
from exchange.webinars.models import Series, Webinar

# What was, and what was called off, stays so long: a program that subscribed learns that something
# does not take place by reading it, not by missing it.
STAYS = timedelta(days=60)
MOST = 500


@dataclass(frozen=True)
class Part:
    """What somebody subscribes to: everything, or one hub, language, series."""

    hub: str = ""
    language: str = ""
    series: str = ""

    @property
    def is_known(self) -> bool:
        """Whether there is such a hub, language and series: a feed of nothing helps nobody."""
        hubs = {word.slug for word in vocabulary.terms("region")}
        return (
            self.hub in {"", *hubs}
            and self.language in {"", *SPOKEN}
            and (not self.series or Series.objects.filter(slug=self.series).exists())
        )

    @property
    def address(self) -> str:
        given = {"hub": self.hub, "language": self.language, "series": self.series}
        query = urlencode({name: value for name, value in given.items() if value})
        path = reverse("calendar")
        return f"{settings.BASE_URL}{path}{'?' if query else ''}{query}"


def feed(part: Part) -> str:
    """The calendar of this part, in its language where the Exchange speaks it."""
    language = part.language if part.language in INTERFACE else settings.LANGUAGE_CODE
    with override(language):
        name = _name(part)
    rows = _rows(part)
    return building.published(rows, language=language, name=name, address=part.address)


def _rows(part: Part) -> list[Webinar]:
    rows = queries.visible(None).filter(starts_at__gte=now() - STAYS)
    if part.hub:
        rows = rows.filter(hub=part.hub)
    if part.series:
        rows = rows.filter(series__slug=part.series)
    rows = rows.order_by("starts_at", "pk").prefetch_related("moves", "lanes")[:MOST]
    return [row for row in rows if not part.language or _speaks(row, part.language)]


def _speaks(webinar: Webinar, language: str) -> bool:
    """Spoken in it, or written along in it."""
    lanes = {lane.language for lane in webinar.lanes.all()}
    return language in {*webinar.spoken_codes, *lanes}


def _title_of(series: str) -> str:
    row = Series.objects.filter(slug=series).first() if series else None
    return clean_line(row.title) if row is not None else ""


def _name(part: Part) -> str:
    about = [
        vocabulary.label(f"region:{part.hub}") if part.hub else "",
        named(part.language) if part.language else "",
        _title_of(part.series),
    ]
    whole = _("Webinars: %(site)s") % {"site": settings.SITE_NAME}
    return " · ".join(filter(None, [whole, *about]))
