"""Registers the core room, which has no tables.
Called by Django alone."""

from importlib import import_module

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "exchange.core"
    label = "core"

    def ready(self) -> None:
        import_module("exchange.core.checks")
