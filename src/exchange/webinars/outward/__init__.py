"""The doors of this room, a file for each matter.
Loaded by apps.py; opened by the test of every door."""

from exchange.webinars.outward import (
    after,
    after_people,
    calendars,
    dialogue,
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
    "lanes",
    "live",
    "planning",
    "recordings",
    "rooms",
    "seats",
    "sound",
]
