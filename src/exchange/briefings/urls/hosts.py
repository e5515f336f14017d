"""Addresses of the pages for hosts, gathered from each matter.
Included by project.urls under desk/."""

from django.urls import URLPattern

from exchange.briefings.urls import archive, briefs, builder, sending, subscribing

app_name = "briefings-desk"
_MATTERS = (archive, subscribing, sending, briefs, builder)

urlpatterns: list[URLPattern] = [pattern for one in _MATTERS for pattern in one.for_hosts]
