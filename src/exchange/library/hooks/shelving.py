"""What follows in the library from events: collections and shelves.
Loaded by hooks/__init__.py."""

from exchange.ledger.models import Event
from exchange.ledger.registry import on
from exchange.library.shelving import telling


@on("shelf.decided", consumer="library.tell_keeper")
def tell_keeper(event: Event) -> None:
    telling.tell_keeper(shelf_id=event.subject_id, event_id=event.pk)
