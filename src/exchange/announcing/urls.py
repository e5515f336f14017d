"""Addresses of what is told elsewhere; `for_hosts` are pages of the desk.
Included by project.urls."""

from django.urls import URLPattern

app_name = "announcing"
urlpatterns: list[URLPattern] = []
unprefixed: list[URLPattern] = []
for_hosts: list[URLPattern] = []
