"""Plugs safeguarding into the house: its gates, the words above every text box, what was noticed.
Loaded by `apps.py`."""

from datetime import datetime

from exchange.contributions.models.pictures import keep_while
from exchange.contributions.sealing import keep_bytes_while
from exchange.core import gates, readiness, slots, worries
from exchange.ledger.models import Event
from exchange.ledger.registry import every, on
from exchange.mail import inbound
from exchange.safeguarding import checks, dossier, noticed_words, queries, webhook
from exchange.safeguarding.actions import keeping
from exchange.safeguarding.bymail import concerns
from exchange.safeguarding.rules import few_links, newcomers_wait, screened

gates.register("safeguarding.newcomers_wait", newcomers_wait)
gates.register("safeguarding.screening", screened)
gates.register("safeguarding.few_links", few_links)
slots.register("before-text", "safeguarding/before_text.html")
slots.register("noticed", "safeguarding/noticed.html")
slots.register("noticed-words", "safeguarding/noticed_words.html")
slots.register("noticed-by-mail", "safeguarding/noticed_by_mail.txt")
inbound.on_mailbox("concern")(concerns.take)
worries.register(points=noticed_words.points, take=noticed_words.take)
keep_while(queries.pictures_needed)
keep_bytes_while(queries.records_needed)
readiness.register("safeguarding", queries.missing)
checks.register()
slots.register("contribution-actions", "safeguarding/report_contribution.html", order=90)
slots.register("reply-actions", "safeguarding/report_reply.html", order=90)
slots.register("live-words", "safeguarding/report_live.html", order=90)
slots.register("person-actions", "safeguarding/report_person.html", order=90)
slots.register("organisation-actions", "safeguarding/report_organisation.html", order=90)
slots.register("desk-ways", "safeguarding/ways.html", order=90)
slots.register("me-lists", "safeguarding/private_words.html", order=5)

__all__ = ["dossier"]


@on("case.alarmed", "case.opened", consumer="safeguarding.alarm_by_mail")
def alarm_by_mail(event: Event) -> None:
    keeping.alarm_by_mail(case_id=event.subject_id, event_id=event.pk)


# Thirty attempts reach over about a day.
@on(
    "case.alarmed",
    consumer="safeguarding.alarm_by_webhook",
    max_attempts=30,
    outside=True,
)
def alarm_by_webhook(event: Event) -> None:
    webhook.ring(case_id=event.subject_id)


@every(minutes=5, name="safeguarding.remind")
def remind(now: datetime) -> None:
    keeping.remind(moment=now)


@every(daily_at="03:40", name="safeguarding.destroy_due")
def destroy_due(now: datetime) -> None:
    keeping.destroy_due(moment=now)


@every(daily_at="06:10", name="safeguarding.remind_of_upkeep")
def remind_of_upkeep(now: datetime) -> None:
    keeping.remind_of_upkeep(moment=now)
