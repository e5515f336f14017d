"""What follows in the library from events: who is told of a use, and which texts point to a record.
Loaded by hooks/__init__.py."""

from exchange.ledger.actions import owe
from exchange.ledger.models import Event
from exchange.ledger.registry import on, to
from exchange.library.practice import citing, telling


@on("resource.used", consumer="library.find_those_to_tell")
def find_those_to_tell(event: Event) -> None:
    """One delivery for each, so that one address in trouble keeps nobody waiting."""
    people = [str(pk) for pk in telling.those_to_tell(use_id=event.subject_id)]
    owe(event, consumer="library.tell_of_use", recipients=people)


@to(consumer="library.tell_of_use")
def tell_of_use(event: Event, recipient: str) -> None:
    telling.tell_of_use(use_id=event.subject_id, member_id=int(recipient))


@on(
    "contribution.published",
    "contribution.revised",
    "contribution.withdrawn",
    "contribution.held",
    "contribution.sealed",
    "contribution.unsealed",
    consumer="library.note_citing",
)
def note_citing(event: Event) -> None:
    citing.note_contribution(pk=event.subject_id)


@on(
    "reply.published",
    "reply.revised",
    "reply.withdrawn",
    "reply.unpublished",
    "reply.held",
    "reply.sealed",
    "reply.unsealed",
    consumer="library.note_citing_reply",
)
def note_citing_reply(event: Event) -> None:
    citing.note_reply(pk=event.subject_id)
