"""Addresses of briefs and newsletters, a file for each matter; `unprefixed` are those without a language.
Included by project.urls; `urls.hosts` under desk/."""

from django.urls import URLPattern

from exchange.briefings.urls import archive, briefs, builder, sending, subscribing

app_name = "briefings"
_MATTERS = (builder, subscribing, sending, briefs, archive)

urlpatterns: list[URLPattern] = [pattern for one in _MATTERS for pattern in one.urlpatterns]
unprefixed: list[URLPattern] = [pattern for one in _MATTERS for pattern in one.unprefixed]
