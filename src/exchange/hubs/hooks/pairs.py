"""What mentor pairs add to the house: their letters, their question of the month, their end.
Loaded by hooks/__init__.py."""

from datetime import datetime

from exchange.core import slots
from exchange.hubs.pairs import actions, bymail, telling
from exchange.ledger.models import Event
from exchange.ledger.registry import every, on
from exchange.mail import inbound, looking
from exchange.mail.tokens import What

looking.before_sending(telling.PURPOSE)(telling.still_goes)
inbound.on_token(What.PAIR_ASKED)(bymail.asked)
inbound.on_token(What.PAIR_PROMPT)(bymail.written)
inbound.on_token(What.PAIR_STOP)(bymail.stopped)
slots.register("space-hosts", "hubs/pairs/_way.html", order=60)


@on(*("pair.asked", "pair.begun", "pair.ended"), consumer="hubs.tell_pair")
def tell_pair(event: Event) -> None:
    telling.tell(event)


@on(*("membership.left", "membership.removed"), consumer="hubs.end_pairs")
def end_pairs(event: Event) -> None:
    """Who left the group has no pair in it."""
    member, space = event.detail.get("member"), event.detail.get("space")
    if isinstance(member, int) and isinstance(space, int):
        actions.end_for_leaving(member_id=member, space_id=space)


@every(hours=3, name="hubs.ask_pairs", outside=True)
def ask_pairs(now: datetime) -> None:
    telling.ask_due(at=now)
    actions.end_unanswered(day=now.date())
