"""The people a host looks after: the other hosts, and newcomers nobody has welcomed yet.
Called by the desk's views."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Window

from exchange.desk.queries import authors
from exchange.desk.queries.authors import Before
from exchange.members.models import Member, Pause

AT_ONCE = 50


@dataclass(frozen=True)
class Newcomer:
    """Somebody nobody has welcomed, and what they wrote so far."""

    member: Member
    before: Before


@dataclass(frozen=True)
class People:
    """Hosts from the longest serving; newcomers from the newest, and how many in all."""

    hosts: Sequence[Member]
    newcomers: Sequence[Newcomer]
    in_all: int

    @property
    def more(self) -> int:
        return self.in_all - len(self.newcomers)


def people(host: Member) -> People:
    """Both lists, in three questions to the database."""
    new = Member.objects.active().filter(welcomed_at=None, hosting_since=None)
    found = list(new.annotate(in_all=Window(Count("pk"))).order_by("-joined_at", "-id")[:AT_ONCE])
    history = authors.before(found, host=host)
    return People(
        hosts=list(Member.objects.hosts().order_by("hosting_since", "id")),
        newcomers=[Newcomer(member, history.get(member.pk, Before())) for member in found],
        in_all=getattr(found[0], "in_all", 0) if found else 0,
    )


@dataclass(frozen=True)
class Person:
    """One member as a host sees them: what they wrote, and every pause they had."""

    member: Member
    before: Before
    pauses: Sequence[Pause]
    is_paused: bool


def person(member: Member, host: Member) -> Person:
    """In four questions to the database."""
    pauses = list(member.pauses.all()[:AT_ONCE])
    before = authors.before([member], host=host).get(member.pk, Before())
    running = any(not pause.is_over for pause in pauses)
    return Person(member, before.without(None), pauses, running)
