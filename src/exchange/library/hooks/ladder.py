"""What follows in the library from events: writers hear what became of what they offered.
Loaded by hooks/__init__.py."""

from exchange.ledger.models import Event
from exchange.ledger.registry import on
from exchange.library.offering import telling


@on("offered.decided", consumer="library.tell_writer")
def tell_writer(event: Event) -> None:
    telling.tell_writer(what=event.subject_type, pk=event.subject_id, by_id=event.actor_id)


@on("offered.waits", consumer="library.tell_hosts")
def tell_hosts(event: Event) -> None:
    telling.tell_hosts(by_id=event.actor_id, at=event.at)


@on("offered.taken_back", consumer="library.forget_offered")
def forget_offered(event: Event) -> None:
    """No letter about it goes any more, and none keeps its words."""
    telling.forget(
        what=event.subject_type,
        pk=event.subject_id,
        resource_id=int(event.detail["resource"]),
    )
