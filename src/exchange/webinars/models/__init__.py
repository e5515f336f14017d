"""What webinars keep: the hour, its seats, its dialogue, lanes, sound, and what stays of it.
Read through `visible_to`; changed by the actions of each matter."""

from exchange.webinars.models.after import (
    Certificate,
    Hearing,
    Opinion,
    Recording,
    Summary,
    Tried,
)
from exchange.webinars.models.dialogue import (
    Asked,
    AskedVote,
    Ballot,
    Hand,
    LiveCount,
    LiveEvent,
    Poll,
    Said,
)
from exchange.webinars.models.lanes import Lane, Line, Slide
from exchange.webinars.models.rooms import EngineCall
from exchange.webinars.models.seats import Reminder, Seat, Way
from exchange.webinars.models.sound import Broadcast, Piece, Presence
from exchange.webinars.models.webinar import (
    COMING,
    Engine,
    Move,
    Phase,
    Presenter,
    Series,
    TeamMember,
    Webinar,
)

__all__ = [
    "COMING",
    "Asked",
    "AskedVote",
    "Ballot",
    "Broadcast",
    "Certificate",
    "Engine",
    "EngineCall",
    "Hand",
    "Hearing",
    "Lane",
    "Line",
    "LiveCount",
    "LiveEvent",
    "Move",
    "Opinion",
    "Phase",
    "Piece",
    "Poll",
    "Presence",
    "Presenter",
    "Recording",
    "Reminder",
    "Said",
    "Seat",
    "Series",
    "Slide",
    "Summary",
    "TeamMember",
    "Tried",
    "Way",
    "Webinar",
]
