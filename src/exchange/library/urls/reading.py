"""Addresses of the light reading view.
Joined in urls/__init__.py."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
