"""What quoting adds to the house: letters, answers by mail, words that leave with their source.
Loaded by hooks/__init__.py."""

from datetime import datetime

from exchange.briefings.briefs import begun
from exchange.briefings.quoting import bymail, taking_back, telling
from exchange.core import slots
from exchange.ledger.models import Event
from exchange.ledger.registry import every, on
from exchange.mail import inbound, looking
from exchange.mail.tokens import What

looking.before_sending(telling.ASKS)(telling.why_not)
inbound.on_token(What.QUOTE)(bymail.take_answer)
slots.register("me-account", "briefings/quoting/_mine.html", order=60)


@on("quote.asked", consumer="briefings.ask_quoted")
def ask_quoted(event: Event) -> None:
    telling.ask(quote_id=event.subject_id)


@on("quote.answered", consumer="briefings.tell_answered")
def tell_answered(event: Event) -> None:
    telling.tell_all_answered(event)


@on("brief.set_aside", consumer="briefings.tell_set_aside")
def tell_set_aside(event: Event) -> None:
    telling.tell_hosts_set_aside(brief_id=event.subject_id, event_id=event.pk)


@on(
    *("contribution.withdrawn", "contribution.held", "contribution.sealed"),
    *("contribution.revised", "contribution.submitted", "contribution.expired"),
    *("reply.withdrawn", "reply.held", "reply.sealed", "reply.revised", "reply.unpublished"),
    *("webinar.words_gone", "webinar.changed"),
    consumer="briefings.words_back",
)
def words_back(event: Event) -> None:
    """What does not stand any more where it was quoted from leaves the briefs."""
    taking_back.look_again(event)
    begun.look_again(event)


@on(
    *("contribution.published", "contribution.revised", "contribution.unsealed"),
    consumer="briefings.nothing_unasked",
)
def nothing_unasked(event: Event) -> None:
    """However it came out: nobody's words stand in a brief without their yes."""
    if event.detail.get("kind") == "brief":
        taking_back.nothing_unasked(event)


@every(daily_at="07:20", name="briefings.remind_quoted")
def remind_quoted(now: datetime) -> None:
    telling.remind(moment=now)
