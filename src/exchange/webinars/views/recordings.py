"""Recordings that are out: their bytes, their text, the podcast and its picture.
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
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from exchange.core import sending
from exchange.core.languages import SPOKEN
from exchange.webinars.lanes.queries import captions
from exchange.webinars.models import Recording
from exchange.webinars.recordings import art, places, podcast, queries
from exchange.webinars.recordings.rules import SORTS
from exchange.webinars.sound import ranges
from exchange.webinars.views.room import reader

_SHOWN = (
    "sandbox allow-same-origin; default-src 'none'; media-src 'self'; style-src 'unsafe-inline'"
)


@require_safe
def recording(request: HttpRequest, key: str, sort: str) -> HttpResponseBase:
    """One file, asked for anew each time: what is taken back is gone at once."""
    row: Recording = get_object_or_404(queries.out(reader(request)), key=key)
    response = sound_of(request, row, sort)
    whose = "private" if request.user.is_authenticated else "public"
    response["Cache-Control"] = f"{whose}, no-cache, no-transform"
    return response


def sound_of(request: HttpRequest, row: Recording, sort: str) -> HttpResponseBase:
    """Whole, in part, or "you have it"; to whom, the caller has asked. Raises Http404."""
    if sort not in SORTS or not places.file(row.key, sort).exists():
        raise Http404
    path, etag = places.file(row.key, sort), f'"{row.key}-{sort}"'
    size = path.stat().st_size
    if etag in request.headers.get("If-None-Match", ""):
        return _about(HttpResponseNotModified(), etag)
    try:
        part = ranges.part(_range(request, etag), size)
    except ranges.NotThere:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return _about(response, etag)
    start, stop = (part.start, part.stop) if part else (0, size)
    response = _bytes(request, row, sort, start, stop)
    if part and response.status_code == 200:
        response.status_code = 206
        response["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    return _about(response, etag)


def _bytes(
    request: HttpRequest, row: Recording, sort: str, start: int, stop: int
) -> HttpResponseBase:
    """Long files go to slow readers a few at a time; a program that fetches tries again."""
    response: HttpResponseBase = HttpResponse()
    if request.method != "HEAD":
        try:
            pieces = places.pieces(places.file(row.key, sort), start, stop)
            response = StreamingHttpResponse(sending.Body(pieces, stop - start))
        except FileNotFoundError:
            raise Http404 from None
        except sending.Full:
            busy = HttpResponse(status=503)
            busy["Retry-After"] = "60"
            return busy
    response["Content-Type"] = SORTS[sort]
    response["Content-Length"] = str(stop - start)
    return response


def _range(request: HttpRequest, etag: str) -> str:
    if request.method != "GET" or request.headers.get("If-Range", etag) != etag:
        return ""
    return request.headers.get("Range", "")


def _about(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Content-Security-Policy"] = _SHOWN
    return response


@require_safe
def transcript(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """What was written along, as captions beside the sound."""
    rows = queries.out(reader(request)).select_related("webinar")
    row: Recording = get_object_or_404(rows, key=key)
    if language not in SPOKEN:  # it stands in the file
        raise Http404
    words = captions(row.webinar, language, begun=queries.sound_began(row))
    if "-->" not in words:
        raise Http404
    response = HttpResponse(words, content_type="text/vtt; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The podcast."""
    response = HttpResponse(podcast.feed(), content_type="application/rss+xml; charset=utf-8")
    response["Cache-Control"] = "public, no-cache"
    return response


@require_safe
def picture(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(art.picture(), content_type="image/png")
    response["Cache-Control"] = "public, max-age=604800"
    return response
