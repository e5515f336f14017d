"""Reading all of one lane, before, in and after the hour; and its words as files.
Called by urls alone. Writing along stands in lanes_writing."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from exchange.webinars.lanes import queries
from exchange.webinars.live import state
from exchange.webinars.models import Lane, Webinar
from exchange.webinars.rules import Roles
from exchange.webinars.views.lanes_writing import written
from exchange.webinars.views.room import reader

ON_ONE_PAGE = 120
_TYPES = {"txt": "text/plain", "vtt": "text/vtt"}


@require_http_methods(["GET", "HEAD", "POST"])
def lane(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """All that was written in one language; for who has the task, the place to write."""
    webinar, roles = entered(request, pk)
    row = Lane.objects.select_related("pen").filter(webinar_id=pk, language=language).first()
    if row is None:
        raise Http404
    row.webinar = webinar
    writes = roles.may_write and request.GET.get("as") != "page"
    if request.method == "POST" or writes:
        if not (roles.may_write or roles.may_help):
            raise Http404
        return written(request, row, roles)
    return _read(request, webinar, row)


@require_safe
def words(request: HttpRequest, pk: int, language: str, ending: str) -> HttpResponse:
    """The same to take away: plain text, or captions with times from the beginning."""
    webinar, _roles = entered(request, pk)
    if ending not in _TYPES:
        raise Http404
    make = queries.transcript if ending == "txt" else queries.captions
    text = make(webinar, language)
    if not queries.lines(webinar, language, most=1):
        raise Http404
    response = HttpResponse(text, content_type=f"{_TYPES[ending]}; charset=utf-8")
    name = f"webinar-{webinar.pk}-{language}.{ending}"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-cache"
    return response


def _read(request: HttpRequest, webinar: Webinar, row: Lane) -> HttpResponse:
    """The last page is shown first while the hour goes on, the first one afterwards."""
    pages = Paginator(queries.lines(webinar, row.language), ON_ONE_PAGE)
    asked = request.GET.get("page") or (pages.num_pages if webinar.is_live else 1)
    page = pages.get_page(asked)
    zone = webinar.place
    context = {
        "webinar": webinar,
        "lane": row,
        "name": queries.own_name(row.language),
        "lines": [(one, f"{one.at.astimezone(zone):%H:%M}") for one in page],
        "page": page,
        "base": reverse("webinars:live", args=[webinar.pk]),
    }
    response = render(request, "webinars/lanes/read.html", context)
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-cache"
    return response


def entered(request: HttpRequest, pk: int) -> tuple[Webinar, Roles]:
    """The webinar and what they are in it. Raises Http404."""
    found = state.entered(pk, reader(request))
    if found is None:
        raise Http404
    return found
