"""Thirty days later: what did you try? Said by mail or on a page, read by a gate and, of guests, by
a host; what members say goes to the record of the hour. Called by pages, mail and hosts."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet

from exchange.contributions import catalogue
from exchange.contributions.errors import NotAllowed
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.members.models import Member
from exchange.webinars import queries
from exchange.webinars.dialogue import screening
from exchange.webinars.errors import AlreadyDone, NotNow
from exchange.webinars.models import Seat, Tried, Webinar

What = Tried.What
LONGEST = 2000
ASKED_AFTER = timedelta(days=30)
OPEN_FOR = timedelta(days=400)
MOST_SHOWN = 20


def say(
    *,
    seat: Seat,
    what: str,
    words: str = "",
    language: str = "",
    via: str = "web",
    insist: bool = False,
) -> Tried:
    """One a place; saying it anew replaces it. Raises NotNow, NotAllowed for who is paused, Refused,
    and Noticed when the writer should look first."""
    webinar = queries.public(seat.webinar_id)
    if webinar is None or not is_open(webinar, seat):
        raise NotNow
    if Tried.objects.filter(seat=seat).exclude(sealed_at=None).exists():
        # A case keeps what they said; it is not written over.
        raise NotNow
    spoken = language or seat.language
    words = words.strip()[:LONGEST]
    is_clear = True
    if words:
        verdict = screening.of_seat(text=words, language=spoken, seat=seat, via=via, insist=insist)
        is_clear = verdict.passed and seat.member is not None
    with transaction.atomic():
        words = _to_the_record(webinar, seat, what, words)
        row = _kept(webinar, seat, what=what, words=words, language=spoken, is_out=is_clear)
        _tell("tried.said", row, public=row.is_out)
    return row


def take_back(*, seat: Seat) -> None:
    """Their own words, out or not. What went to the record is taken back there."""
    with transaction.atomic():
        row = Tried.objects.filter(seat=seat, sealed_at=None).first()
        if row is not None:
            _tell("tried.taken_back", row, public=row.is_out)
            row.delete()


def let_out(*, tried: Tried, by: Member) -> None:
    """A host has read them. Raises NotAllowed, AlreadyDone."""
    _decide(tried, by)
    with transaction.atomic():
        # What was read, and not what was said anew meanwhile.
        rows = Tried.objects.filter(pk=tried.pk, words=tried.words, is_out=False, sealed_at=None)
        if not rows.update(is_out=True):
            raise AlreadyDone
        _tell("tried.out", tried, by=by, public=True)


def put_away(*, tried: Tried, by: Member) -> None:
    """That something was tried stays counted; the words go, out or not. Raises NotAllowed,
    AlreadyDone."""
    _decide(tried, by)
    with transaction.atomic():
        rows = Tried.objects.filter(pk=tried.pk, sealed_at=None).exclude(words="")
        if not rows.update(words="", is_out=True):
            raise AlreadyDone
        _tell("tried.emptied", tried, by=by, public=True)


def of_seat(seat: Seat) -> Tried | None:
    found: Tried | None = Tried.objects.filter(seat=seat, sealed_at=None).first()
    return found


def waiting(webinar: Webinar) -> QuerySet[Tried]:
    """Words that a host reads first, the oldest first."""
    rows: QuerySet[Tried] = Tried.objects.filter(webinar=webinar, is_out=False, sealed_at=None)
    return rows.exclude(words="").order_by("at", "pk")


def shown(webinar: Webinar) -> list[Tried]:
    """What stands on the page of a webinar that may be seen, the newest first."""
    rows = Tried.objects.filter(webinar=webinar, is_out=True, sealed_at=None).exclude(words="")
    return list(rows.order_by("-at", "-pk")[:MOST_SHOWN])


def is_open(webinar: Webinar, seat: Seat) -> bool:
    """From the end of the hour on: somebody may try it the next day."""
    is_late = now() > webinar.ends_at + OPEN_FOR
    return webinar.is_over and not is_late and seat.state == Seat.State.TAKEN


def is_late(webinar: Webinar) -> bool:
    """Whether anybody can have tried something and said so: before, nothing is asked for it."""
    return webinar.is_over and now() > webinar.ends_at + timedelta(hours=12)


def _to_the_record(webinar: Webinar, seat: Seat, what: str, words: str) -> str:
    """A member's use, and their words as an answer to the record: there they can be reported,
    answered and withdrawn. Gives the words that stay here."""
    books, member, kept = catalogue.the(), seat.member, webinar.record
    if books is None or member is None or kept is None or not kept.is_public:
        return words
    if what not in (What.TRIED, What.ADAPTED):
        return words
    books.say_used(kept, member, what, words)
    return ""


def _kept(webinar: Webinar, seat: Seat, **given: object) -> Tried:
    country = seat.country or (seat.member.country if seat.member else "")
    row, _fresh = Tried.objects.update_or_create(
        webinar=webinar,
        seat=seat,
        defaults={**given, "member": seat.member, "country": country, "at": now()},
    )
    return row


def _decide(tried: Tried, by: Member) -> None:
    if not by.is_host or queries.public(tried.webinar_id) is None:
        raise NotAllowed


def _tell(kind: str, row: Tried, *, by: Member | None = None, public: bool) -> None:
    record(
        kind,
        subject_type="tried",
        subject_id=row.pk,
        actor_id=by.pk if by else row.member_id,
        detail={"webinar": row.webinar_id},
        public=public,
    )
