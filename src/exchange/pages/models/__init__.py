"""The tables of this room: what hosts chose for the home and the pages of sections.
Changed by the actions of each matter alone."""

from exchange.pages.models.steering import Choice

__all__ = ["Choice"]
