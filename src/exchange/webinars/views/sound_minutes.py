"""Closed minutes of sound, one by one or from one on, whole or in parts, to whoever has a place.
Called by urls alone."""

from __future__ import annotations

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from exchange.core.time import now
from exchange.webinars.models import Webinar
from exchange.webinars.sound import places, queries, ranges, rules
from exchange.webinars.views.room import roles_here, seat_here, webinar_asked

_MOST = 99_999


@require_safe
def minute(request: HttpRequest, pk: int, number: int, kind: str) -> HttpResponseBase:
    """One minute as a small file."""
    found = queries.minute(_heard(request, pk, kind), number) if number <= _MOST else None
    return _answer(request, [found] if found else [], kind)


@require_safe
def since(request: HttpRequest, pk: int, number: int, kind: str) -> HttpResponseBase:
    """All closed minutes from one on, as one file: for a player without our script."""
    found = queries.pieces(_heard(request, pk, kind))
    return _answer(request, [one for one in found if one.number >= number], kind)


def _heard(request: HttpRequest, pk: int, kind: str) -> Webinar:
    """The webinar, if they may hear it. Raises Http404."""
    if kind not in places.KINDS:
        raise Http404
    webinar = webinar_asked(request, pk)
    roles = roles_here(request, webinar)
    allowed = rules.may_listen(seat_here(request, webinar), roles)
    if not allowed or not webinar.is_public:
        raise Http404
    if not (roles.is_host or queries.may_be_caught_up(webinar, now())):
        raise Http404
    return webinar


def _answer(request: HttpRequest, minutes: list[queries.Minute], kind: str) -> HttpResponseBase:
    """Asked for anew each time, and not sent twice: what is withdrawn is gone from every browser."""
    files = [(getattr(one, kind), getattr(one, f"{kind}_bytes")) for one in minutes]
    if not files or not all(path.exists() for path, _size in files):
        raise Http404
    total = sum(size for _path, size in files)
    etag = f'"{minutes[0].number}-{minutes[-1].number}-{total}"'
    if etag in request.headers.get("If-None-Match", ""):
        return _about(HttpResponseNotModified(), etag)
    try:
        wanted = ranges.part(_range(request, etag), total)
    except ranges.NotThere:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{total}"
        return _about(response, etag)
    return _about(_bytes(files, wanted, total, kind), etag)


def _range(request: HttpRequest, etag: str) -> str:
    """A part of an older whole would not fit."""
    if request.headers.get("If-Range", etag) != etag:
        return ""
    return request.headers.get("Range", "")


def _bytes(files, wanted, total, kind) -> HttpResponseBase:
    part = wanted or ranges.Part(0, total)
    response = StreamingHttpResponse(ranges.read(files, part), content_type=places.KINDS[kind])
    response["Content-Length"] = str(part.stop - part.start)
    if wanted:
        response.status_code = 206
        response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{total}"
    return response


def _about(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, no-cache, no-transform"
    response["X-Robots-Tag"] = "noindex"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Content-Security-Policy"] = "sandbox allow-same-origin; media-src 'self'"
    return response
