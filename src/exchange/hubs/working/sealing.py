"""Words of a group that somebody reported: found as they are shown, sealed, let back by its hosts.
Registered by hooks; called by safeguarding through `core.reportable` alone."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from exchange.core.reportable import NOWHERE, Standing, Words
from exchange.core.time import now
from exchange.hubs.models.working import Paper
from exchange.hubs.working import telling
from exchange.ledger.actions import record
from exchange.mail.actions import drop_queued
from exchange.members.models import Member

PLACE = "group-paper"
State = Paper.State


class GroupWords:
    """Everything a group keeps stands in one table."""

    def find(self, pk: int, reader: Member | None) -> Words | None:
        row = Paper.objects.visible_to(reader).select_related("space").filter(pk=pk).first()
        return _words(row) if row is not None else None

    def look(self, pk: int) -> Words | None:
        row = _row(pk)
        return _words(row) if row is not None else None

    def standing(self, pk: int) -> Standing:
        row = _row(pk)
        if row is None:
            return NOWHERE
        sealed = row.sealed_at is not None
        label = _("sealed") if sealed else str(row.get_state_display())
        return Standing(label, sealed, row.state == State.HELD and not sealed)

    def lock(self, pk: int) -> None:
        list(Paper.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk))

    def seal(self, pk: int) -> None:
        rows = Paper.objects.filter(pk=pk, sealed_at=None)
        _change(rows, pk, "sealed", state=State.HELD, sealed_at=now())

    def unseal(self, pk: int) -> None:
        """It waits for a host of the group, who lets it out."""
        rows = Paper.objects.filter(pk=pk).exclude(sealed_at=None)
        _change(rows, pk, "unsealed", state=State.HELD, sealed_at=None)

    def withdraw(self, pk: int) -> None:
        self.seal(pk)

    def hold(self, pk: int) -> bool:
        rows = Paper.objects.filter(pk=pk, state=State.OUT, sealed_at=None)
        return _change(rows, pk, "held_back", state=State.HELD)


def _change(rows: object, pk: int, what: str, **given: object) -> bool:
    with transaction.atomic():
        row = _row(pk)
        if row is None or not rows.update(**given):  # type: ignore[attr-defined]
            return False
        if what != "unsealed":
            drop_queued(key_prefix=f"{telling.about(pk)}:")
        # Nobody is named: who reported it is no one's business.
        detail = {"space": row.space_id}
        shown = row.kind == Paper.Kind.MEETING and row.space.is_hub
        record(f"paper.{what}", subject_type="paper", subject_id=pk, detail=detail, public=shown)
    return True


def _row(pk: int) -> Paper | None:
    rows = Paper.objects.select_related("space").exclude(state=State.GONE)
    found: Paper | None = rows.filter(pk=pk).first()
    return found


def _words(row: Paper) -> Words:
    text = "\n\n".join(filter(None, [row.title, row.body]))
    return Words(
        place=PLACE,
        pk=row.pk,
        text="" if row.sealed_at is not None else text,
        title=row.space.shown_name,
        url=row.get_absolute_url(),
        shown_as=row.written_by,
        language=row.language,
        author_id=row.author_id,
        countries=tuple(row.space.country_codes),
    )
