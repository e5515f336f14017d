"""What hosts see of the letters people wrote to them: the queue, one matter, what came back.
Called by the desk's pages and by the look at what waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import ngettext

from exchange.contacting.models import Contact, Deed, Ready, Word
from exchange.contacting.rules import mails_about
from exchange.core.languages import direction
from exchange.core.text import excerpt
from exchange.core.time import now
from exchange.core.waiting import Wait
from exchange.mail.models import OutgoingMail
from exchange.members.models import Member

AT_ONCE = 30
MailState = OutgoingMail.State
CAME_BACK = (MailState.BOUNCED, MailState.FAILED)


@dataclass(frozen=True)
class Line:
    """One matter in the queue."""

    contact: Contact
    excerpt: str
    claimed_by: str


@dataclass(frozen=True)
class Overview:
    """The page of the queue."""

    waiting: Sequence[Line]
    doubtful: Sequence[Line]
    answered: Sequence[Line]
    closed: Sequence[Line]
    total: int
    oldest: datetime | None

    @property
    def items(self) -> Sequence[Line]:
        return self.waiting

    @property
    def more(self) -> int:
        return self.total - len(self.waiting)


@dataclass(frozen=True)
class Entry:
    """One thing that happened: words of either side, or a deed of a host."""

    at: datetime
    word: Word | None = None
    deed: Deed | None = None
    direction: str = "ltr"
    # How the letter fares: "came-back", "on-its-way", "gone", or empty for their own words.
    fares: str = ""


def overview() -> Overview:
    """In four questions to the database."""
    since, total = _counted()
    state = Contact.State
    return Overview(
        waiting=_lines(_rows().waiting().filter(doubt="")[:AT_ONCE]),
        doubtful=_lines(_rows().waiting().exclude(doubt="")[:AT_ONCE]),
        answered=_lines(_newest(_rows().to_read().filter(state=state.ANSWERED))),
        closed=_lines(_newest(_rows().to_read().filter(state=state.CLOSED))),
        total=total,
        oldest=since,
    )


def one(pk: int) -> Contact | None:
    """A matter that hosts may read."""
    rows = Contact.objects.to_read().select_related("member", "claimed_by")
    found: Contact | None = rows.filter(pk=pk).first()
    return found


def history(contact: Contact) -> list[Entry]:
    """Everything said and done, the oldest first. What is sealed is not here."""
    mails = _fares(contact)
    words = contact.words.filter(sealed_at=None)
    told = [
        Entry(
            word.at,
            word=word,
            direction=direction(contact.language),
            fares=mails.get(word.pk, "") if word.is_hosts else "",
        )
        for word in words
    ]
    done = [Entry(deed.at, deed=deed) for deed in contact.deeds.exclude(what="answered")]
    return sorted([*told, *done], key=lambda entry: entry.at)


def last_read(contact: Contact) -> int:
    """The number of the newest words that hosts can read."""
    rows = contact.words.filter(sealed_at=None).order_by("-pk")
    return rows.values_list("pk", flat=True).first() or 0


def ready(language: str) -> list[Ready]:
    """The short answers, those in the person's language first."""
    return sorted(Ready.objects.all(), key=lambda one: one.language != language)


def waiting() -> Wait | None:
    """How many wait for an answer, for the desk's morning."""
    oldest, count = _counted()
    if not count:
        return None
    said = ngettext("%(n)d message to the hosts", "%(n)d messages to the hosts", count)
    return Wait(said % {"n": count}, reverse("contacting-desk:queue"), count, oldest)


def may_read(member: Member) -> bool:
    return member.is_appointed


def _counted() -> tuple[datetime | None, int]:
    rows = Contact.objects.to_read().filter(state=Contact.State.WAITING, doubt="")
    found: dict[str, Any] = rows.aggregate(n=Count("pk"), since=Min("waits_since"))
    return found["since"], found["n"]


def _rows() -> Any:
    """Each with the person's newest words, and with who looks at it."""
    theirs = Word.objects.filter(contact=OuterRef("pk"), is_hosts=False, sealed_at=None)
    newest = theirs.order_by("-pk").values("text")[:1]
    rows = Contact.objects.annotate(newest=Subquery(newest))
    return rows.select_related("member", "claimed_by")


def _newest(rows: Any) -> Any:
    return rows.order_by("-last_at", "-pk")[:AT_ONCE]


def _lines(rows: Any) -> list[Line]:
    moment = now()
    return [
        Line(
            row,
            excerpt(row.newest or "", 140),
            row.claimed_by.shown_name if row.claimed_by and row.claim_stands(moment) else "",
        )
        for row in rows
    ]


def _fares(contact: Contact) -> dict[int, str]:
    """By the number of the words, how the letter with them fares."""
    begin = f"{mails_about(contact.pk)}answer:"
    rows = OutgoingMail.objects.filter(Q(key__startswith=begin)).values_list("key", "state")
    return {int(key[len(begin) :].strip(":")): _fared(state) for key, state in rows}


def _fared(state: str) -> str:
    if state in CAME_BACK:
        return "came-back"
    if state in (MailState.QUEUED, MailState.SENDING):
        return "on-its-way"
    return "gone" if state in (MailState.SENT, MailState.UNSURE) else "stopped"
