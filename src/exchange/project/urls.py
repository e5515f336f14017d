"""Every address of the Exchange: each room's own list, in six languages; English has no prefix.
Read by Django alone."""

from importlib.util import find_spec

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from exchange.pages.urls import unprefixed

# Where each room's addresses begin.
_ROOMS = (
    ("", "pages"),
    ("", "members"),
    ("", "contributions"),
    ("", "conversation"),
    ("library/", "library"),
    ("", "safeguarding"),
    ("", "alerts"),
    ("", "discovery"),
    ("desk/", "desk"),
    ("outbox/", "mail"),
)

urlpatterns: list[URLPattern | URLResolver] = [
    *unprefixed,
    *i18n_patterns(
        *(
            path(start, include(f"exchange.{room}.urls"))
            for start, room in _ROOMS
            if find_spec(f"exchange.{room}.urls") and find_spec(f"exchange.{room}.views")
        ),
        prefix_default_language=False,
    ),
]

handler400 = "exchange.pages.views.bad_request"
handler403 = "exchange.pages.views.not_allowed"
handler404 = "exchange.pages.views.not_found"
handler500 = "exchange.pages.views.broken"
