"""Addresses of words that people send to the hosts; `for_hosts` are pages of the desk.
Included by project.urls."""

from django.urls import URLPattern

app_name = "contacting"
urlpatterns: list[URLPattern] = []
unprefixed: list[URLPattern] = []
for_hosts: list[URLPattern] = []
