"""What the tests of sending begin with: an issue in two languages, and people who get it.
Read by pytest alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from exchange.briefings.models import Issue, Item, Newsletter, Subscriber
from exchange.contributions import actions as contributions
from exchange.contributions.actions import submit
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution
from exchange.core.time import now
from exchange.ledger import worker
from exchange.mail.models import OutgoingMail
from exchange.mail.tokens import digest
from exchange.members.models import Member

WORDS = {"en": "What we learned this month.", "sw": "Tuliyojifunza mwezi huu."}


def edition(
    issue: Issue, by: Member, language: str = "en", hub: str = "", **put: Any
) -> Newsletter:
    """One that a host has released: its hour has come."""
    content = Content(
        title=f"News in {language} {hub}".strip(),
        body=WORDS.get(language, "News."),
        language=language,
        columns={"issue_id": issue.pk, "hub": hub},
    )
    row = contributions.prepare(kind="newsletter", content=content, author=by)
    given = {"phase": "scheduled", "send_at": now(), "released_by": by, **put}
    Newsletter.objects.filter(pk=row.pk).update(**given)
    return again(row)


def again(row: Contribution) -> Newsletter:
    """As it is now."""
    return Newsletter.objects.get(pk=row.pk)


def tells_of(row: Newsletter, told: Contribution) -> None:
    Item.objects.create(newsletter=row, contribution=told, section="answered")


def subscriber(name: str, language: str = "en", hub: str = "", **more: Any) -> Subscriber:
    """Somebody without an account who said yes."""
    address = f"{name}@example.net"
    given = {"state": "confirmed", "confirmed_at": now(), **more}
    return Subscriber.objects.create(
        address=address, digest=digest(address), language=language, hub=hub, **given
    )


def newsletters(to: str = "") -> list[OutgoingMail]:
    """Those of the ledger of deliveries, the oldest first."""
    rows = OutgoingMail.objects.filter(purpose="newsletter").order_by("pk")
    return list(rows.filter(to_address=to) if to else rows)


@pytest.fixture
def issue(beatriz: Member) -> Issue:
    return Issue.objects.create(
        name="November", since=date(2026, 11, 1), until=date(2026, 11, 30), by=beatriz
    )


@pytest.fixture
def question(amina: Member) -> Contribution:
    """Something to tell of."""
    content = Content(title="Who opens your zebrafinch meetings?", body="We take turns.")
    row = submit(kind="question", content=content, author=amina)
    worker.run_until_idle()
    OutgoingMail.objects.all().delete()
    return row
