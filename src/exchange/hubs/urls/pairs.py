"""Addresses of mentor pairs.
Included by urls/__init__.py."""

from django.urls import URLPattern, path

from exchange.hubs.views import pairs

urlpatterns: list[URLPattern] = [
    path("pairs/", pairs.mine, name="my-pairs"),
    path("pairs/stop/<str:token>/", pairs.pair_stop, name="pair-stop"),
    path("pairs/<int:pk>/", pairs.pair, name="pair"),
    path("<slug:slug>/pairs/", pairs.pairs, name="pairs"),
]
for_hosts: list[URLPattern] = []
