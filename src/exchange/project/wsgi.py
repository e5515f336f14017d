"""The web process: a plain WSGI application served by threads.
Called by the web server alone."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exchange.project.settings")
application = get_wsgi_application()
