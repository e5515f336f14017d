"""The tables of this room: briefs with their sources and quotes; newsletters, and who gets them.
Read through `queries`; changed by the actions of each matter alone."""

from exchange.briefings.models.brief import Brief, Due, Quoted, Source
from exchange.briefings.models.newsletter import Issue, Item, Newsletter
from exchange.briefings.models.subscriber import Subscriber

__all__ = ["Brief", "Due", "Issue", "Item", "Newsletter", "Quoted", "Source", "Subscriber"]
