"""Addresses of the organisations room.
Included by project.urls."""

from django.urls import URLPattern, URLResolver, path

from exchange.organisations.views import listing, page

app_name = "organisations"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", listing.listing, name="organisations"),
    path("<str:slug>/", page.organisation, name="organisation"),
]
