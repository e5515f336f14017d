"""Registers the desk room.
Called by Django alone."""

from importlib import import_module

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "exchange.desk"
    label = "desk"

    def ready(self) -> None:
        import_module("exchange.desk.dossier")
        import_module("exchange.desk.hooks")
