"""Addresses of the files of a record.
Joined in urls/__init__.py."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
unprefixed: list[URLPattern] = []
# Pages for hosts, under /desk/library/.
for_hosts: list[URLPattern] = []
