"""Registers the contributions room.
Called by Django alone."""

from importlib import import_module

from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    name = "exchange.contributions"
    label = "contributions"

    def ready(self) -> None:
        import_module("exchange.contributions.hooks")
        import_module("exchange.contributions.outward")
