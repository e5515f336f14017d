"""Addresses of the organisations room.
Included by project.urls."""

from django.urls import URLPattern, URLResolver

app_name = "organisations"

urlpatterns: list[URLPattern | URLResolver] = []
