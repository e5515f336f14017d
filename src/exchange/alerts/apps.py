"""Registers the alerts room.
Called by Django alone."""

from importlib import import_module

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "exchange.alerts"
    label = "alerts"

    def ready(self) -> None:
        import_module("exchange.alerts.hooks")
        import_module("exchange.alerts.outward")
