"""What lanes and slides add to the house: files that nobody has any more go.
Loaded by hooks/__init__.py."""

from datetime import datetime

from exchange.ledger.registry import every
from exchange.webinars.lanes import sliding


@every(daily_at="04:35", name="webinars.sweep_slides")
def sweep_slides(now: datetime) -> None:
    sliding.sweep()
