"""How rows of this room are locked and what happened is recorded.
Called by the actions beside it, inside their transactions."""

from __future__ import annotations

from exchange.ledger.actions import record
from exchange.members.models import Member
from exchange.organisations.errors import NotAllowed
from exchange.organisations.models import Organisation


def locked(organisation: Organisation) -> Organisation:
    """The row as it stands now. Raises NotAllowed when it is gone."""
    rows = Organisation.objects.select_for_update(of=("self",), no_key=True)
    row: Organisation | None = rows.filter(pk=organisation.pk, gone_at=None).first()
    if row is None:
        raise NotAllowed
    return row


def entry(
    kind: str, organisation_id: int, by: Member | None, *, public: bool = True, **more: int | str
) -> None:
    record(
        kind,
        subject_type="organisation",
        subject_id=organisation_id,
        actor_id=by.pk if by else None,
        detail=dict(more),
        public=public,
    )


def hosts_only(by: Member) -> None:
    if not by.is_host:
        raise NotAllowed
