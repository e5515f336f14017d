"""Registers the hubs room.
Called by Django alone."""

from importlib import import_module

from django.apps import AppConfig


class HubsConfig(AppConfig):
    name = "exchange.hubs"
    label = "hubs"

    def ready(self) -> None:
        import_module("exchange.hubs.hooks")
        import_module("exchange.hubs.outward")
