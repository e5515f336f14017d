"""Saying "I am looking at this", so that two hosts do not read the same at once. It binds nobody.
Called by the desk's actions, queries and views."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery

from exchange.core.time import now
from exchange.desk.models import LOOKING_FOR, Claim
from exchange.members.models import Member


def take(*, what: str, about: int, by: Member) -> Claim:
    """The claim that stands now: another host's, while it has not lapsed, else one's own."""
    with transaction.atomic():
        claim, is_new = Claim.objects.select_for_update().get_or_create(
            what=what, about=about, defaults={"by": by}
        )
        if not is_new and (claim.by_id == by.pk or claim.at <= now() - LOOKING_FOR):
            claim.by, claim.at = by, now()
            claim.save(update_fields=["by", "at"])
    return claim


def drop(*, what: str, about: int, by: Member | None = None) -> None:
    """It is decided; or `by` looks at it no more."""
    claims = Claim.objects.filter(what=what, about=about)
    (claims.filter(by=by) if by else claims).delete()


def standing(what: str) -> dict[str, Subquery]:
    """Who looks at each row now, read with the rows themselves; `of` makes it a claim."""
    rows = Claim.objects.filter(what=what, about=OuterRef("pk"), at__gt=now() - LOOKING_FOR)
    columns = {"claim_at": "at", "claim_by": "by_id", "claim_name": "by__display_name"}
    return {name: Subquery(rows.values(column)[:1]) for name, column in columns.items()}


def of(row: Any, what: str) -> Claim | None:
    """The claim that was read with a row, if somebody looks at it."""
    if row.claim_by is None:
        return None
    by = Member(pk=row.claim_by, display_name=row.claim_name)
    return Claim(what=what, about=row.pk, by=by, at=row.claim_at)


def forget_lapsed() -> int:
    """Claims that lapsed say nothing to anybody."""
    return Claim.objects.filter(at__lte=now() - LOOKING_FOR).delete()[0]
