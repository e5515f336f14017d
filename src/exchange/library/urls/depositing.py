"""Addresses of adding a record on a phone, and changing one.
Joined in urls/__init__.py."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
# Pages for hosts, under /desk/library/.
for_hosts: list[URLPattern] = []
