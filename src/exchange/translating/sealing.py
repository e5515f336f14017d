"""Translations that may tell of a child at risk: reported, sealed and let back like all words.
Registered by hooks; called through `core.reportable`."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from exchange.core.reportable import NOWHERE, Standing, Words
from exchange.translating import actions
from exchange.translating.models import Translation

PLACE = "translation"


class TranslatedWords:
    """One translation."""

    def find(self, pk: int, reader: Any) -> Words | None:
        member = reader if reader is not None and reader.is_authenticated else None
        row = _rows().visible_to(member).filter(pk=pk).first()
        return None if row is None else _words(row, _text(row))

    def look(self, pk: int) -> Words | None:
        row = _rows().filter(pk=pk).first()
        return None if row is None else _words(row, "" if row.sealed_at else _text(row))

    def standing(self, pk: int) -> Standing:
        row = _rows().filter(pk=pk).first()
        if row is None:
            return NOWHERE
        label = _("sealed") if row.sealed_at else str(Translation.State(row.state).label)
        return Standing(label, is_sealed=row.sealed_at is not None, is_held=row.is_held)

    def lock(self, pk: int) -> None:
        rows = Translation.objects.select_for_update(of=("self",), no_key=True)
        list(rows.filter(pk=pk))

    def seal(self, pk: int) -> None:
        for row in Translation.objects.filter(pk=pk):
            actions.seal_change(row=row, sealed=True)

    def unseal(self, pk: int) -> None:
        for row in Translation.objects.filter(pk=pk):
            actions.seal_change(row=row, sealed=False)

    def withdraw(self, pk: int) -> None:
        with transaction.atomic():
            self.seal(pk)
            for row in _rows().filter(pk=pk):
                actions.take_out(row=row)

    def hold(self, pk: int) -> bool:
        with transaction.atomic():
            row = _rows().filter(pk=pk, state=Translation.State.PUBLISHED, sealed_at=None).first()
            return row is not None and actions.hold_for_reports(row=row)


def _rows() -> Any:
    return Translation.objects.select_related("contribution", "reply")


def _text(row: Translation) -> str:
    return "\n\n".join(filter(None, [row.title, row.whole]))


def _words(row: Translation, text: str) -> Words:
    return Words(
        place=PLACE,
        pk=row.pk,
        text=text,
        title=_("A translation"),
        url=row.get_absolute_url(),
        shown_as=row.shown_translator,
        language=row.language,
        author_id=row.translator_id,
        countries=tuple(row.contribution.country_codes),
    )
