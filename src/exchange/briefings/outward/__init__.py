"""The doors of this room, a file for each matter.
Loaded by apps.py; opened by the test of every door."""

from exchange.briefings.outward import archive, briefs, builder, sending, subscribing

__all__ = ["archive", "briefs", "builder", "sending", "subscribing"]
