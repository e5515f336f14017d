"""The letter that follows from somebody's asking: at most one a day to an address, four a week.
Called by the hooks of subscribing."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import override

from exchange.briefings.models import Subscriber
from exchange.briefings.subscribing import letters
from exchange.briefings.subscribing.rules import CONFIRM_DAYS, MOST_A_WEEK, WEEK
from exchange.core.time import now
from exchange.ledger.models import Event
from exchange.mail import tokens
from exchange.mail.actions import About, Queued, queue, queue_many
from exchange.mail.headers import reply_to
from exchange.mail.models import OutgoingMail
from exchange.mail.rules import MailRefused
from exchange.mail.tokens import What

PURPOSE = "newsletter-ask"
State = Subscriber.State


def tell(event: Event) -> None:
    """Ask whoever has the address; or say that it comes already."""
    rows = Subscriber.objects.select_related("member")
    subscriber = rows.filter(pk=event.subject_id).exclude(state=State.STOPPED).first()
    if subscriber is None or not subscriber.mail_address:
        return
    if subscriber.member is not None and subscriber.member.is_demo:
        return
    begins = f"{PURPOSE}:{tokens.digest(subscriber.mail_address)[:24]}:"
    if _had_enough(begins):
        return
    language = subscriber.language
    if subscriber.member is not None:
        language = subscriber.member.first_language
    with override(language):
        _queue(event, subscriber, begins)


def still_goes(mail: OutgoingMail) -> str:
    """The last look: not after a no, a stop, or an erasing."""
    number = mail.item.partition(":")[2]
    rows = Subscriber.objects.filter(pk=int(number) if number.isdecimal() else 0)
    return "" if rows.exclude(state=State.STOPPED).exists() else "newsletter-stopped"


def _queue(event: Event, subscriber: Subscriber, begins: str) -> None:
    person = subscriber.member_id or 0
    sent_with: dict[str, str] = {}
    if subscriber.is_getting:
        paper = letters.comes_already(subscriber)
    else:
        token = tokens.make(What.NEWS_CONFIRM, person=person, item=subscriber.pk, days=CONFIRM_DAYS)
        paper = letters.asks(subscriber, token, by_host=bool(event.detail.get("by_host")))
        sent_with = reply_to(
            what=What.NEWS_CONFIRM, person=person, item=subscriber.pk, days=CONFIRM_DAYS
        )
    letter = Queued(
        to=subscriber.mail_address,
        subject=paper.subject,
        text=paper.text,
        html=paper.html,
        language=paper.language,
        purpose=PURPOSE,
        key=f"{begins}{event.at:%Y%m%d}",
        headers=sent_with,
        about=About(person=subscriber.member_id, item=f"newsletter-ask:{subscriber.pk}"),
    )
    # What a host has asked of very many gives way to everything else.
    take = _among_many if event.detail.get("by_host") else queue
    try:
        take(letter)
    except MailRefused:
        # Somebody typed what is no address: there is nobody to ask.
        return


def _among_many(letter: Queued) -> None:
    with transaction.atomic():
        queue_many([letter])


def _had_enough(begins: str) -> bool:
    """Whoever types somebody's address again and again does not fill their inbox."""
    lately = OutgoingMail.objects.filter(key__startswith=begins, created_at__gt=now() - WEEK)
    return lately.count() >= MOST_A_WEEK
