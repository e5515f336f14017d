"""What the tests of digests begin with: members with wishes, and a clock that comes round.
Read by pytest alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction

from exchange.alerts.digests import chain, seen
from exchange.alerts.models import Watch, Wishes
from exchange.contributions.actions import submit
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution
from exchange.core.time import now
from exchange.ledger import worker
from exchange.mail.models import OutgoingMail
from exchange.members.models import Member
from tests.cast import person


@pytest.fixture(autouse=True)
def _look_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one test has seen, the next has not."""
    monkeypatch.setattr(seen, "_known", seen._Known())


@pytest.fixture
def femi(db: None) -> Member:
    return person("Femi", welcomed_at=now())


def wishing(member: Member, **of_theirs) -> Wishes:
    """Their wishes, with a digest due in an hour."""
    usual = {
        "rhythm": "weekly",
        "quiet_from": None,
        "last_digest_at": now() - timedelta(days=6),
        "next_digest_at": now() + timedelta(hours=1),
    }
    Member.objects.filter(pk=member.pk).update(joined_at=now() - timedelta(days=90))
    row, _new = Wishes.objects.update_or_create(member=member, defaults={**usual, **of_theirs})
    return row


def watching(member: Member, kind="topic", value="child-participation", level="digest") -> Watch:
    row, _new = Watch.objects.update_or_create(
        member=member, kind=kind, value=value, defaults={"level": level}
    )
    return row


def said(author: Member, title: str, kind="question", body="Some words on it.", **more):
    """Something published, and all that follows from it done."""
    more.setdefault("topics", ("child-participation",))
    row = submit(kind=kind, content=Content(title=title, body=body, **more), author=author)
    worker.run_until_idle()
    return Contribution.objects.get(pk=row.pk)


def come_round(hours: float = 2) -> None:
    """So many hours later the clock looks for digests, and the worker does all that follows."""
    with time_machine.travel(now() + timedelta(hours=hours), tick=True):
        with transaction.atomic():
            chain.begin(now=now())
        worker.run_until_idle()


def digests(member: Member) -> list[OutgoingMail]:
    """The digests written for them, the oldest first."""
    mails = OutgoingMail.objects.filter(person=member.pk, key__startswith="digest:")
    return list(mails.order_by("pk"))


@pytest.fixture
def digest_of() -> Callable[[Member], OutgoingMail | None]:
    """The clock comes round; the newest digest of this member, if there is one."""

    def built(member: Member) -> OutgoingMail | None:
        come_round()
        return next(iter(reversed(digests(member))), None)

    return built
