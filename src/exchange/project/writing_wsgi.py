"""The writing room's process: the hosts' editor, for the web process to pass requests on to.
Called by the web server alone."""

import os
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from exchange.desk.writing.opening import HEALTH, proof
from exchange.project.refusing import refuse_when_unsafe

Start = Callable[..., Any]

os.environ["DJANGO_SETTINGS_MODULE"] = "exchange.project.writing_settings"
_whole = get_wsgi_application()


def application(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """The rest of the Exchange is no business of this process, whoever asks for it here."""
    path = environ.get("PATH_INFO", "")
    if path == HEALTH:
        return _said(start, HTTPStatus.OK, proof(environ.get("HTTP_X_EXCHANGE_ASKED", "")[:100]))
    if path.startswith("/desk/write/"):
        return _whole(environ, start)
    return _said(start, HTTPStatus.NOT_FOUND, "")


def _said(start: Start, status: HTTPStatus, words: str) -> list[bytes]:
    headers = [("Content-Type", "text/plain"), ("Content-Length", str(len(words)))]
    start(f"{status.value} {status.phrase}", headers)
    return [words.encode()]


def _prepare() -> None:
    from exchange.writing.preparing import prepare  # noqa: PLC0415 - once Django knows its rooms

    prepare()
    if settings.PRODUCTION:
        refuse_when_unsafe()


_prepare()
