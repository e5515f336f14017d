"""Registers the translating room.
Called by Django alone."""

from importlib import import_module

from django.apps import AppConfig


class TranslatingConfig(AppConfig):
    name = "exchange.translating"
    label = "translating"

    def ready(self) -> None:
        import_module("exchange.translating.hooks")
