"""Registers the contacting room.
Called by Django alone."""

from importlib import import_module

from django.apps import AppConfig


class ContactingConfig(AppConfig):
    name = "exchange.contacting"
    label = "contacting"

    def ready(self) -> None:
        import_module("exchange.contacting.dossier")
        import_module("exchange.contacting.hooks")
        import_module("exchange.contacting.outward")
