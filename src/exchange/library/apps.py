"""Registers the library room.
Called by Django alone."""

from importlib import import_module

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "exchange.library"
    label = "library"

    def ready(self) -> None:
        import_module("exchange.library.hooks")
        import_module("exchange.library.outward")
