"""What is offered beside a record: sent through the gates, decided by hosts, taken back.
Called by the actions and views of short versions, recommendations and give-back statements."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from django.db import IntegrityError, transaction

from exchange.contributions.content import Content
from exchange.contributions.errors import AlreadyDecided, NotAllowed, TooMany
from exchange.contributions.judging import judged
from exchange.contributions.models import Contribution
from exchange.core import ids
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.library.models import GiveBack, Recommendation, Resource, Rung, Standing
from exchange.library.models.offered import Decided
from exchange.library.offering import rules
from exchange.members.actions import accept
from exchange.members.models import Member

# What can be offered, by the name that addresses and the ledger have for it.
OFFERED: dict[str, type[Decided]] = {
    model.WHAT: model for model in (Rung, Recommendation, GiveBack)
}
NEWCOMERS_OFFER = 5

Row = TypeVar("Row", bound=Decided)


def offer(
    *,
    row: Row,
    content: Content,
    by: Member,
    stands_at_once: bool,
    replaces: Callable[[], Any],
    once_key: str = "",
    insist: bool = False,
) -> Row:
    """Keep a text that was written beside a record. It stands when its writer needs no host and
    every gate passes; else it waits. `replaces` finds what stood in its place. The same form twice
    is one text. Raises NotAllowed, TooMany, Refused, and Noticed as `judged` does."""
    if sent_before := _sent_before(row, once_key, by):
        return sent_before
    _check(by, row)
    verdict = judged(
        text=content.whole,
        kind="resource",
        language=row.language,
        author=by,
        origin="web",
        insist=insist,
    )
    row.by, row.shown_as, row.at = by, by.shown_name, now()
    row.once_key = once_key or ids.new_id()
    try:
        with transaction.atomic():
            _keep(row, replaces, by, stands=verdict.passed and stands_at_once)
    except IntegrityError:
        twin = _sent_before(row, once_key, by)
        if twin is None:
            raise
        return twin
    return row


def let_stand(*, row: Decided, by: Member, replaces: Callable[[], Any], note: str = "") -> None:
    """A host lets it stand, and so welcomes its writer. Raises NotAllowed, AlreadyDecided."""
    with transaction.atomic():
        locked = _to_decide(row, by)
        _checked(locked, by, note)
        _let_stand(locked, replaces, by)
        _entry("offered.decided", locked, by)
        if locked.by is not None and locked.by.is_newcomer:
            accept(member=locked.by, by=by)


def decline(*, row: Decided, by: Member, note: str) -> None:
    """A host does not take it, with kind words to its writer. Raises as `let_stand`."""
    with transaction.atomic():
        locked = _to_decide(row, by)
        _checked(locked, by, note)
        locked.standing = Standing.DECLINED
        locked.save()
        _entry("offered.decided", locked, by, public=False)


def check(*, row: Decided, by: Member) -> None:
    """A second person has read what stands. Raises NotAllowed, AlreadyDecided."""
    if not rules.may_decide(by, row):
        raise NotAllowed
    with transaction.atomic():
        locked = _locked(row)
        if locked.standing != Standing.PUBLISHED or locked.checked_at is not None:
            raise AlreadyDecided(locked.checked_as)
        _checked(locked, by, "")
        locked.save()
        enriched(locked.resource_id, by=by, what=locked.WHAT)  # type: ignore[attr-defined]


def take_back(*, row: Decided, by: Member) -> None:
    """Gone from every page; what is kept is that it was. Raises NotAllowed."""
    with transaction.atomic():
        locked = _locked(row)
        if not rules.may_take_back(by, locked):
            raise NotAllowed
        stood = locked.standing == Standing.PUBLISHED
        locked.standing = Standing.WITHDRAWN
        locked.save()
        _entry("offered.taken_back", locked, by, public=stood)
        if stood:
            enriched(locked.resource_id, by=by, what=locked.WHAT)  # type: ignore[attr-defined]


def enriched(resource_id: int, *, by: Member | None, what: str) -> None:
    """Words beside a record have changed; inside the transaction of the change."""
    record(
        "contribution.enriched",
        subject_type="contribution",
        subject_id=resource_id,
        actor_id=by.pk if by else None,
        detail={"what": what},
    )


def _keep(row: Decided, replaces: Callable[[], Any], by: Member, *, stands: bool) -> None:
    _lock(row)
    # Who writes it anew has changed their mind about what they sent before.
    replaces().filter(standing=Standing.WAITING, by=by).update(standing=Standing.WITHDRAWN)
    if stands:
        _let_stand(row, replaces, by)
    else:
        row.save()
        _entry("offered.waits", row, by, public=False)


def _check(by: Member, row: Any) -> None:
    if not rules.may_offer(by, row.resource):
        raise NotAllowed
    if by.is_newcomer and _sent_today(by) >= NEWCOMERS_OFFER:
        raise TooMany


def _sent_today(by: Member) -> int:
    since = now() - timedelta(days=1)
    return sum(
        model._default_manager.filter(by=by, at__gt=since).count() for model in OFFERED.values()
    )


def _sent_before(row: Row, once_key: str, by: Member) -> Row | None:
    if not once_key:
        return None
    return type(row)._default_manager.filter(once_key=once_key, by=by).first()


def _lock(row: Any) -> None:
    """One change at a time beside a record."""
    Contribution.objects.select_for_update(of=("self",)).get(pk=row.resource_id)


def _locked(row: Row) -> Row:
    _lock(row)
    rows = type(row)._default_manager.select_for_update(of=("self",)).select_related("by")
    return rows.get(pk=row.pk)


def _to_decide(row: Row, by: Member) -> Row:
    if not rules.may_decide(by, row):
        raise NotAllowed
    locked = _locked(row)
    resource: Resource = locked.resource  # type: ignore[attr-defined]
    if resource.sealed_at is not None:
        raise NotAllowed
    if locked.standing != Standing.WAITING:
        raise AlreadyDecided(locked.checked_as)
    return locked


def _checked(row: Decided, by: Member, note: str) -> None:
    row.checked_by, row.checked_as, row.checked_at = by, by.shown_name, now()
    row.note = note


def _let_stand(row: Decided, replaces: Callable[[], Any], by: Member) -> None:
    replaces().filter(standing=Standing.PUBLISHED).update(standing=Standing.FORMER)
    row.standing = Standing.PUBLISHED
    row.save()
    enriched(row.resource_id, by=by, what=row.WHAT)  # type: ignore[attr-defined]


def _entry(kind: str, row: Any, by: Member, *, public: bool = True) -> None:
    record(
        kind,
        subject_type=row.WHAT,
        subject_id=row.pk,
        actor_id=by.pk,
        detail={"resource": row.resource_id},
        public=public,
    )
