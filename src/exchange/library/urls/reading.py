"""Addresses of the light reading view.
Joined in urls/__init__.py."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
# Pages for hosts, under /desk/library/.
for_hosts: list[URLPattern] = []
