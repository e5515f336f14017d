"""The writing room's process: the hosts' editor, for the web process to pass requests on to.
Called by the web server alone."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "exchange.project.writing_settings"
application = get_wsgi_application()
