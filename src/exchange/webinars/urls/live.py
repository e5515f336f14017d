"""Addresses of live: where a script gets its ticket to the live process.
Included by urls/__init__.py."""

from django.urls import URLPattern, path

from exchange.webinars.views import live

urlpatterns: list[URLPattern] = [
    path("<int:pk>/live/ticket/", live.ticket, name="ticket"),
]
# Pages for hosts, under /desk/webinars/.
for_hosts: list[URLPattern] = []
unprefixed: list[URLPattern] = []
