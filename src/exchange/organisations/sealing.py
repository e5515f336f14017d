"""The page of an organisation as words that can be reported, sealed and let back.
Registered by hooks; called by safeguarding through `core.reportable` alone."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from exchange.core.reportable import NOWHERE, Standing, Words
from exchange.core.time import now
from exchange.organisations.actions.rows import entry
from exchange.organisations.models import Organisation

PLACE = "organisation"


class PageOfAnOrganisation:
    """Its names and what its page says of it."""

    def find(self, pk: int, reader: Any) -> Words | None:
        row = Organisation.objects.visible_to(reader).filter(pk=pk).first()
        return _words(row) if row else None

    def look(self, pk: int) -> Words | None:
        row = Organisation.objects.filter(pk=pk).first()
        if row is None:
            return None
        return Words(PLACE, pk, "") if row.sealed_at else _words(row)

    def standing(self, pk: int) -> Standing:
        row = Organisation.objects.filter(pk=pk).first()
        if row is None or row.gone_at is not None:
            return NOWHERE
        label = _("everybody can read it")
        if row.held_at:
            label = _("out of view until a host has looked")
        if row.sealed_at:
            label = _("sealed")
        return Standing(label, is_sealed=bool(row.sealed_at), is_held=bool(row.held_at))

    def lock(self, pk: int) -> None:
        list(Organisation.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk))

    def seal(self, pk: int) -> None:
        with transaction.atomic():
            if Organisation.objects.filter(pk=pk, sealed_at=None).update(sealed_at=now()):
                entry("organisation.sealed", pk, None)

    def unseal(self, pk: int) -> None:
        with transaction.atomic():
            rows = Organisation.objects.filter(pk=pk, gone_at=None)
            if rows.exclude(sealed_at=None, held_at=None).update(sealed_at=None, held_at=None):
                entry("organisation.unsealed", pk, None)

    def withdraw(self, pk: int) -> None:
        with transaction.atomic():
            if Organisation.objects.filter(pk=pk, gone_at=None).update(gone_at=now()):
                entry("organisation.gone", pk, None)

    def hold(self, pk: int) -> bool:
        with transaction.atomic():
            held = Organisation.objects.filter(pk=pk, held_at=None, gone_at=None)
            changed = bool(held.update(held_at=now()))
            if changed:
                entry("organisation.held", pk, None)
        return changed


def _words(row: Organisation) -> Words:
    pieces = (row.acronym, row.about, row.website, row.note)
    return Words(
        place=PLACE,
        pk=row.pk,
        text="\n".join(filter(None, pieces)),
        title=row.name,
        url=row.get_absolute_url(),
        language=row.about_language,
        author_id=row.proposed_by_id,
        countries=(row.country,) if row.country else (),
    )
