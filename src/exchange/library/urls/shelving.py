"""Addresses of collections and shelves.
Joined in urls/__init__.py."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
