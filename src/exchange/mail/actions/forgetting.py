"""Mails that are not to go any more, and words and addresses that are not to stay.
For every room, by `mail.actions`."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from exchange.core import time
from exchange.mail import outbox
from exchange.mail.models import OutgoingMail

KEEP_DAYS = 30
BLANK_AT_ONCE = 2000
# How the key of the last letter to somebody begins.
FAREWELL = "farewell"

State = OutgoingMail.State
# What a mail is without its words.
_WORDS = {"subject": "", "text": "", "html": "", "calendar": "", "shown_from": ""}


def drop_queued(*, key_prefix: str) -> int:
    """Stop mails that have not gone yet, by the beginning of their key: a text was withdrawn.
    Those that failed are stopped too: a host could let them go again."""
    waiting = OutgoingMail.objects.filter(
        state__in=[State.QUEUED, State.FAILED], key__startswith=key_prefix
    )
    return waiting.update(state=State.DROPPED)


def forget_words(*, key_prefix: str) -> int:
    """A text was withdrawn: the mails about it that went, or were stopped, keep no word of it
    here. The addresses stay until the mails are old, so that they can be asked to delete it."""
    return _forget(OutgoingMail.objects.filter(key__startswith=key_prefix))


def stop_mails(*, ids: Collection[int]) -> set[int]:
    """The same for mails known by their number. Says which had not gone."""
    waiting = OutgoingMail.objects.filter(pk__in=ids, state__in=[State.QUEUED, State.FAILED])
    stopped = set(waiting.select_for_update().values_list("pk", flat=True))
    waiting.update(state=State.DROPPED)
    return stopped


def forget_mails(*, ids: Collection[int]) -> None:
    """As `forget_words`, for mails known by their number."""
    _forget(OutgoingMail.objects.filter(pk__in=ids))


def forget_address(*, address: str) -> None:
    """Somebody leaves: nothing more is sent to the address, and no row keeps it."""
    theirs = OutgoingMail.objects.filter(to_address__iexact=address)
    with transaction.atomic():
        _blank(list(theirs.exclude(state=State.SENDING)), now=time.now())


def forget_person(*, person: int) -> None:
    """Somebody has left: no row says any more whose mail it was."""
    OutgoingMail.objects.filter(person=person).update(person=None)


def blank_old(*, now: datetime) -> int:
    """After 30 days only the fact remains that a mail went. One that has not gone by then is
    dropped: nobody waits for it any more."""
    before = now - timedelta(days=KEEP_DAYS)
    old = OutgoingMail.objects.filter(created_at__lt=before, blanked_at__isnull=True)
    mails = list(old.exclude(state=State.SENDING).order_by("created_at")[:BLANK_AT_ONCE])
    with transaction.atomic():
        _blank(mails, now=now)
    return len(mails)


def blank_farewells(*, now: datetime) -> int:
    """The last letter to somebody who left: when it has gone, or never will, nothing keeps its
    address."""
    still = (State.QUEUED, State.SENDING)
    last = OutgoingMail.objects.filter(key__startswith=f"{FAREWELL}:", blanked_at__isnull=True)
    mails = list(last.exclude(state__in=still).order_by("pk")[:BLANK_AT_ONCE])
    with transaction.atomic():
        _blank(mails, now=now)
    return len(mails)


def _forget(mails: QuerySet[OutgoingMail]) -> int:
    theirs = mails.exclude(state=State.SENDING)
    # Nobody knows whether these went; a host must not let them go again.
    theirs.filter(state=State.UNSURE).update(state=State.DROPPED)
    if not settings.PRODUCTION:
        for mail in theirs:
            outbox.remove(mail)
    return theirs.update(**_WORDS)


def _blank(mails: list[OutgoingMail], *, now: datetime) -> None:
    rows = OutgoingMail.objects.filter(pk__in=[mail.pk for mail in mails])
    over = (State.SENT, State.BOUNCED, State.SUPPRESSED)
    rows.filter(~Q(state__in=over)).update(state=State.DROPPED)
    rows.update(**_WORDS, to_address="", headers={}, blanked_at=now)
    if not settings.PRODUCTION:
        for mail in mails:
            outbox.remove(mail)
