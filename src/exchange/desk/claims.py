"""Saying "I am looking at this", so that two hosts do not read the same at once. It binds nobody.
Called by the desk's actions, queries and views."""

from __future__ import annotations

from django.db import transaction

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


def standing() -> dict[tuple[str, int], Claim]:
    """Who looks at what now, in one question."""
    rows = Claim.objects.filter(at__gt=now() - LOOKING_FOR).select_related("by")
    return {(row.what, row.about): row for row in rows[:500]}


def forget_lapsed() -> int:
    """Claims that lapsed say nothing to anybody."""
    return Claim.objects.filter(at__lte=now() - LOOKING_FOR).delete()[0]
