"""What the hubs room adds to the house, a file for each matter.
Loaded by apps.py when the program starts."""

from exchange.hubs import dossier
from exchange.hubs.hooks import belonging, inviting, pairs, working

__all__ = ["belonging", "dossier", "inviting", "pairs", "working"]
