"""What planning adds to the house: the clock of webinars, its letters' last look, ways to its pages.
Loaded by hooks/__init__.py."""

from datetime import datetime

from exchange.core import slots
from exchange.ledger.registry import every
from exchange.mail.looking import before_sending
from exchange.webinars.planning import letters, looking_after

slots.register("desk-ways", "webinars/planning/_way.html", order=65)
before_sending(letters.PURPOSE)(letters.why_not)


@every(minutes=1, name="webinars.keep_time")
def keep_time(now: datetime) -> None:
    """Registration opens, hours end, hosts hear of what has not begun."""
    looking_after.open_due(moment=now)
    looking_after.end_forgotten(moment=now)
    looking_after.tell_not_started(moment=now)


@every(daily_at="03:35", name="webinars.keep_hours")
def keep_hours(now: datetime) -> None:
    """What was planned for an hour on the wall keeps it; addresses nobody needs are forgotten."""
    looking_after.keep_hours(moment=now)
    looking_after.forget_addresses(moment=now)
