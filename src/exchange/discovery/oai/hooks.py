"""What harvesters are told follows from events, and once a day from looking at everything.
Loaded by discovery/apps.py when the program starts."""

from datetime import datetime

from exchange.discovery.oai import keeping
from exchange.ledger.models import Event
from exchange.ledger.registry import every, on


@on(
    "contribution.published",
    "contribution.revised",
    "contribution.withdrawn",
    "contribution.held",
    "contribution.expired",
    "contribution.sealed",
    "contribution.unsealed",
    "contribution.enriched",
    "file.kept",
    "file.gone",
    consumer="discovery.oai_keep",
)
def keep_for_harvesters(event: Event) -> None:
    """Tell harvesters that a record changed or is gone, whatever the order events come in."""
    about_file = event.subject_type == "file"
    number = event.detail.get("resource") if about_file else event.subject_id
    if isinstance(number, int):
        keeping.keep([number])


@every(daily_at="03:40", name="discovery.oai_mend", outside=True)
def mend_for_harvesters(now: datetime) -> None:
    """What no event told of: rows brought in by hand, and rows that are gone altogether."""
    keeping.mend()
