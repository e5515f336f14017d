"""What was answered, told to whoever counts: also answers that came from memory and never reached
a view. Rooms name what counts from their hooks; nobody is told who asked beyond what they read.

    onlookers.watch("library:resource-page", "seen")      # its `pk` is what was looked at
    onlookers.mark(response, "taken", resource.pk)        # by a view that knows better
    onlookers.listen(usage.noticed)
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest  # noqa: TID251 - middleware is given one
from django.http.response import HttpResponseBase  # noqa: TID251

Answer = Callable[[HttpRequest], HttpResponseBase]
Listener = Callable[[HttpRequest, str, int], None]

# Stands on an answer between the two middlewares, and is kept with it in memory; no reader gets it.
HEADER = "Counts"

_watched: dict[str, str] = {}
_listeners: list[Listener] = []


def watch(route: str, what: str) -> None:
    """Answers of this route count as this."""
    _watched[route] = what


def listen(listener: Listener) -> None:
    """Call it for each answer that counts, with what happened and to which number."""
    if listener not in _listeners:
        _listeners.append(listener)


def mark(response: HttpResponseBase, what: str, pk: int) -> None:
    """This answer counts, once it has gone."""
    response.headers[HEADER] = f"{what} {pk}"


class Marking:
    """Inside the page cache: says on an answer what it counts as, so that it is kept with it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        match = request.resolver_match
        what = _watched.get(match.view_name) if match else None
        if what and match and response.status_code == 200 and not _is_private(response):
            mark(response, what, int(match.kwargs["pk"]))
        return response


class Onlookers:
    """Outside the page cache: tells the listeners, and takes what was said off the answer."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        said = response.headers.get(HEADER, "")
        response.headers.pop(HEADER, None)
        if said and request.method == "GET" and _counts(request, response):
            what, _space, pk = said.partition(" ")
            for listener in _listeners:
                listener(request, what, int(pk))
        return response


def _counts(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Of a file taken in pieces, the first piece alone."""
    if response.status_code == 206:
        return str(request.META.get("HTTP_RANGE", "")).startswith("bytes=0-")
    return response.status_code in (200, 304)


def _is_private(response: HttpResponseBase) -> bool:
    """Words that are not out yet, shown to their writer."""
    return "no-store" in response.headers.get("Cache-Control", "")
