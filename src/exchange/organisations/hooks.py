"""What the organisations room adds to the house.
Loaded by apps.py when the program starts."""

from exchange.organisations import dossier

__all__ = ["dossier"]
