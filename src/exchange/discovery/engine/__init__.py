"""The two search engines behind one interface: they know only engine words and numbers.
Called by actions, queries and migrations of this room; what people type never comes this far."""

from __future__ import annotations

from functools import lru_cache

from django.db import connection

from exchange.discovery.engine.base import Engine, Expression, Leg
from exchange.discovery.engine.postgresql import PostgresEngine
from exchange.discovery.engine.sqlite import SqliteEngine

__all__ = ["Engine", "Expression", "Leg", "engine"]


def engine() -> Engine:
    """The engine of the database in use."""
    return _engine(connection.vendor)


@lru_cache(maxsize=2)
def _engine(vendor: str) -> Engine:
    return PostgresEngine() if vendor == "postgresql" else SqliteEngine()
