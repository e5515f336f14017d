"""Registers the pages room: home, about, help, topics, countries, profiles and the shell's files.
Called by Django alone."""

from importlib import import_module

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "exchange.pages"
    label = "pages"

    def ready(self) -> None:
        import_module("exchange.pages.dossier")
        import_module("exchange.pages.hooks")
        import_module("exchange.pages.outward")
