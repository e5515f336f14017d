"""Whose newsletter it is: by a token from a mail, by the key of their own page; and how many get it.
Called by the views and handlers of subscribing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import TruncMonth

from exchange.briefings.models import Subscriber
from exchange.mail import tokens
from exchange.mail.inbound import sender_at
from exchange.mail.tokens import BadToken, Expired, What
from exchange.members import queries as members
from exchange.members.models import Member

State = Subscriber.State
MONTHS = 12


@dataclass(frozen=True)
class Figures:
    """How many, and no address."""

    getting: int
    asked: int
    stopped: int
    members: int
    by_language: list[tuple[str, int]]
    by_hub: list[tuple[str, int]]
    by_month: list[tuple[object, int]]


def of_token(token: str, *whats: What) -> tuple[What, Subscriber] | None:
    """Which token it is, and whose; None when it is none of ours, too old, or theirs is gone."""
    try:
        found = tokens.read(token)
    except (BadToken, Expired, ValueError):
        return None
    rows = Subscriber.objects.select_related("member").filter(pk=found.item)
    subscriber = rows.first() if found.what in whats else None
    if subscriber is None or ((subscriber.member_id or 0) != found.person and found.person):
        return None
    return found.what, subscriber


def by_key(key: str) -> Subscriber | None:
    """Of their own page."""
    found: Subscriber | None = (
        Subscriber.objects.select_related("member").filter(key=key).first() if key else None
    )
    return found


def of_member(member: Member) -> Subscriber | None:
    found: Subscriber | None = Subscriber.objects.filter(member=member).first()
    return found


def at_address(address: str) -> Subscriber | None:
    """Whoever has exactly this address."""
    plain = address.strip().lower()
    owner = sender_at(plain)
    member = members.by_address(plain)
    number = owner.person if owner else (member.pk if member else 0)
    rows = Subscriber.objects.select_related("member")
    found: Subscriber | None = rows.filter(member_id=number).first() if number else None
    return found or rows.filter(digest=tokens.digest(plain)).first()


def is_theirs(subscriber: Subscriber, address: str) -> bool:
    """Whether this is the address that their mail is sent to, or another of the same member."""
    if subscriber.member_id is not None:
        owner = sender_at(address)
        return owner is not None and owner.person == subscriber.member_id
    return bool(subscriber.digest) and tokens.digest(address) == subscriber.digest


def figures() -> Figures:
    """For the hosts."""
    states = Counter(
        dict(Subscriber.objects.values_list("state").annotate(Count("pk")).order_by("state"))
    )
    rows = Subscriber.objects.getting().order_by()
    languages = dict(rows.values_list("language").annotate(n=Count("pk")))
    hubs = dict(rows.values_list("hub").annotate(n=Count("pk")))
    months = rows.exclude(confirmed_at=None).annotate(month=TruncMonth("confirmed_at"))
    by_month = months.values_list("month").annotate(n=Count("pk")).order_by("-month")[:MONTHS]
    return Figures(
        getting=sum(languages.values()),
        asked=states[State.ASKED],
        stopped=states[State.STOPPED],
        members=rows.exclude(member=None).count(),
        by_language=_most_first(languages),
        by_hub=_most_first(hubs),
        by_month=list(by_month),
    )


def _most_first(counts: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
