"""Addresses of hubs and working groups, a file for each matter; `for_hosts` are pages of the desk.
Included by project.urls under hubs/, `for_hosts` under desk/hubs/."""

from django.urls import URLPattern

from exchange.hubs.urls import inviting, pairs, spaces, working

app_name = "hubs"
# What stands in `spaces` last takes any word for the name of a hub.
_MATTERS = (inviting, pairs, working, spaces)

urlpatterns: list[URLPattern] = [pattern for one in _MATTERS for pattern in one.urlpatterns]
for_hosts: list[URLPattern] = [pattern for one in _MATTERS for pattern in one.for_hosts]
