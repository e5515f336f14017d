"""What sound adds to the house: an end to it when the webinar ends or goes, rows for its minutes.
Loaded by hooks/__init__.py."""

from datetime import datetime

from exchange.ledger.models import Event
from exchange.ledger.registry import every, glance, on
from exchange.webinars.sound import actions, upkeep


@glance(name="webinars.sound", seconds=2)
def look_at_sound() -> None:
    upkeep.glance()


@on("webinar.ended", "webinar.cancelled", consumer="webinars.end_sound")
def end_sound(event: Event) -> None:
    actions.close_all(event.subject_id)


@on("contribution.withdrawn", "contribution.sealed", consumer="webinars.silence")
def silence(event: Event) -> None:
    if event.subject_type == "contribution":
        actions.close_all(event.subject_id)


@every(minutes=10, name="webinars.end_silent_sound")
def end_silent_sound(now: datetime) -> None:
    upkeep.end_silent(moment=now)


@every(hours=1, name="webinars.clear_sound")
def clear_sound(now: datetime) -> None:
    upkeep.clear_old(moment=now)
