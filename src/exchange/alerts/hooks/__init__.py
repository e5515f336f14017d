"""What alerts add to the house, a file for each matter.
Loaded by apps.py when the program starts."""

from exchange.alerts import dossier
from exchange.alerts.hooks import (
    bymail,
    channels,
    digests,
    following,
    inside,
    news,
    offering,
    stopping,
    telling,
)

__all__ = [
    "bymail",
    "channels",
    "digests",
    "dossier",
    "following",
    "inside",
    "news",
    "offering",
    "stopping",
    "telling",
]
