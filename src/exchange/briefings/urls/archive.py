"""Addresses of newsletters to read again; `for_hosts` are pages of the desk.
Included by urls/__init__.py and urls/hosts.py."""

from django.urls import URLPattern, path

from exchange.briefings.views import archive

urlpatterns: list[URLPattern] = [
    path("newsletters/", archive.listing, name="newsletters"),
    path("newsletters/<int:pk>-<str:slug>/", archive.page, name="newsletter"),
]
# Under /desk/.
for_hosts: list[URLPattern] = []
unprefixed: list[URLPattern] = [
    path("newsletters/feed.xml", archive.feed, name="newsletters-feed"),
]
