"""The doors of this room, a file for each matter.
Loaded by apps.py; opened by the test of every door."""

from exchange.webinars.outward import (
    after,
    calendars,
    dialogue,
    lanes,
    live,
    planning,
    rooms,
    seats,
    sound,
)

__all__ = [
    "after",
    "calendars",
    "dialogue",
    "lanes",
    "live",
    "planning",
    "rooms",
    "seats",
    "sound",
]
