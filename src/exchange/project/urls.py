"""Every address of the Exchange: each room's own list, in six languages; English has no prefix.
Read by Django alone."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from exchange.announcing.urls import for_hosts as announcing_hosts
from exchange.announcing.urls import unprefixed as announcing
from exchange.briefings.urls import unprefixed as briefings
from exchange.contacting.urls import for_hosts as contacting_hosts
from exchange.contributions.urls import inside as written_inside
from exchange.contributions.urls import unprefixed as pictures
from exchange.contributions.urls import voices, voices_for_hosts
from exchange.desk.urls import inside as queues_inside
from exchange.desk.urls import unprefixed as writing
from exchange.discovery.oai.urls import unprefixed as harvesting
from exchange.hubs.urls import for_hosts as hub_hosts
from exchange.library.urls import unprefixed as library_files
from exchange.mail.urls import unprefixed as mail_hooks
from exchange.organisations.urls import for_hosts as organisations_hosts
from exchange.pages.urls import for_hosts as home_hosts
from exchange.pages.urls import unprefixed
from exchange.translating.urls import for_hosts as translating_hosts
from exchange.webinars.urls import unprefixed as webinars

urlpatterns: list[URLPattern | URLResolver] = [
    *unprefixed,
    *pictures,
    *library_files,
    *harvesting,
    *mail_hooks,
    *webinars,
    *briefings,
    *announcing,
    *writing,
    *i18n_patterns(
        path("", include("exchange.pages.urls")),
        path("", include("exchange.members.urls")),
        path("", include("exchange.contributions.urls")),
        path("", include((voices, "voices"))),
        path("", include("exchange.conversation.urls")),
        path("", include("exchange.alerts.urls")),
        path("library/", include("exchange.library.urls")),
        path("webinars/", include("exchange.webinars.urls")),
        path("", include("exchange.briefings.urls")),
        path("", include("exchange.contacting.urls")),
        path("organisations/", include("exchange.organisations.urls")),
        path("hubs/", include(([*written_inside, *queues_inside], "inside"))),
        path("hubs/", include("exchange.hubs.urls")),
        path("messages/", include("exchange.corresponding.urls")),
        path("translations/", include("exchange.translating.urls")),
        path("", include("exchange.discovery.urls")),
        path("", include("exchange.safeguarding.urls")),
        path("desk/library/", include("exchange.library.urls.hosts")),
        path("desk/webinars/", include("exchange.webinars.urls.hosts")),
        path("desk/", include("exchange.briefings.urls.hosts")),
        path("desk/", include((organisations_hosts, "organisations-desk"))),
        path("desk/", include((contacting_hosts, "contacting-desk"))),
        path("desk/", include((translating_hosts, "translating-desk"))),
        path("desk/", include((announcing_hosts, "announcing-desk"))),
        path("desk/", include((home_hosts, "home-desk"))),
        path("desk/hubs/", include((hub_hosts, "hubs-desk"))),
        path("desk/", include((voices_for_hosts, "voices-desk"))),
        path("desk/", include("exchange.desk.urls")),
        path("outbox/", include("exchange.mail.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "exchange.pages.views.bad_request"
handler403 = "exchange.pages.views.not_allowed"
handler404 = "exchange.pages.views.not_found"
handler500 = "exchange.pages.views.broken"
