"""Addresses of bringing records in: tables, reference files, other libraries.
Joined in urls/__init__.py."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
