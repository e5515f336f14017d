"""Registers the safeguarding room.
Called by Django alone."""

from importlib import import_module

from django.apps import AppConfig


class SafeguardingConfig(AppConfig):
    name = "exchange.safeguarding"
    label = "safeguarding"

    def ready(self) -> None:
        import_module("exchange.safeguarding.hooks")
