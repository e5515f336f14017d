"""What follows from events: a text let out can be found, one taken back is found no more.
Loaded by apps.py when the program starts."""

from exchange.contributions.models import Contribution
from exchange.discovery import actions
from exchange.ledger.models import Event
from exchange.ledger.registry import on


@on(
    "contribution.published",
    "contribution.revised",
    "contribution.withdrawn",
    "contribution.held",
    "contribution.expired",
    "contribution.sealed",
    "contribution.unsealed",
    consumer="discovery.index",
)
def index(event: Event) -> None:
    """Make the index say what the contribution is now, whatever the order events come in."""
    found = Contribution.objects.filter(pk=event.subject_id)
    if not actions.index_many(found):
        actions.remove_many([event.subject_id])
