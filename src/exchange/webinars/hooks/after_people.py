"""What follows for people after the hour: the note of the thirtieth day, and names that go.
Loaded by hooks/__init__.py."""

from datetime import datetime

from exchange.core import reportable, slots, waiting
from exchange.ledger.registry import every
from exchange.mail import inbound, looking
from exchange.mail.tokens import What
from exchange.webinars.after import certificates, tried_asking, tried_sealing, unread

looking.before_sending(tried_asking.PURPOSE)(tried_asking.why_not)
inbound.on_token(What.SEAT_TRIED)(tried_asking.take_answer)
reportable.register(tried_sealing.PLACE, tried_sealing.TriedWords())
slots.register("webinar-after", "webinars/after/tried_way.html", order=20)
waiting.register("webinars.tried", unread.tried)
waiting.register("webinars.lines", unread.lines)


@every(daily_at="08:10", name="webinars.ask_tried", outside=True)
def ask_tried(now: datetime) -> None:
    """Everybody who had a place a month ago, once."""
    tried_asking.ask_due(at=now)


@every(daily_at="03:55", name="webinars.forget_names")
def forget_names(now: datetime) -> None:
    """Names on certificates, after ninety days."""
    certificates.forget_names(at=now)
