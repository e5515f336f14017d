"""Addresses of following and of mail wishes.
Included by project.urls."""

from django.urls import URLPattern, URLResolver

app_name = "alerts"

urlpatterns: list[URLPattern | URLResolver] = []
