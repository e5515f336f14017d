"""Addresses of the list and of a record.
Joined in urls/__init__.py."""

from django.urls import path

from exchange.library.views import listing, record

urlpatterns = [
    path("", listing.resource_list, name="resource-list"),
    path("<int:pk>-<str:slug>/", record.resource_page, name="resource-page"),
]
