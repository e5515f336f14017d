"""Registers the announcing room.
Called by Django alone."""

from importlib import import_module

from django.apps import AppConfig


class AnnouncingConfig(AppConfig):
    name = "exchange.announcing"
    label = "announcing"

    def ready(self) -> None:
        import_module("exchange.announcing.hooks")
        import_module("exchange.announcing.outward")
