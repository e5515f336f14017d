"""The writing room's process: the hosts' editor, for the web process to pass requests on to.
Called by the web server alone."""

import os
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "exchange.project.writing_settings"
_whole = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The rest of the Exchange is no business of this process, whoever asks for it here."""
    if environ.get("PATH_INFO", "").startswith("/desk/write/"):
        return _whole(environ, start_response)
    status = HTTPStatus.NOT_FOUND
    start_response(f"{status.value} {status.phrase}", [("Content-Length", "0")])
    return []
