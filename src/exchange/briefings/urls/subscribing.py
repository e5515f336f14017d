"""Addresses of getting and stopping newsletters; `for_hosts` are pages of the desk.
Included by urls/__init__.py and urls/hosts.py."""

from django.urls import URLPattern, path

from exchange.briefings.views import subscribing, subscribing_desk

urlpatterns: list[URLPattern] = [
    path("newsletters/subscribe/", subscribing.subscribe, name="subscribe"),
    path("newsletters/yes/<str:token>/", subscribing.confirm, name="confirm"),
    path("newsletters/stop/<str:token>/", subscribing.stop, name="stop"),
    path("newsletters/mine/<str:key>/", subscribing.subscription, name="subscription"),
]
# Under /desk/.
for_hosts: list[URLPattern] = [
    path("subscribers/", subscribing_desk.subscribers, name="subscribers"),
]
unprefixed: list[URLPattern] = []
