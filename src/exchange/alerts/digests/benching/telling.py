"""What the ledger says after `bench digest`: whose digest had to come, what is in doubt, how fast.
Called in a program of its own that knows its own database."""

from __future__ import annotations

import json
from datetime import datetime

from django.db.models import Count, Max, Min

from exchange.alerts.digests.benching.people import DOMAIN, WITHOUT
from exchange.alerts.models import Digest
from exchange.ledger.models import Delivery
from exchange.mail.models import OutgoingMail
from exchange.members.models import Member


def told() -> str:
    """As JSON, with the addresses that had to get one."""
    people = Member.objects.filter(email__startswith="member", email__endswith=DOMAIN)
    wanted = [email for email in people.values_list("email", flat=True) if _number(email) % WITHOUT]
    made = Digest.objects.aggregate(n=Count("pk"), first=Min("made_at"), last=Max("made_at"))
    mails = OutgoingMail.objects.filter(purpose="digest")
    sent = mails.aggregate(n=Count("pk"), first=Min("sent_at"), last=Max("sent_at"))
    states = {state: mails.filter(state=state).count() for state in ("unsure", "failed", "queued")}
    return json.dumps(
        {
            **states,
            "building_per_s": _rate(made["n"], made["first"], made["last"]),
            "sending_per_s": _rate(sent["n"], sent["first"], sent["last"]),
            "dead": Delivery.objects.filter(state=Delivery.State.DEAD).count(),
            "wanted": wanted,
        }
    )


def _number(email: str) -> int:
    return int(email.removeprefix("member").partition("@")[0])


def _rate(count: int, first: datetime | None, last: datetime | None) -> float:
    seconds = (last - first).total_seconds() if first and last else 0.0
    return round(count / seconds, 1) if seconds else 0.0
