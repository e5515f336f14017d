"""What somebody tried, when a reader reports it: found as it is shown, sealed, let back by a host.
Registered by hooks; called by safeguarding through `core.reportable` alone."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from exchange.core.reportable import NOWHERE, Standing, Words
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.members.models import Member
from exchange.webinars.models import Tried
from exchange.webinars.queries import visible

PLACE = "tried"


class TriedWords:
    """Words that stand on the page of a webinar, without a name."""

    def find(self, pk: int, reader: Member | None) -> Words | None:
        rows = Tried.objects.filter(pk=pk, is_out=True, sealed_at=None).exclude(words="")
        seen = rows.filter(webinar__in=visible(reader)).select_related("webinar").first()
        return _words(seen) if seen is not None else None

    def look(self, pk: int) -> Words | None:
        row = Tried.objects.filter(pk=pk).select_related("webinar").first()
        return _words(row) if row is not None else None

    def standing(self, pk: int) -> Standing:
        row = Tried.objects.filter(pk=pk).first()
        if row is None:
            return NOWHERE
        sealed, held = row.sealed_at is not None, not row.is_out
        label = _("sealed") if sealed else _("waits for a host") if held else _("out")
        return Standing(label, sealed, held and not sealed)

    def lock(self, pk: int) -> None:
        list(Tried.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk))

    def seal(self, pk: int) -> None:
        rows = Tried.objects.filter(pk=pk, sealed_at=None)
        self._change(rows.update, pk, "sealed", is_out=False, sealed_at=now())

    def unseal(self, pk: int) -> None:
        """It waits for a host, who lets it out."""
        rows = Tried.objects.filter(pk=pk).exclude(sealed_at=None)
        self._change(rows.update, pk, "unsealed", is_out=False, sealed_at=None)

    def withdraw(self, pk: int) -> None:
        self.seal(pk)

    def hold(self, pk: int) -> bool:
        rows = Tried.objects.filter(pk=pk, is_out=True, sealed_at=None)
        return self._change(rows.update, pk, "held", is_out=False)

    def _change(self, update: object, pk: int, what: str, **given: object) -> bool:
        with transaction.atomic():
            row = Tried.objects.filter(pk=pk).first()
            if row is None or not update(**given):  # type: ignore[operator]
                return False
            # Nobody is named: who reported it is no one's business.
            detail = {"webinar": row.webinar_id}
            record(f"tried.{what}", subject_type="tried", subject_id=pk, detail=detail)
        return True


def _words(row: Tried) -> Words:
    webinar = row.webinar
    return Words(
        place=PLACE,
        pk=row.pk,
        text="" if row.sealed_at is not None else row.words,
        title=webinar.title,
        url=webinar.get_absolute_url(),
        language=row.language,
        author_id=row.member_id,
        countries=tuple(webinar.country_codes),
    )
