"""What this room adds to the house: words that people send to the hosts.
Loaded by apps.py when the program starts."""

from datetime import datetime

from exchange.contacting import bymail, queries, sealing
from exchange.contacting.actions import emptying, handling
from exchange.core import reportable, slots, waiting
from exchange.ledger.registry import every
from exchange.mail import inbound, looking
from exchange.mail.tokens import What

inbound.on_token(What.CONTACT)(bymail.take)
looking.before_sending(handling.ANSWER)(handling.still_goes)
reportable.register(sealing.PLACE, sealing.ContactWords())
slots.register("desk-ways", "contacting/_way.html", order=61)
waiting.register("contacting.waiting", queries.waiting, order=20)


@every(daily_at="03:45", name="contacting.empty_old")
def empty_old(now: datetime) -> None:
    """A year after the last word."""
    emptying.empty_old(at=now)
