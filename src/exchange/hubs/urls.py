"""Addresses of the hubs room.
Included by project.urls."""

from django.urls import URLPattern, URLResolver

app_name = "hubs"

urlpatterns: list[URLPattern | URLResolver] = []
