"""The web process: a plain WSGI application served by threads.
Called by the web server alone."""

import os

from django.conf import settings
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application


def refuse_when_unsafe() -> None:
    """In production nothing is served while a check fails, such as that no gate stands.
    The web server runs no checks by itself. Raises ImproperlyConfigured."""
    failing = [found.msg for found in run_checks() if found.is_serious()]
    if failing:
        raise ImproperlyConfigured(" ".join(failing))


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exchange.project.settings")
application = get_wsgi_application()
if settings.PRODUCTION:
    refuse_when_unsafe()
