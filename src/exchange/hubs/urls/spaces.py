"""Addresses of hubs and working groups themselves; `for_hosts` are pages of the desk.
Included by urls/__init__.py."""

from django.urls import URLPattern, path

from exchange.hubs.views import spaces

urlpatterns: list[URLPattern] = [
    path("", spaces.listing, name="spaces"),
    path("<slug:slug>/", spaces.one, name="space"),
]
# Under /desk/hubs/.
for_hosts: list[URLPattern] = []
