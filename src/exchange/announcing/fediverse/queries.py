"""The one account, what stands in its outbox, and who follows it.
Called by the views, by `sending` and `inbox`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count

from exchange.announcing.fediverse import papers
from exchange.announcing.fediverse.papers import Account
from exchange.announcing.models import Actor, Announcement, Blocked, Follower, Inbox
from exchange.announcing.publications.queries import Told, told, told_of
from exchange.announcing.rules import is_under
from exchange.contributions.models import State
from exchange.core import keeping
from exchange.core.remembering import remembered


def actor() -> Actor | None:
    """The account, while it is switched on."""
    return Actor.objects.filter(is_on=True).order_by("pk").first()


def account_of(row: Actor) -> Account:
    return Account(settings.BASE_URL, row.handle)


def address() -> str:
    """ "@exchange@example.org" while it is switched on; asked by every page that says it."""
    return remembered("fediverse-address", _address)


def _address() -> str:
    row = actor()
    return account_of(row).address if row else ""


@dataclass(frozen=True)
class Pen:
    """What signs our requests."""

    account: Account
    private_pem: str


def pen(row: Actor | None) -> Pen | None:
    """None when the key was locked with another secret key than the site has now."""
    if row is None:
        return None
    try:
        return Pen(account_of(row), keeping.opened(row.private_key, room="announcing"))
    except keeping.CannotOpen:
        return None


def outbox_count() -> int:
    standing = Announcement.objects.filter(gone_at=None)
    return standing.filter(contribution__state=State.PUBLISHED).count()


def outbox_page(number: int) -> tuple[list[Told], bool]:
    """Publications of one page, the newest first, and whether there are more. What is withdrawn
    at this moment is left out, so a page may be shorter."""
    start = (number - 1) * papers.PAGE
    rows = list(
        Announcement.objects.filter(gone_at=None).order_by("-at", "-pk")[
            start : start + papers.PAGE + 1
        ]
    )
    found = told_of(rows[: papers.PAGE])
    return [found[row.pk] for row in rows if row.pk in found], len(rows) > papers.PAGE


def item(key: str) -> tuple[Announcement, Told | None] | None:
    """A publication by its key; without words when it is not public any more."""
    row = Announcement.objects.filter(key=key).first()
    return (row, told(row)) if row else None


def by_contribution(pk: int) -> str:
    """What is told of a contribution just now; for the test of every door."""
    row = Announcement.objects.filter(contribution_id=pk, gone_at=None).first()
    found = told(row) if row else None
    return str(papers.note(Account(settings.BASE_URL, "-"), found)) if found else ""


def is_blocked(host: str) -> bool:
    return any(is_under(host, one) for one in Blocked.objects.values_list("domain", flat=True))


def domains() -> list[dict[str, Any]]:
    """How many follow from where, and since when a server does not answer. No person is named."""
    rows = Inbox.objects.values("domain").annotate(count=Count("followers"))
    return [dict(one) for one in rows.filter(count__gt=0).order_by("-count", "domain")[:50]]


def follower_count() -> int:
    return Follower.objects.count()
