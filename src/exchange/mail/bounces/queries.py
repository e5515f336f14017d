"""How an address fares, and what hosts are shown of it.
For every room that writes to people, and for the desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Case, Count, F, Q, Value, When

from exchange.core.time import now
from exchange.mail.bounces import rules
from exchange.mail.models import Bounce, Standing
from exchange.mail.tokens import digest

State = Standing.State
MOST_REFUSALS = 20
_STOPPED = {State.DEAD: "address-dead", State.UNWANTED: "address-unwanted"}


def standing_of(address: str) -> Standing | None:
    """How this address fares; None when nothing ever came back from it."""
    return Standing.objects.filter(digest=digest(address)).first()


def may_write(address: str, purpose: str) -> str:
    """Nothing when a mail of this purpose may go to the address; else the code of why not. What people
    ask for this minute always goes."""
    return stopped([address]).get(address, "") if is_unasked(purpose) else ""


def is_unasked(purpose: str) -> bool:
    """Whether nobody waits for it at this minute."""
    return purpose not in rules.ALWAYS


def stopped(addresses: Iterable[str]) -> dict[str, str]:
    """Which of these are not written to unasked, and the code of why not."""
    digests = {address: digest(address) for address in addresses if address}
    if not digests:
        return {}
    rows = Standing.objects.filter(digest__in=set(digests.values()), state__in=list(_STOPPED))
    states = dict(rows.values_list("digest", "state"))
    return {
        address: _STOPPED[State(states[known])]
        for address, known in digests.items()
        if known in states
    }


def by_state() -> dict[str, int]:
    """How many addresses fare how, those that fare well left out."""
    rows = Standing.objects.exclude(state=State.WELL).values_list("state")
    return dict(rows.annotate(Count("pk")).order_by("state"))


def came_back(*, days: int = 7) -> tuple[dict[str, int], list[tuple[str, str, int]]]:
    """How many mails came back in the last days, by how they were read; and which providers refuse
    us by policy: domain, status, how often."""
    policy = Q(kind=Bounce.Kind.POLICY)
    said = {
        name: Case(When(policy, then=F(column)), default=Value(""))
        for name, column in (("whose", "domain"), ("why", "status"))
    }
    rows = Bounce.objects.filter(at__gt=now() - timedelta(days=days)).values_list("kind")
    kinds: Counter[str] = Counter()
    refusals: list[tuple[str, str, int]] = []
    for kind, whose, why, times in rows.annotate(**said).annotate(times=Count("pk")):
        kinds[kind] += times
        if kind == Bounce.Kind.POLICY:
            refusals.append((whose, why, times))
    refusals.sort(key=lambda row: (-row[2], row[0]))
    return dict(kinds), refusals[:MOST_REFUSALS]


def failing() -> list[Standing]:
    """The addresses that are stopped or doubted, the latest first; known by number alone."""
    rows = Standing.objects.exclude(state=State.WELL)
    return list(rows.order_by("-changed_at", "-pk")[:50])
