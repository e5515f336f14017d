"""What private messages add to the house.
Loaded by apps.py when the program starts."""

from datetime import datetime

from exchange.core import reportable, slots
from exchange.corresponding import bymail, dossier, keeping, outward, queries, sealing, telling
from exchange.ledger.models import Event
from exchange.ledger.registry import every, on, to
from exchange.mail import inbound, looking
from exchange.mail.tokens import What
from exchange.members import apart

__all__ = ["dossier", "outward"]

inbound.on_token(What.MESSAGE)(bymail.take)
inbound.on_token(What.MESSAGE_STOP)(bymail.stopped)
looking.before_sending(telling.PURPOSE)(telling.still_goes)
reportable.register(sealing.PLACE, sealing.PrivateWords())
apart.register(queries.kept_apart)
slots.register("person-actions", "corresponding/_write.html", order=10)
slots.register("me-lists", "corresponding/_way.html", order=12)
slots.register("me-account", "corresponding/_choices_way.html", order=20)


@on("message.sent", consumer="corresponding.tell")
def tell(event: Event) -> None:
    telling.tell(event)


@to(consumer=telling.LATER)
def tell_later(event: Event, recipient: str) -> None:
    telling.tell_later(event, recipient)


@every(daily_at="03:50", name="corresponding.empty_old")
def empty_old(now: datetime) -> None:
    """Requests without an answer, and what had no word for two years."""
    keeping.empty_old(at=now)
