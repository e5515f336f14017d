"""Files that people send go straight to disk, never to memory, and never more than is taken.
Named in settings; called by Django alone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from exchange.core import trouble

if TYPE_CHECKING:
    from django.http import HttpRequest  # noqa: TID251 - the type alone
    from django.http.response import HttpResponseBase  # noqa: TID251 - the type alone

# Over a weak line a file takes minutes, and a thread of the server waits for it: half of the
# threads at most, so that everybody's pages go on.
AT_ONCE = 3
WAIT_SECONDS = 2.0
LARGE = 200_000
_turns = threading.BoundedSemaphore(AT_ONCE)


def largest_form(request: HttpRequest) -> int:
    """How many bytes a form with files may have at this address."""
    for_library = settings.LIBRARY_ADDRESSES.match(request.path_info)
    most: int = settings.LARGEST_LIBRARY_FORM if for_library else settings.LARGEST_FORM
    return most


def largest_file(request: HttpRequest) -> int:
    """How many bytes of one file are kept. Who has not signed in is asked to, and must choose the
    file again: of theirs nothing is written down."""
    if not settings.LIBRARY_ADDRESSES.match(request.path_info):
        return int(settings.LARGEST_FILE)
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    return int(settings.LARGEST_LIBRARY_FILE) if has_session else 0


class CappedUploadHandler(TemporaryFileUploadHandler):
    """What is beyond the cap is counted and thrown away, so that the form can say that the file
    is too large, with everything else that was typed still in it."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        most = settings.LARGEST_FILE if self.request is None else largest_file(self.request)
        if start <= most:
            super().receive_data_chunk(raw_data, start)


class UploadTurnsMiddleware:
    """Few large forms at once; whoever comes then is asked to send it again in a minute."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) < LARGE:
            return self.get_response(request)
        if not _turns.acquire(timeout=WAIT_SECONDS):
            response = trouble.page(request, 429, name="busy")
            response.headers["Retry-After"] = "60"
            return response
        try:
            return self.get_response(request)
        finally:
            _turns.release()
