"""Addresses of planning: the list, the lasting page, and the hosts' pages.
Included by urls/__init__.py and urls/hosts.py."""

from django.urls import URLPattern, path

from exchange.webinars.views import planning

urlpatterns: list[URLPattern] = [
    path("", planning.listing, name="list"),
    path("<int:pk>-<str:slug>/", planning.page, name="page"),
]
# Pages for hosts, under /desk/webinars/.
for_hosts: list[URLPattern] = []
unprefixed: list[URLPattern] = []
