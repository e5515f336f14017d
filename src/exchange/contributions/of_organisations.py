"""What stands on the page of an organisation from this room: its running notices, and what the people
who work there shared with everybody. Registered by hooks; asked by the page."""

from __future__ import annotations

from typing import Any

from exchange.contributions import noticeboard
from exchange.contributions.cards import cards
from exchange.contributions.models import Contribution, Notice
from exchange.ledger.models import Event
from exchange.organisations.showing import Asked

_MOST_NOTICES = 6
_MOST_SHARED = 12
# What people share in their own name; notices stand apart, and hosts' kinds are everybody's.
SHARED = ("experience", "question", "idea", "discussion", "resource")


def notices(asked: Asked) -> dict[str, Any] | None:
    found = noticeboard.running_of(asked.organisation, _MOST_NOTICES)
    return {"cards": cards(found)} if found else None


def shared(asked: Asked) -> dict[str, Any] | None:
    """Their experiences, then the rest, in one question."""
    if not asked.member_ids:
        return None
    rows = Contribution.objects.listed().filter(author__in=asked.member_ids, kind__in=SHARED)
    found = list(rows.for_lists().order_by("-published_at", "-pk")[:_MOST_SHARED])
    if not found:
        return None
    told = cards(found, with_kind=True)
    return {
        "experiences": [one for one in told if one.kind == "experience"],
        "others": [one for one in told if one.kind != "experience"],
    }


def follow_merged(event: Event) -> None:
    """Two entries became one: notices of the one that went stand on the page of the other."""
    rows: Any = Notice.objects.all()
    rows = rows.filter(by_organisation_id=event.subject_id)
    rows.update(by_organisation_id=int(event.detail["into"]))
