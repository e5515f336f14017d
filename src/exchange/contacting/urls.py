"""Addresses of words that people send to the hosts; `for_hosts` are pages of the desk. The form
itself stands on the contact page of the front. Included by project.urls."""

from django.urls import URLPattern, path

from exchange.contacting import views

app_name = "contacting"
urlpatterns: list[URLPattern] = []
unprefixed: list[URLPattern] = []
for_hosts: list[URLPattern] = [
    path("contact/", views.queue, name="queue"),
    path("contact/short-answers/", views.ready, name="ready"),
    path("contact/short-answers/<int:pk>/", views.ready_away, name="ready-away"),
    path("contact/<int:pk>/", views.one, name="one"),
    path("contact/<int:pk>/act/", views.act, name="act"),
    path("contact/<int:pk>/empty/", views.empty, name="empty"),
]
