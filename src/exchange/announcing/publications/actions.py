"""Keeping up with what hosts let out, change and take back, as the world outside is to know it.
Called by hooks, in the transaction of the listener; each step is one entry in the ledger."""

from __future__ import annotations

from exchange.announcing.models import Announcement
from exchange.contributions import kinds
from exchange.contributions.models import Contribution
from exchange.core.time import now
from exchange.ledger.actions import record


def keep_up(*, contribution_id: int, has_changed: bool) -> None:
    """Compare how it stands with what was announced. Twice changes nothing."""
    row = Contribution.objects.filter(pk=contribution_id).first()
    if row is None or not is_told_elsewhere(row):
        return
    known = Announcement.objects.select_for_update(of=("self",), no_key=True)
    standing = known.filter(contribution=row, gone_at=None).first()
    is_out = Contribution.objects.listed().filter(pk=row.pk).exists()
    if is_out and standing is None:
        _entry("announcement.made", _made(row))
    elif is_out and standing is not None and has_changed:
        standing.changed_at = now()
        standing.language = row.language
        standing.hub = _hub(row)
        standing.save(update_fields=["changed_at", "language", "hub"])
        _entry("announcement.changed", standing)
    elif not is_out and standing is not None:
        standing.gone_at = now()
        standing.save(update_fields=["gone_at"])
        _entry("announcement.gone", standing)


def say_anew(*, contribution_id: int) -> None:
    """What was told of it is taken back everywhere, and it is told once more as it is now: a channel
    cannot be asked to change what it has."""
    known = Announcement.objects.select_for_update(of=("self",), no_key=True)
    standing = known.filter(contribution=contribution_id, gone_at=None).first()
    if standing is None:
        return
    standing.gone_at = now()
    standing.save(update_fields=["gone_at"])
    _entry("announcement.gone", standing)
    keep_up(contribution_id=contribution_id, has_changed=False)


def is_told_elsewhere(row: Contribution) -> bool:
    """Only what hosts write for everybody; never a member's words, a pretended one's or those the
    house came with."""
    return is_kind_of_hosts(row.kind) and not row.is_demo and row.origin != "starter"


def is_kind_of_hosts(slug: str) -> bool:
    try:
        return kinds.get(slug).is_by_hosts
    except KeyError:
        return False


def _made(row: Contribution) -> Announcement:
    return Announcement.objects.create(
        contribution=row, kind=row.kind, language=row.language, hub=_hub(row)
    )


def _hub(row: Contribution) -> str:
    return str(getattr(kinds.get(row.kind).full(row), "hub", ""))


def _entry(kind: str, announcement: Announcement) -> None:
    record(
        kind,
        subject_type="announcement",
        subject_id=announcement.pk,
        detail={"kind": announcement.kind},
        public=False,
    )
