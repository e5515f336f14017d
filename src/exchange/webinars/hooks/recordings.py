"""What recordings do by themselves: be made when the hour is over, go when they are old.
Loaded by hooks/__init__.py."""

import contextlib
from datetime import datetime

from exchange.core import slots
from exchange.ledger.models import Event
from exchange.ledger.registry import every, on
from exchange.webinars import queries
from exchange.webinars.recordings import actions, working
from exchange.webinars.recordings.errors import NotAgreed

slots.register("webinar-after", "webinars/recordings/_at_desk.html")


@on("webinar.ended", consumer="webinars.begin_recording")
def begin_recording(event: Event) -> None:
    """Where somebody has not agreed, the hosts' page says so, and nothing is made."""
    webinar = queries.public(event.subject_id)
    if webinar is not None:
        with contextlib.suppress(NotAgreed):
            actions.begin(webinar=webinar)


@on("recording.noted", consumer="webinars.make_recording", outside=True, bulk=True)
def make_recording(event: Event) -> None:
    working.make(event.subject_id)


@on("recording.gone", consumer="webinars.delete_recording", outside=True)
def delete_recording(event: Event) -> None:
    working.delete_there(event.subject_id)


@every(name="webinars.clear_recordings", daily_at="03:55")
def clear_recordings(moment: datetime) -> None:
    actions.clear_old(moment=moment)
