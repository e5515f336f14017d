"""Addresses of the translating room.
Included by project.urls."""

from django.urls import URLPattern, URLResolver

app_name = "translating"

urlpatterns: list[URLPattern | URLResolver] = []
