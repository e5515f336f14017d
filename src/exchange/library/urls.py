"""Addresses of the library.
Included by project.urls under library/."""

from django.urls import path

from exchange.library import views

app_name = "library"

urlpatterns = [
    path("", views.resource_list, name="resource-list"),
    path("<int:pk>-<str:slug>/", views.resource_page, name="resource-page"),
]
