"""What follows when somebody asks for the newsletter; words by mail; the choice under "You".
Loaded by hooks/__init__.py."""

from datetime import datetime

from exchange.briefings.subscribing import actions, bymail, telling
from exchange.core import slots
from exchange.ledger.models import Event
from exchange.ledger.registry import every, on
from exchange.mail import inbound, looking
from exchange.mail.tokens import What
from exchange.members.models import Member

looking.before_sending(telling.PURPOSE)(telling.still_goes)

inbound.on_command("newsletter")(bymail.take)
inbound.on_command("newsletter-stop")(bymail.stop)
inbound.on_token(What.NEWS_CONFIRM)(bymail.confirmed)
inbound.on_token(What.NEWS_STOP)(bymail.stopped)
inbound.on_token(What.NEWS_ANSWER)(bymail.answered)

slots.register("me-mail", "briefings/subscribing/_mine.html", order=20)
slots.register("desk-ways", "briefings/subscribing/_desk_way.html", order=64)


@on("subscriber.asked", consumer="briefings.ask_subscriber")
def ask_subscriber(event: Event) -> None:
    """One letter; nothing is sent before a yes."""
    telling.tell(event)


@on("member.joined", consumer="briefings.link_subscriber")
def link_subscriber(event: Event) -> None:
    """Who joined with an address that gets the newsletter has it as a member."""
    member = Member.objects.active().filter(pk=event.subject_id).first()
    if member is not None:
        actions.link(member=member)


@on("address.unwanted", consumer="briefings.stop_unwanted")
def stop_unwanted(event: Event) -> None:
    """A complaint is a stop."""
    person = int(event.detail.get("person") or 0)
    actions.stop_for_complaint(standing_id=event.subject_id, person=person)


@every(daily_at="03:55", name="briefings.forget_unconfirmed", outside=True)
def forget_unconfirmed(now: datetime) -> None:
    """Addresses whose owners did not say yes."""
    actions.forget_unconfirmed(at=now)
