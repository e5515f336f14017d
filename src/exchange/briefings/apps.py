"""Registers the briefings room.
Called by Django alone."""

from importlib import import_module

from django.apps import AppConfig


class BriefingsConfig(AppConfig):
    name = "exchange.briefings"
    label = "briefings"

    def ready(self) -> None:
        import_module("exchange.briefings.hooks")
        import_module("exchange.briefings.outward")
