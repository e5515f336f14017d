"""Addresses of after.
Included by urls/__init__.py."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
# Pages for hosts, under /desk/webinars/.
for_hosts: list[URLPattern] = []
unprefixed: list[URLPattern] = []
