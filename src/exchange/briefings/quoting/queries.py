"""Finding quotes: by the key of their page, of a member, of a brief.
Called by the views and tags of quoting."""

from __future__ import annotations

from exchange.briefings.models import Quoted
from exchange.contributions.models import State
from exchange.members.models import Member

MOST = 20
_OPEN = (Quoted.Answer.ASKED, Quoted.Answer.NAMED, Quoted.Answer.UNNAMED, Quoted.Answer.DECLINED)


def by_key(key: str) -> Quoted | None:
    """One that its person was asked about, while the words and the brief are there."""
    rows = Quoted.objects.select_related("brief", "member", "contribution")
    quote = rows.filter(key=key, answer__in=_OPEN, brief__sealed_at=None).first()
    if quote is None or quote.brief.state == State.WITHDRAWN:
        return None
    # Hosts' own were never asked.
    return quote if quote.asked_at is not None else None


def of_member(member: Member) -> list[Quoted]:
    """What they are asked about, and what they said; the newest first, open ones before."""
    rows = Quoted.objects.filter(member=member, answer__in=_OPEN, brief__sealed_at=None)
    rows = rows.exclude(brief__state=State.WITHDRAWN).exclude(asked_at=None)
    found = list(rows.select_related("brief").order_by("-asked_at", "pk")[:MOST])
    return sorted(found, key=lambda quote: quote.answer != Quoted.Answer.ASKED)
