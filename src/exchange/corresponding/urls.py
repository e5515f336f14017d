"""Addresses of the corresponding room.
Included by project.urls."""

from django.urls import URLPattern, URLResolver

app_name = "corresponding"

urlpatterns: list[URLPattern | URLResolver] = []
