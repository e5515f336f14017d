"""Registers the organisations room.
Called by Django alone."""

from importlib import import_module

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "exchange.organisations"
    label = "organisations"

    def ready(self) -> None:
        import_module("exchange.organisations.hooks")
