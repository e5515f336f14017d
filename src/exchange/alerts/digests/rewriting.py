"""What was taken back after a digest was written: letters that have not gone are written anew
without it, those that went keep no word here. Called by `hooks.digests`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import override

from exchange.alerts.digests import seen
from exchange.alerts.digests.building import good_for, press_for
from exchange.alerts.digests.choosing import shown
from exchange.alerts.digests.entries import Entry, from_kept
from exchange.alerts.digests.letters import Order, letter
from exchange.alerts.letters import recall
from exchange.alerts.models import Digest, Wishes
from exchange.core import time
from exchange.ledger.models import Event
from exchange.mail.actions import KEEP_DAYS, forget_mails, queue_mail, queue_many, stop_mails
from exchange.mail.models import OutgoingMail
from exchange.mail.queries import PERHAPS_GONE
from exchange.members.models import Member

A_PART = 200
PREFIX = "digest:"


def parts_with(codes: Iterable[str]) -> Iterator[str]:
    """The digests of the last weeks in which one of these stands, as stretches of numbers."""
    recent = _with(codes).filter(made_at__gt=time.now() - timedelta(days=KEEP_DAYS + 1))
    numbers = list(recent.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(numbers), A_PART):
        part = numbers[start : start + A_PART]
        yield f"{part[0]}-{part[-1]}"


def codes_about(subject: str, number: int) -> list[str]:
    """As what it may stand in a digest; answers leave with what they answer."""
    place = [f"at:{number}"] if subject == "contribution" else []
    return [f"{subject}:{number}", *place]


def forget(*, first: int, last: int, event: Event) -> None:
    """The digests of one stretch that hold what the event tells of."""
    theirs = list(
        _with(codes_about(event.subject_type, event.subject_id))
        .filter(pk__gte=first, pk__lte=last)
        .select_related("member", "member__wishes")
    )
    with transaction.atomic():
        mails = [digest.mail_id for digest in theirs if digest.mail_id]
        stopped = stop_mails(ids=mails)
        if event.detail.get("recall"):
            _recall(mails)
        forget_mails(ids=mails)
        _write_anew([digest for digest in theirs if digest.mail_id in stopped])


def _with(codes: Iterable[str]) -> QuerySet[Digest]:
    has = Q()
    for code in codes:
        has |= Q(kept__contains=f'"{code}"')
    rows = Digest.objects.exclude(mail_id=None)
    return rows.annotate(kept=Cast("items", TextField())).filter(has)


def why_not(mail: OutgoingMail) -> str:
    """The last look: whether it may go as it is. If not, a better one takes its place."""
    if not mail.key.startswith(PREFIX):
        return ""
    found = seen.standing(mail.pk)
    if found is None or not found.is_wanted:
        return "not-wanted"
    if not seen.is_gone(from_kept(found.items)):
        return ""
    with transaction.atomic():
        rows = Digest.objects.select_related("member", "member__wishes")
        _write_anew(rows.filter(pk=found.digest))
        forget_mails(ids=[mail.pk])
    return "written-anew"


def _write_anew(digests: Iterable[Digest]) -> None:
    """The same digests without what may not be read any more; none where nothing is left."""
    digests = list(digests)
    entries = {digest.pk: from_kept(digest.items) for digest in digests}
    press = press_for(entry for rows in entries.values() for entry in rows)
    letters, theirs = [], []
    for digest in digests:
        left = [one for one in map(press.without_gone, entries[digest.pk]) if one]
        digest.items, digest.mail_id = [entry.kept for entry in left], None
        wishes = _wishes_of_the_wanted(digest)
        if left and wishes:
            order = _order(digest, digest.member, wishes, left)
            letters.append(letter(order, press))
            theirs.append(digest)
    for digest, mail in zip(theirs, queue_many(letters), strict=True):
        digest.mail_id = mail.pk
    Digest.objects.bulk_update(digests, ["items", "mail_id"])


def _order(digest: Digest, member: Member, wishes: Wishes, left: list[Entry]) -> Order:
    # What is left says which letter it is: whoever writes it twice writes the same one.
    told = " ".join(code for entry in left for code in entry.kept)
    again = hashlib.sha256(told.encode()).hexdigest()[:12]
    before = digest.made_at + good_for(wishes)
    return Order(member, wishes, digest.period, left, shown(left), before, again)


def _recall(mails: Sequence[int]) -> None:
    """Whoever may have it is asked to delete it."""
    gone = OutgoingMail.objects.filter(pk__in=mails, state__in=PERHAPS_GONE).exclude(text="")
    for mail in gone.exclude(to_address=""):
        with override(mail.language):
            told = recall((mail.sent_at or mail.created_at).date())
        queue_mail(
            to=mail.to_address,
            subject=told.subject,
            text=told.text,
            html=told.html,
            language=mail.language,
            purpose="recall",
            key=f"recall:{mail.pk}",
        )


def _wishes_of_the_wanted(digest: Digest) -> Wishes | None:
    """Their wishes, if they still want it."""
    member: Member = digest.member
    wishes: Wishes | None = getattr(member, "wishes", None)
    if wishes is None:
        return None
    standing = seen.Standing(
        digest.pk,
        digest.items,
        member.is_active,
        member.erased_at,
        wishes.stopped_at,
        wishes.paused_until,
    )
    return wishes if standing.is_wanted else None
