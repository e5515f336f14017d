"""In production the public comes in only when everything that keeps people safe is in order; until
then hosts alone can sign in and finish. Named in settings; called by Django."""

import time
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import get_language_from_path

from exchange.core import trouble
from exchange.safeguarding import opening

Answer = Callable[[HttpRequest], HttpResponseBase]

# What is needed to get ready, and what nobody may be kept from.
OPEN_BEFORE = (
    *("sign-in", "sign-out", "join", "welcome", "first-host", "me", "desk", "help-now"),
    *("safeguarding", "code-of-conduct", "privacy", "contact", "report"),
    *("healthz", "readyz", "static", "mark.svg", "favicon.ico", "manifest.webmanifest", "sw.js"),
)
LOOK_AGAIN_AFTER = 10.0


class NotOpenYetMiddleware:
    """Answers 503, kindly, until the Exchange was once complete."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self._is_open = False
        self._looked_at = 0.0

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.PRODUCTION and not self._open() and not self._may_pass(request):
            return trouble.page(request, 503)
        return self.get_response(request)

    def _open(self) -> bool:
        """Once open, open: a host who is new today does not shut the doors."""
        if not self._is_open and time.monotonic() - self._looked_at > LOOK_AGAIN_AFTER:
            try:
                self._is_open = opening.is_open()
            except DatabaseError:
                self._is_open = False
            self._looked_at = time.monotonic()
        return self._is_open

    @staticmethod
    def _may_pass(request: HttpRequest) -> bool:
        parts = request.path_info.strip("/").split("/")
        if get_language_from_path(request.path_info):
            parts = parts[1:]
        if parts and parts[0] in OPEN_BEFORE:
            return True
        return bool(getattr(request.user, "is_appointed", False))
