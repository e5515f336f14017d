"""Addresses of building newsletters; `for_hosts` are pages of the desk.
Included by urls/__init__.py and urls/hosts.py."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
# Under /desk/.
for_hosts: list[URLPattern] = []
unprefixed: list[URLPattern] = []
