"""Questions offered to members who could know: their letters, and the last look at each.
Loaded by hooks/__init__.py."""

from datetime import datetime

from exchange.alerts import offering
from exchange.ledger.registry import every
from exchange.mail.looking import before_sending

before_sending(offering.PURPOSE)(offering.why_not)


@every(minutes=30, name="alerts.offers")
def write_offers(now: datetime) -> None:
    offering.write_due()
