"""Calendar files of one webinar, and the feed that programs subscribe to.
Called by urls alone."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from exchange.webinars import queries
from exchange.webinars.calendars import building, feeding
from exchange.webinars.models import Seat
from exchange.webinars.views.room import kept_private

_LONGEST = 70


@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What everybody may see, whoever asks: a file is passed on."""
    webinar = queries.public(pk)
    if webinar is None:
        raise Http404
    text = building.published([webinar], language=get_language() or "en")
    return _answer(request, text, file=f"webinar-{pk}.ics")


@require_safe
def feed(request: HttpRequest) -> HttpResponseBase:
    """The whole calendar, or that of one hub, language or series."""
    given = {name: request.GET.get(name, "")[:_LONGEST] for name in ("hub", "language", "series")}
    part = feeding.Part(**given)
    if not part.is_known:
        raise Http404
    return _answer(request, feeding.feed(part))


@require_safe
def of_seat(request: HttpRequest, key: str) -> HttpResponse:
    """The file of whoever has this place; it leads to their own page."""
    seat = Seat.objects.taken().select_related("member").filter(key=key).first()
    webinar = queries.public(seat.webinar_id) if seat is not None else None
    if seat is None or webinar is None:
        raise Http404
    response = _file(building.for_own_file(webinar, seat), f"webinar-{webinar.pk}.ics")
    return kept_private(response)


def _answer(request: HttpRequest, text: str, file: str = "") -> HttpResponseBase:
    """Programs ask again and again: what they have need not travel twice. They always ask, so that
    what was withdrawn is gone at the next look."""
    mark = hashlib.sha256(text.encode()).hexdigest()[:32]
    if mark in request.headers.get("If-None-Match", ""):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = _file(text, file)
    response["ETag"] = f'"{mark}"'
    response["Cache-Control"] = "public, no-cache"
    return response


def _file(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    if name:
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
