"""Addresses of carrying records away: citations and reference files.
Joined in urls/__init__.py."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
