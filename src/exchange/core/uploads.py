"""Files that people send go straight to disk, never to memory, and never more than is taken.
Named in settings; called by Django alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler

if TYPE_CHECKING:
    from django.http import HttpRequest  # noqa: TID251 - the type alone


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
