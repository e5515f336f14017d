"""What dialogue adds to the house.
Loaded by hooks/__init__.py."""

from exchange.ledger.registry import glance
from exchange.webinars.dialogue import tallying


@glance(name="webinars.tally", seconds=tallying.SECONDS)
def tally() -> None:
    tallying.tally_all()
