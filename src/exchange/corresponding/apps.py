"""Registers the corresponding room.
Called by Django alone."""

from importlib import import_module

from django.apps import AppConfig


class CorrespondingConfig(AppConfig):
    name = "exchange.corresponding"
    label = "corresponding"

    def ready(self) -> None:
        import_module("exchange.corresponding.hooks")
