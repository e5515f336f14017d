"""Stopping what comes by mail: one click from the mail program, or a page.
Called through `alerts.urls`."""

from django.http import Http404, HttpRequest, HttpResponse


def stop(request: HttpRequest, token: str) -> HttpResponse:
    """What would stop; a POST stops it."""
    raise Http404
