"""What follows from events: a text let out can be found, one taken back is found no more.
Loaded by apps.py when the program starts."""

from datetime import datetime

from exchange.contributions.models import Contribution
from exchange.core import slots
from exchange.discovery import actions, saving
from exchange.discovery.bymail import finding
from exchange.discovery.oai import keeping
from exchange.ledger.models import Event
from exchange.ledger.registry import every, on
from exchange.mail import inbound
from exchange.mail.looking import before_sending

slots.register("me-lists", "discovery/_saved_way.html", order=40)

inbound.on_command("find")(finding.send)
before_sending(finding.PURPOSE)(finding.why_not)


@on(
    "contribution.published",
    "contribution.revised",
    "contribution.withdrawn",
    "contribution.held",
    "contribution.expired",
    "contribution.sealed",
    "contribution.unsealed",
    "contribution.reread",
    "contribution.enriched",
    consumer="discovery.index",
)
def index(event: Event) -> None:
    """Make the index say what the contribution is now, whatever the order events come in."""
    found = Contribution.objects.filter(pk=event.subject_id)
    if not actions.index_many(found):
        actions.remove_many([event.subject_id])


# Outside: each search is looked at in a transaction of its own.
@every(hours=1, name="discovery.look_again", outside=True)
def look_again(now: datetime) -> None:
    """What is new for searches people keep; alerts tell of it."""
    saving.look_due(moment=now)


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
    "file.let_out",
    "file.gone",
    consumer="discovery.oai_keep",
)
def keep_for_harvesters(event: Event) -> None:
    """Tell harvesters that a record changed or is gone, whatever the order events come in."""
    about_file = event.subject_type == "file"
    number = event.detail.get("resource") if about_file else event.subject_id
    if isinstance(number, int):
        keeping.keep([number])


# Outside: everything is looked at in short transactions of its own.
@every(daily_at="03:40", name="discovery.oai_mend", outside=True)
def mend_for_harvesters(now: datetime) -> None:
    """What no event told of: rows brought in by hand, and rows that are gone altogether."""
    keeping.mend()


@on(
    "contribution.withdrawn",
    "contribution.sealed",
    "contribution.held",
    consumer="discovery.forget_found",
)
def forget_found(event: Event) -> None:
    """Mails with what was found that name it."""
    finding.forget(contribution_id=event.subject_id)
