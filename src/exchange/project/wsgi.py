"""The web process: a plain WSGI application served by threads.
Called by the web server alone."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from exchange.project.refusing import refuse_when_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exchange.project.settings")
application = get_wsgi_application()
if settings.PRODUCTION:
    refuse_when_unsafe()
