"""What follows from another hour, or from an end before it begins: letters that move calendars.
Loaded by hooks/__init__.py."""

from exchange.ledger.models import Event
from exchange.ledger.registry import on
from exchange.mail.looking import before_sending
from exchange.webinars.calendars import telling, withdrawing

before_sending(telling.PURPOSE)(telling.why_not)
# Whatever letter of this room carries an invitation.
before_sending("seat", "seat-reminder")(telling.why_not_invite)


@on("webinar.moved", "webinar.cancelled", consumer="webinars.tell_time", outside=True)
def tell_time(event: Event) -> None:
    """Everybody who registered, and who speaks; a hundred at a time."""
    telling.tell(webinar_id=event.subject_id)


@on("contribution.withdrawn", consumer="webinars.tell_withdrawn", outside=True)
def tell_withdrawn(event: Event) -> None:
    """Without a word of what it was."""
    withdrawing.tell(webinar_id=event.subject_id)
