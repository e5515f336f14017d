"""What seats add to the house: letters, reminders, commands by mail, the list under "You".
Loaded by hooks/__init__.py."""

from datetime import datetime

from exchange.core import slots
from exchange.ledger.models import Event
from exchange.ledger.registry import every, on
from exchange.mail import inbound, looking
from exchange.mail.tokens import What
from exchange.webinars import writing
from exchange.webinars.seats import actions, bymail, forgetting, queries, reminding, telling

looking.before_sending(telling.PURPOSE)(writing.still_goes)
looking.before_sending(reminding.PURPOSE)(reminding.still_goes)

inbound.on_command("webinars")(bymail.webinars)
inbound.on_command("come", changes=True)(bymail.come)
inbound.on_command("give-up", changes=True)(bymail.give_up)
inbound.on_token(What.SEAT_ASK)(bymail.answered)
inbound.on_token(What.SEAT_CONFIRM)(bymail.confirmed)
inbound.on_token(What.SEAT_LEAVE)(bymail.stopped)
inbound.on_token(What.WEBINAR_COME)(bymail.come_by_answer)

slots.register("me-lists", "webinars/seats/_mine.html", order=15)


@on(
    *("seat.asked", "seat.taken", "seat.waiting", "seat.given_up"),
    consumer="webinars.tell_seat",
)
def tell_seat(event: Event) -> None:
    telling.tell(event)


@on("seat.known", consumer="webinars.tell_known")
def tell_known(event: Event) -> None:
    """A member whose address somebody typed."""
    telling.tell_known(event)


@on("webinar.opened", consumer="webinars.set_reminders")
def set_reminders(event: Event) -> None:
    reminding.set_defaults(webinar_id=event.subject_id)


@on("webinar.changed", consumer="webinars.fill_places")
def fill_places(event: Event) -> None:
    """There may be more places than before."""
    actions.move_up(webinar_id=event.subject_id)


@every(minutes=1, name="webinars.remind", outside=True)
def remind(now: datetime) -> None:
    reminding.send_due(at=now)


@every(minutes=10, name="webinars.fill_last_places")
def fill_last_places(now: datetime) -> None:
    """In the last day nobody waits behind a group that does not fit."""
    for webinar_id in queries.waited_for(now):
        actions.move_up(webinar_id=webinar_id)


@every(daily_at="03:50", name="webinars.forget_guests", outside=True)
def forget_guests(now: datetime) -> None:
    forgetting.drop_unconfirmed(at=now)
    forgetting.forget_old(at=now)
