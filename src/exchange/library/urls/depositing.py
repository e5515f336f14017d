"""Addresses of adding a record on a phone, and changing one.
Joined in urls/__init__.py."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
