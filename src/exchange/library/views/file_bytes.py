"""The bytes of a file at an address of their own, whole or in parts, to whoever may see it.
Called by urls alone."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from exchange.core import onlookers, sending
from exchange.library.files import ranges, store
from exchange.library.models import File
from exchange.library.views.asked import reader_of

# Nothing in it runs, and it reaches nothing, even where a browser opens it in its own window.
_ALONE = "sandbox; default-src 'none'"
# A browser's own page around a recording or a picture fetches that from here, and lays it out.
_SHOWN = (
    "sandbox allow-same-origin; default-src 'none'; media-src 'self'; img-src 'self'; "
    "style-src 'unsafe-inline'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Accept-Ranges": "bytes",
}


@require_safe
def file_bytes(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """One file, asked for anew each time: what is withdrawn is gone from every browser at once."""
    rows = File.objects.visible_to(reader_of(request)).select_related("resource", "replaced_by")
    row: File = get_object_or_404(rows, key=key)
    if name != row.name:
        return HttpResponseRedirect(row.get_absolute_url())
    etag = f'"{row.sha256}"'
    if ranges.has(request.headers.get("If-None-Match", ""), etag):
        response: HttpResponseBase = HttpResponseNotModified()
    else:
        response = _answer(request, row, etag)
        if response.status_code == 503:
            return response
    response["ETag"] = etag
    return _about(request, row, response)


def _answer(request: HttpRequest, row: File, etag: str) -> HttpResponseBase:
    try:
        part = _part(request, row, etag)
    except ranges.NotThere:
        response = HttpResponse(status=416, content_type="text/plain; charset=utf-8")
        response["Content-Range"] = f"bytes */{row.size}"
        return response
    start, stop = (part.start, part.stop) if part else (0, row.size)
    try:
        answer = HttpResponse() if request.method == "HEAD" else _stream(row, start, stop)
    except sending.Full:
        return _later(request)
    answer["Content-Length"] = str(stop - start)
    answer["Content-Type"] = _media_type(row)
    if part:
        answer.status_code = 206
        answer["Content-Range"] = f"bytes {start}-{stop - 1}/{row.size}"
    return answer


def _part(request: HttpRequest, row: File, etag: str) -> ranges.Part | None:
    """The part asked for, if the browser's own beginning is still a beginning of this file."""
    asked = request.headers.get("Range", "") if request.method == "GET" else ""
    if request.headers.get("If-Range", etag) != etag:
        return None
    return ranges.part(asked, row.size)


def _stream(row: File, start: int, stop: int) -> StreamingHttpResponse:
    try:
        pieces = store.pieces(row.store_key, start, stop)
    except FileNotFoundError as missing:
        raise Http404 from missing
    return StreamingHttpResponse(sending.Body(pieces, stop - start))


def _later(request: HttpRequest) -> HttpResponse:
    """Large files go to slow readers a few at a time; a browser that fetches tries again."""
    response = render(request, "library/files/later.html", status=503)
    response["Retry-After"] = "60"
    return response


def _media_type(row: File) -> str:
    is_text = row.media_type == "text/plain"
    return f"{row.media_type}; charset=utf-8" if is_text else row.media_type


def _about(request: HttpRequest, row: File, response: Any) -> HttpResponseBase:
    """Headers that hold for the whole, for a part and for "you have it already"."""
    for name, value in _HEADERS.items():
        response[name] = value
    response["Content-Security-Policy"] = _SHOWN if row.kind.opens else _ALONE
    response["Content-Disposition"] = content_disposition_header(
        # A document goes to the phone, where it can be passed on; it never opens within our pages.
        not row.kind.opens,
        row.name,
    )
    resource = row.resource
    is_out = resource is not None and resource.is_public and row.is_out
    if not is_out:
        response["Cache-Control"] = "private, no-store, no-transform"
    else:
        whose = "private" if request.user.is_authenticated else "public"
        response["Cache-Control"] = f"{whose}, no-cache, no-transform"
    if not is_out or row.replaced_by_id is not None:
        response["X-Robots-Tag"] = "noindex"
    if resource is not None:
        page = settings.BASE_URL + resource.get_absolute_url()
        response["Link"] = f'<{page}>; rel="collection"; type="text/html"'
        if is_out:
            onlookers.mark(response, "taken", resource.pk)
    return response  # type: ignore[no-any-return]
