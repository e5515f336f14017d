"""What dialogue adds to the house: its tally, words that can be reported, what a withdrawal empties.
Loaded by hooks/__init__.py."""

from datetime import datetime

from exchange.core import reportable
from exchange.ledger.models import Event
from exchange.ledger.registry import every, glance, on
from exchange.mail import looking
from exchange.webinars.dialogue import letters, reminding, sealing, tallying
from exchange.webinars.dialogue.actions import leaving

for place in sealing.PLACES:
    reportable.register(place.code, place)


looking.before_sending(letters.PURPOSE)(letters.still_goes)


@glance(name="webinars.tally", seconds=tallying.SECONDS)
def tally() -> None:
    tallying.tally_all()


@every(daily_at="06:25", name="webinars.remind_helpers")
def remind_helpers(now: datetime) -> None:
    reminding.remind(moment=now)


@every(daily_at="03:20", name="webinars.forget_events")
def forget_events(now: datetime) -> None:
    leaving.forget_old(moment=now)


@on("asked.declined", "asked.answered", consumer="webinars.tell_fate")
def tell_fate(event: Event) -> None:
    letters.tell_fate(asked_id=event.subject_id)


@on(
    "contribution.withdrawn",
    "contribution.sealed",
    "contribution.held",
    consumer="webinars.empty_dialogue",
)
def empty_dialogue(event: Event) -> None:
    leaving.leave_nothing(webinar_id=event.subject_id)
