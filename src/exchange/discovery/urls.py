"""Addresses of search.
Included by project.urls."""

from django.urls import path

from exchange.discovery import views

app_name = "discovery"

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/suggest", views.suggest, name="suggest"),
    path("search/similar", views.similar, name="similar"),
]
