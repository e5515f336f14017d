"""Settings of the writing room's own process: those of the Exchange, and Wagtail beside them.
Used by that process, by `write` commands and by its tests; the public processes never load it."""

from exchange.project.settings import *  # noqa: F403
from exchange.project.settings import BASE_URL, INSTALLED_APPS, MIDDLEWARE, SITE_NAME

INSTALLED_APPS = [
    *INSTALLED_APPS,
    "exchange.writing.apps.WritingConfig",
    "wagtail.users",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
]
MIDDLEWARE = [*MIDDLEWARE]
ROOT_URLCONF = "exchange.project.writing_urls"
WSGI_APPLICATION = "exchange.project.writing_wsgi.application"

WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = BASE_URL
# Nothing is asked of the outside.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
