"""The days of a notice as a calendar keeps them (RFC 5545), for whoever may read it.
Called by urls.py alone."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event, vText, vUri

from exchange.contributions.models import Notice

_PROGRAM = "-//Community Child Protection Exchange//Notices//EN"


@require_safe
def of_notice(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Notice.objects.visible_to(request.user).public().exclude(starts_on=None)
    answer = HttpResponse(_written(get_object_or_404(rows, pk=pk)), content_type="text/calendar")
    answer.headers["Content-Disposition"] = f'attachment; filename="notice-{pk}.ics"'
    return answer


def _written(notice: Notice) -> bytes:
    address = f"{settings.BASE_URL}{notice.get_absolute_url()}"
    event = Event()
    event.add("uid", vText(f"notice-{notice.pk}@{urlsplit(settings.BASE_URL).hostname}"))
    event.add("dtstamp", notice.changed_at)
    event.add("sequence", notice.version - 1)
    event.add("summary", vText(notice.title))
    event.add("dtstart", notice.starts_on)
    # The day after the last one: a calendar leaves out the end.
    event.add("dtend", (notice.last_day or notice.starts_on) + timedelta(days=1))
    if notice.place:
        event.add("location", vText(notice.place))
    event.add("description", vText(f"{notice.organisation}\n{address}".strip()))
    event.add("url", vUri(address))
    calendar = Calendar()
    calendar.add("prodid", _PROGRAM)
    calendar.add("version", "2.0")
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written
