"""How the room of one webinar stands, for its hosts; whether the engines answer, for `doctor`.
Called by the views of rooms and by the command."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from exchange.webinars.models import Engine, EngineCall, Webinar
from exchange.webinars.rooms import actions, answers, engines
from exchange.webinars.rooms.errors import EngineTrouble


@dataclass(frozen=True)
class RoomState:
    """`inside` only while it is open; `trouble` is a code when it could not be asked."""

    inside: answers.Inside | None = None
    trouble: str = ""
    # When the engine last said that it had ended.
    ended_at: datetime | None = None


def state_of(webinar: Webinar) -> RoomState:
    """Asked of the engine, within six seconds."""
    if webinar.engine != Engine.BBB:
        return RoomState(trouble=_without_asking(webinar))
    calls = EngineCall.objects.filter(webinar=webinar, what="meeting-ended")
    ended_at = calls.order_by("-at").values_list("at", flat=True).first()
    try:
        return RoomState(inside=actions.look_inside(webinar), ended_at=ended_at)
    except EngineTrouble as trouble:
        return RoomState(trouble=trouble.code, ended_at=ended_at)


def trouble_of_bigbluebutton() -> str:
    """Whether the server answers and knows our secret: "" when all is well, "none" when there is
    none, else a code."""
    server = engines.bigbluebutton()
    if server is None:
        return "none"
    try:
        # Signed, about a room that does not exist.
        server.in_time().is_running("exchange-doctor")
    except EngineTrouble as trouble:
        return trouble.code
    return ""


def _without_asking(webinar: Webinar) -> str:
    if not engines.is_set_up(webinar.engine):
        return "engine-not-set-up"
    if webinar.engine == Engine.LINK and engines.link_fault(webinar.engine_link):
        return "link-missing"
    return ""
