"""The tables of this room: what hosts chose for the home and sections, and the house's own texts.
Changed by the actions of each matter alone."""

from exchange.pages.models.steering import Choice
from exchange.pages.models.telling import HouseText, HouseTextRevision

__all__ = ["Choice", "HouseText", "HouseTextRevision"]
