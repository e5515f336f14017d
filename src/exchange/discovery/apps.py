"""Registers the discovery room, loads its hooks, and keeps the engine's own table at hand.
Called by Django alone."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DiscoveryConfig(AppConfig):
    name = "exchange.discovery"
    label = "discovery"

    def ready(self) -> None:
        import_module("exchange.discovery.hooks")
        import_module("exchange.discovery.outward")
        post_migrate.connect(_with_engine_table, sender=self)


def _with_engine_table(**_signal: object) -> None:
    """The index is no Django table: `flush` and a database made without migrations pass it by."""
    from exchange.discovery.engine import engine  # noqa: PLC0415 - models must be loaded first
    from exchange.discovery.models import SearchEntry  # noqa: PLC0415

    engine().create()
    if not SearchEntry.objects.exists():
        engine().clear()
