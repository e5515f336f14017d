"""Settings of the writing room's own process: those of the Exchange, and Wagtail beside them.
Used by that process, by `write` commands and by its tests; the public processes never load it."""

import re
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE

from exchange.project.settings import *  # noqa: F403
from exchange.project.settings import (
    BASE_URL,
    INSTALLED_APPS,
    LANGUAGES,
    LOGGING,
    MIDDLEWARE,
    SITE_NAME,
)

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
# No pages of visitors are kept here, and nobody's use is counted.
_PUBLIC_ALONE = (
    "exchange.core.onlookers.Onlookers",
    "exchange.core.middleware.PageCacheMiddleware",
    "exchange.core.onlookers.Marking",
    "exchange.core.middleware.LightGZipMiddleware",
)
MIDDLEWARE = [
    "django.middleware.gzip.GZipMiddleware",
    *(name for name in MIDDLEWARE if name not in _PUBLIC_ALONE),
    "exchange.writing.middleware.HostsAloneMiddleware",
]
ROOT_URLCONF = "exchange.project.writing_urls"
WSGI_APPLICATION = None  # type: ignore[assignment]

# The editor's own files come from this process, so that the others know nothing of them.
STATIC_URL = "/desk/write/static/"
# Its forms are sent as forms with files, have a field for each block, and save themselves.
FILE_ADDRESSES = re.compile(r"/desk/write/.*")
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# The editor writes styles into its pages and previews in a frame; scripts come from files, and
# nothing from elsewhere.
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF, UNSAFE_INLINE],
        "script-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
    }
}

WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_LOGIN_URL = "/sign-in/"
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# Fields for dates are the browser's own, which hands them over so.
WAGTAIL_DATETIME_FORMAT = "%Y-%m-%dT%H:%M"
# Nothing is asked of the outside, and no mail goes but through the Exchange's own ledger.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# What the editor says of its doings stays in the database: titles are words of people.
_loggers: Any = LOGGING["loggers"]
LOGGING = {**LOGGING, "loggers": {**_loggers, "wagtail": {"level": "ERROR"}}}
# Nobody has a password, and addresses, names and pictures of people are not changed here.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# Publishing has its own gates and, where a newsletter asks for it, two hosts.
WAGTAIL_WORKFLOW_ENABLED = False
# Pictures come in as everywhere: made anew in a limited program, with who agreed to be seen.
WAGTAILIMAGES_IMAGE_MODEL = "writing.RoomPicture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "exchange.writing.images.forms.RoomPictureForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "heic", "heif", "avif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 12_000_000
