"""What rooms do by themselves: be told what happens there, and close what should not be open.
Loaded by hooks/__init__.py."""

import contextlib
from datetime import datetime

from exchange.ledger.models import Event
from exchange.ledger.registry import Later, every, on
from exchange.webinars.models import Webinar
from exchange.webinars.rooms import actions, callbacks, engines, finding
from exchange.webinars.rooms.errors import EngineSaysNo, EngineTrouble


@on("webinar.room_opened", consumer="webinars.be_told_of_room", outside=True)
def be_told_of_room(event: Event) -> None:
    """The engine is to say what happens in a room that was just opened. Where it does not answer,
    the clock asks again."""
    webinar = _with_room(event)
    if webinar is not None:
        with contextlib.suppress(EngineTrouble):
            actions.be_told(webinar)


@on(
    "contribution.withdrawn",
    "contribution.sealed",
    "contribution.held",
    "webinar.cancelled",
    consumer="webinars.close_room",
    outside=True,
)
def close_room(event: Event) -> None:
    """Nobody stays in the room of what was taken back or called off."""
    webinar = _with_room(event)
    if webinar is not None:
        try:
            actions.end_room(webinar)
        except EngineSaysNo:
            return
        except EngineTrouble as trouble:
            raise Later(trouble.code.lower()) from None


@every(name="webinars.look_after_rooms", minutes=5, outside=True)
def look_after_rooms(moment: datetime) -> None:
    """An engine that is down is no dead letter: in five minutes it is asked again."""
    with contextlib.suppress(EngineTrouble):
        actions.look_after_rooms(moment)


@every(name="webinars.forget_engine_calls", daily_at="03:50")
def forget_engine_calls(moment: datetime) -> None:
    callbacks.forget(moment)


def _with_room(event: Event) -> Webinar | None:
    if engines.bigbluebutton() is None:
        return None
    return finding.by_number(event.subject_id)
