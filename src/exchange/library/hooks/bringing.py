"""What follows in the library from events: records brought in from elsewhere.
Loaded by hooks/__init__.py."""

from collections.abc import Callable
from datetime import datetime

from exchange.ledger.models import Event
from exchange.ledger.registry import every, on
from exchange.library.bringing import actions, sources


# Once: a server that does not answer says so on its page, and a host asks again.
@on("harvest.asked", consumer="library.look_at_library", max_attempts=1, outside=True, bulk=True)
def look_at_library(event: Event) -> Callable[[], None] | None:
    return sources.look_asked_for(
        source_id=event.subject_id,
        whole=bool(event.detail.get("whole")),
        since=bool(event.detail.get("since")),
    )


@every(hours=1, name="library.ask_libraries")
def ask_libraries(now: datetime) -> None:
    sources.ask_by_clock(moment=now)


@every(daily_at="03:35", name="library.forget_looks")
def forget_looks(now: datetime) -> None:
    actions.forget_old(moment=now)
