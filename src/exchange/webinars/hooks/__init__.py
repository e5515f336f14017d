"""What webinars add to the house, a file for each matter.
Loaded by apps.py when the program starts."""

from exchange.webinars import dossier
from exchange.webinars.hooks import (
    after,
    after_people,
    calendars,
    dialogue,
    kind,
    lanes,
    live,
    planning,
    recordings,
    rooms,
    seats,
    sound,
)

__all__ = [
    "after",
    "after_people",
    "calendars",
    "dialogue",
    "dossier",
    "kind",
    "lanes",
    "live",
    "planning",
    "recordings",
    "rooms",
    "seats",
    "sound",
]
