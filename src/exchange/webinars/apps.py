"""Registers the webinars room.
Called by Django alone."""

from importlib import import_module

from django.apps import AppConfig


class WebinarsConfig(AppConfig):
    name = "exchange.webinars"
    label = "webinars"

    def ready(self) -> None:
        import_module("exchange.webinars.hooks")
        import_module("exchange.webinars.outward")
