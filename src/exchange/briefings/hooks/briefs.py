"""What briefs add to the house: ways to their pages, the line under what they sum up, the clock.
Loaded by hooks/__init__.py."""

from datetime import datetime

from exchange.briefings.briefs import reviewing
from exchange.core import slots, waiting
from exchange.ledger.registry import every
from exchange.mail.looking import before_sending

slots.register("desk-ways", "briefings/briefs/_way.html", order=62)
slots.register("contribution-actions", "briefings/briefs/_acts.html", order=70)
waiting.register("briefs to look at again", reviewing.waits, order=60)
before_sending(reviewing.PURPOSE)(reviewing.why_not)


@every(daily_at="06:40", name="briefings.look_again")
def look_again(now: datetime) -> None:
    """Hosts hear once of a brief whose day has come, at most one letter a week."""
    reviewing.tell_due(moment=now)
