"""Telling the live processes that there is something new: the webinar and the number, no words.
Called by `live.actions`; losing a poke is harmless, for they also look by themselves."""

from __future__ import annotations


def poke(webinar_id: int, seq: int) -> None:
    """Say that this webinar has an event with this number."""
