"""Files that people send go straight to disk, never to memory, and never more than is taken.
Named in settings; called by Django alone."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class CappedUploadHandler(TemporaryFileUploadHandler):
    """What is beyond the cap is counted and thrown away, so that the form can say that the file
    is too large, with everything else that was typed still in it."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start <= settings.LARGEST_FILE:
            super().receive_data_chunk(raw_data, start)
