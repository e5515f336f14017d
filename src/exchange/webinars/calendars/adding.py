"""The ways in which somebody puts a webinar into their own calendar: a file, a feed, plain links.
Called by `beside` of calendars and by the page of a place. Nothing of a vendor is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.urls import reverse
from django.utils.http import urlencode

from exchange.webinars.calendars import wording
from exchange.webinars.calendars.feeding import Part
from exchange.webinars.models import Seat, Webinar

_GOOGLE = "https://calendar.google.com/calendar/render"
_OUTLOOK = "https://outlook.live.com/calendar/0/deeplink/compose"


@dataclass(frozen=True)
class Ways:
    """One address each; `feed` is of everything, `hub_feed` of the webinar's hub."""

    file: str
    google: str
    outlook: str
    feed: str
    feed_plain: str
    hub_feed: str


def ways(webinar: Webinar, seat: Seat | None = None) -> Ways:
    """With a seat, the file leads to the person's own page; what is handed to other companies
    never does."""
    page = wording.page_of(webinar)
    words = wording.description(webinar, page)
    begins, ends = webinar.starts_at, webinar.starts_at + timedelta(minutes=webinar.minutes)
    google = {
        "action": "TEMPLATE",
        "text": wording.summary(webinar),
        "dates": f"{_plain(begins)}/{_plain(ends)}",
        "details": words,
        "location": wording.place(webinar),
    }
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": wording.summary(webinar),
        "startdt": begins.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "enddt": ends.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "body": words,
        "location": wording.place(webinar),
    }
    file = (
        reverse("webinars:ics", args=[webinar.pk])
        if seat is None
        else reverse("webinars:seat-ics", args=[seat.key])
    )
    return Ways(
        file=file,
        google=f"{_GOOGLE}?{urlencode(google)}",
        outlook=f"{_OUTLOOK}?{urlencode(outlook)}",
        feed=_to_subscribe(Part().address),
        feed_plain=Part().address,
        hub_feed=_to_subscribe(Part(hub=webinar.hub).address) if webinar.hub else "",
    )


def _to_subscribe(address: str) -> str:
    """webcal: opens the calendar program, which then asks for the same address."""
    return "webcal:" + address.removeprefix("https:").removeprefix("http:")


def _plain(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
