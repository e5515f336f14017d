"""Registers the ledger room and loads who listens.
Called by Django alone."""

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings


class LedgerConfig(AppConfig):
    name = "exchange.ledger"
    label = "ledger"

    def ready(self) -> None:
        import_module("exchange.ledger.hooks")
        for module in settings.LEDGER_EXTRA_HOOKS:
            import_module(module)
