"""Registers the writing room; only the settings of its own process name it.
Called by Django alone."""

from importlib import import_module

from django.apps import AppConfig


class WritingConfig(AppConfig):
    name = "exchange.writing"
    label = "writing"

    def ready(self) -> None:
        import_module("exchange.writing.hooks")
