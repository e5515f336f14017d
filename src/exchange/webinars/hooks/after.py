"""What follows after the hour: letters, the record, what the clock brings.
Loaded by hooks/__init__.py."""

from datetime import datetime

from exchange.ledger.models import Event
from exchange.ledger.registry import every, on
from exchange.mail import inbound, looking
from exchange.mail.tokens import What
from exchange.webinars.after import bymail, entering, leaving_out, telling

looking.before_sending(telling.SUMMED, telling.ASKED, telling.DUE)(telling.still_goes)
inbound.on_token(What.ASKED_ANSWER)(bymail.take_answer)


@on("webinar.summed", consumer="webinars.tell_summed", bulk=True)
def tell_summed(event: Event) -> None:
    telling.tell_summed(webinar_id=event.subject_id)


@on("asked.opened", consumer="webinars.ask_presenter")
def ask_presenter(event: Event) -> None:
    telling.ask_presenter(asked_id=event.subject_id)


@on("reply.published", consumer="webinars.tell_asker")
def tell_asker(event: Event) -> None:
    telling.tell_asker(question_id=entering.contribution_of(event))


@every(daily_at="06:10", name="webinars.remind_presenters")
def remind_presenters(now: datetime) -> None:
    telling.remind(moment=now)


@on(
    "contribution.withdrawn",
    "contribution.held",
    "contribution.sealed",
    "contribution.unsealed",
    consumer="webinars.record_goes_too",
)
def record_goes_too(event: Event) -> None:
    entering.go_with_the_hour(webinar_id=event.subject_id, kind=event.kind, actor_id=event.actor_id)


@on(
    *("webinar.words_gone", "webinar.changed", "slides.away"),
    *("recording.gone", "recording.withdrawn", "recording.released"),
    consumer="webinars.make_record_anew",
    outside=True,
)
def make_record_anew(event: Event) -> None:
    """Words, slides, sound or a name were taken back, or put right."""
    leaving_out.leave_out(webinar_id=entering.webinar_of(event))
    entering.enter_again(webinar_id=entering.webinar_of(event))
