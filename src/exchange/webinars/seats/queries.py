"""Reading seats: how many places are free, who waits, whose seat a key opens.
Called by the actions, views and mail handlers of this room."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet, Sum

from exchange.contributions.models import State
from exchange.core.time import now
from exchange.members.models import Member
from exchange.webinars.models import COMING, Phase, Reminder, Seat, Webinar
from exchange.webinars.queries import visible
from exchange.webinars.seats import rules

# So many stand on a page of the hosts.
A_PAGE = 60


@dataclass(frozen=True)
class Places:
    """How full a webinar is, in people."""

    capacity: int | None
    people: int
    seats: int
    waiting: int

    @property
    def free(self) -> int | None:
        return rules.free(self.capacity, self.people)

    @property
    def is_full(self) -> bool:
        """Somebody who comes now waits."""
        return self.free == 0 or (self.capacity is not None and self.waiting > 0)


@dataclass
class Figures:
    """Who comes, counted."""

    people: int = 0
    seats: int = 0
    clubs: int = 0
    by_way: Counter[str] = field(default_factory=Counter)
    by_language: Counter[str] = field(default_factory=Counter)
    by_country: Counter[str] = field(default_factory=Counter)


def places(webinar: Webinar) -> Places:
    """One question to the database."""
    taken, waiting = Q(state=Seat.State.TAKEN), Q(state=Seat.State.WAITING)
    found = Seat.objects.filter(webinar_id=webinar.pk).aggregate(
        people=Sum("people", filter=taken),
        seats=Count("pk", filter=taken),
        waiting=Count("pk", filter=waiting),
    )
    return Places(webinar.capacity, found["people"] or 0, found["seats"], found["waiting"])


def by_key(key: str) -> Seat | None:
    """The seat of a link, of a webinar that anybody may still see."""
    rows = Seat.objects.select_related("member", "webinar").filter(key=key[:40])
    # Of a member who has left nobody has the key any more.
    rows = rows.exclude(member=None, email="", forgotten_at=None)
    found: Seat | None = rows.filter(webinar__state=State.PUBLISHED).first()
    return found


def of_member(webinar: Webinar, member: Member) -> Seat | None:
    found: Seat | None = Seat.objects.filter(webinar_id=webinar.pk, member=member).first()
    return found


def mine(member: Member) -> list[Seat]:
    """A member's places in what is coming or was not long ago, the next first."""
    rows = Seat.objects.filter(member=member).exclude(state=Seat.State.GIVEN_UP)
    near = rows.filter(
        webinar__state=State.PUBLISHED, webinar__starts_at__gt=now() - timedelta(days=30)
    ).exclude(webinar__phase=Phase.CANCELLED)
    return list(near.select_related("webinar").order_by("webinar__starts_at")[:10])


def coming(reader: Member | None, *, most: int = 20) -> list[Webinar]:
    """What somebody could still come to, the next first."""
    rows = visible(reader).filter(state=State.PUBLISHED, phase__in=COMING)
    return list(rows.filter(starts_at__gt=now() - timedelta(hours=6)).order_by("starts_at")[:most])


def place_in_line(seat: Seat) -> int:
    """1 is the next."""
    before = Q(queued_at__lt=seat.queued_at) | Q(queued_at=seat.queued_at, pk__lt=seat.pk)
    return Seat.objects.waiting().filter(before, webinar_id=seat.webinar_id).count() + 1


def waiting_list(webinar: Webinar) -> list[Seat]:
    """In its order."""
    rows = Seat.objects.filter(webinar=webinar).waiting()
    return list(rows.select_related("member")[:A_PAGE])


def taken_seats(webinar: Webinar, *, page: int) -> tuple[list[Seat], bool]:
    """Who comes, by name, some at a time; and whether there are more."""
    rows = Seat.objects.filter(webinar=webinar).taken().select_related("member")
    first = (max(page, 1) - 1) * A_PAGE
    found = list(rows.order_by("name", "pk")[first : first + A_PAGE + 1])
    return found[:A_PAGE], len(found) > A_PAGE


def figures(webinar: Webinar) -> Figures:
    """Counted in people by the database; no name and no address in it."""
    rows = Seat.objects.filter(webinar=webinar, state=Seat.State.TAKEN)
    found = Figures()
    clubs = Count("pk", filter=Q(people__gt=1))
    counted = (
        rows.order_by()
        .values_list("way", "language", "country")
        .annotate(heads=Sum("people"), seats=Count("pk"), clubs=clubs)
    )
    for way, language, country, people, seats, clubs_here in counted:
        found.people += people
        found.seats += seats
        found.clubs += clubs_here
        found.by_way[way] += people
        found.by_language[language] += people
        if country:
            found.by_country[country] += people
    return found


def reminders_near(at: datetime) -> QuerySet[Reminder]:
    """Those whose moment may be now: of webinars that anybody may see, not called off."""
    rows = Reminder.objects.select_related("webinar").filter(webinar__state=State.PUBLISHED)
    near = rows.filter(
        webinar__starts_at__gt=at + timedelta(minutes=rules.LATEST) - timedelta(days=4),
        webinar__starts_at__lt=at + timedelta(minutes=rules.EARLIEST, days=1),
    )
    return near.exclude(webinar__phase=Phase.CANCELLED)


def waited_for(at: datetime) -> list[int]:
    """Webinars of the next day that somebody waits for."""
    rows = Seat.objects.filter(state=Seat.State.WAITING, webinar__phase__in=COMING)
    soon = rows.filter(webinar__starts_at__range=(at, at + rules.LAST_DAY))
    return sorted(set(soon.values_list("webinar_id", flat=True)))


def reminders_of(webinar: Webinar) -> list[Reminder]:
    return list(Reminder.objects.filter(webinar=webinar).select_related("webinar"))
