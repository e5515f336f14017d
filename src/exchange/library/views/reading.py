"""Pages of the light view: its contents, a part, a picture, and saying what is wrong in it.
Called by urls alone."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from exchange.library.files import store
from exchange.library.models import Reading, ReadingFigure, ReadingPart, Resource
from exchange.library.reading import actions, queries, rules
from exchange.library.reading.filling import filled
from exchange.library.reading.forms import ProblemForm
from exchange.library.reading.queries import View
from exchange.library.views.asked import reader_of, resource_for

# Entries of the list of contents that one page shows; whole levels are left out beyond it.
CONTENTS_AT_MOST = 90
_PICTURE_HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@require_safe
def contents(request: HttpRequest, pk: int, slug: str, file: int | None = None) -> HttpResponse:
    """What can be read here: every part with what it weighs, and what is not here."""
    resource, view, reading = _asked(request, pk, file)
    if slug != (resource.slug or "-"):
        return HttpResponseRedirect(view.url)
    parts = queries.parts_of(view)
    others = [one for one in queries.views_of(resource, reader_of(request)) if one.is_offered]
    context = {
        **_common(resource, view),
        "parts": _with_headings(view, reading.contents, parts),
        "others": [one for one in others if one.file.pk != view.file.pk],
    }
    return _page(request, resource, "contents", context)


@require_safe
def part(
    request: HttpRequest, pk: int, slug: str, number: int, file: int | None = None
) -> HttpResponse:
    """One part, with the ways to the one before, the next and the original."""
    resource, view, reading = _asked(request, pk, file)
    row = _part(view, number)
    if slug != (resource.slug or "-"):
        return HttpResponseRedirect(view.part_url(number))
    context = {
        **_common(resource, view),
        "part": row,
        "text": filled(row.html, queries.figures_in(row)),
        "problem_url": view.problem_url(number),
        "earlier": view.part_url(number - 1) if number > 1 else "",
        "later": view.part_url(number + 1) if number < reading.parts_count else "",
    }
    return _page(request, resource, "part", context)


@never_cache
@require_http_methods(["GET", "POST"])
def problem(
    request: HttpRequest, pk: int, slug: str, number: int, file: int | None = None
) -> HttpResponse:
    """Saying what is wrong in a part, signed in or not."""
    resource, view, reading = _asked(request, pk, file)
    row = _part(view, number)
    reader = reader_of(request)
    places = [
        (one["anchor"], one["title"][:90]) for one in reading.contents if one["part"] == number
    ]
    more: dict[str, Any] = {"places": places, "has_note": rules.may_write_words(reader)}
    form = ProblemForm(
        request.POST if request.method == "POST" else None,
        initial={"anchor": request.GET.get("at", "")},
        **more,
    )
    context = {**_common(resource, view), "part": row, "form": form}
    if request.method != "POST":
        return _page(request, resource, "problem", context)
    if not form.is_valid():
        return _page(request, resource, "problem", context, status=422)
    given = form.cleaned_data
    try:
        actions.report_problem(
            reading=reading,
            part=number,
            anchor=given.get("anchor", ""),
            what=given["what"],
            note=given.get("note", ""),
            by=reader,
            line="" if reader else _line(request),
        )
    except actions.TooMany:
        form.add_error(None, _("We have heard much from here within this hour. Please try later."))
        return _page(request, resource, "problem", context, status=429)
    messages.success(request, _("Thank you. A host looks at it."))
    return HttpResponseRedirect(view.part_url(number))


@require_safe
def figure(request: HttpRequest, key: str) -> HttpResponse:
    """A picture of a document, asked for anew each time: what is withdrawn is gone at once."""
    reader = reader_of(request)
    row = queries.figure_for(key, reader)
    if row is None:
        raise Http404
    etag = f'"{row.key}"'
    if etag in request.headers.get("If-None-Match", ""):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(_bytes(row), content_type="image/webp", headers=_PICTURE_HEADERS)
        response["Content-Disposition"] = 'inline; filename="picture.webp"'
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache" if reader is None else "private, no-cache"
    return response


def _bytes(row: ReadingFigure) -> bytes:
    try:
        return b"".join(store.pieces(f"figures/{row.key}", 0, row.size))
    except FileNotFoundError as error:
        raise Http404 from error


def _asked(request: HttpRequest, pk: int, file: int | None) -> tuple[Resource, View, Reading]:
    """The record and its light view, if this reader may read both; else 404."""
    resource = resource_for(request, pk)
    view = queries.offered(resource, reader_of(request), file)
    if view is None or view.reading is None:
        raise Http404
    return resource, view, view.reading


def _part(view: View, number: int) -> ReadingPart:
    row = queries.part_of(view, number)
    if row is None:
        raise Http404
    return row


def _common(resource: Resource, view: View) -> dict[str, Any]:
    return {"resource": resource, "view": view, "reading": view.reading, "original": view.file}


def _with_headings(
    view: View, contents: list[dict[str, Any]], parts: list[ReadingPart]
) -> list[dict[str, Any]]:
    """Each part with the headings in it, as deep as the page has room for."""
    deepest = max((one["level"] for one in contents), default=0)
    while deepest and sum(one["level"] <= deepest for one in contents) > CONTENTS_AT_MOST:
        deepest -= 1
    shown: dict[int, list[dict[str, Any]]] = {}
    for one in contents:
        if one["level"] <= deepest:
            shown.setdefault(one["part"], []).append(one)
    rows = []
    for row in parts:
        headings = shown.get(row.number, [])
        # The first one names the part already.
        if headings and headings[0]["title"] == row.title:
            headings = headings[1:]
        rows.append({"part": row, "url": view.part_url(row.number), "headings": headings})
    return rows


def _page(
    request: HttpRequest, resource: Resource, name: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    response = render(request, f"library/reading/{name}.html", context, status=status)
    if not resource.is_public:
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
    return response


def _line(request: HttpRequest) -> str:
    """Not the address of the line: a mark that says whether two reports came by the same one."""
    address = get_adapter().get_client_ip(request)
    return salted_hmac("exchange.library.line", str(address)).hexdigest()[:32]
