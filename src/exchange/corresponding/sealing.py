"""Private words that one of the two reported: found as they read them, sealed for both, let back.
Registered by hooks; called by safeguarding through `core.reportable` alone. Whoever handles the case
sees the reported message and no other: what else the two wrote is nobody's to read."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from exchange.core.reportable import NOWHERE, Standing, Words
from exchange.core.time import now
from exchange.corresponding.keeping import forget
from exchange.corresponding.models import Message
from exchange.ledger.actions import record

PLACE = "message"


class PrivateWords:
    """One message between two members."""

    def find(self, pk: int, reader: Any) -> Words | None:
        """Only the two can read it, and so report it."""
        row = _rows().visible_to(reader).exclude(text="").filter(pk=pk).first()
        return _words(row, row.text) if row is not None else None

    def look(self, pk: int) -> Words | None:
        row = _rows().filter(pk=pk).first()
        return None if row is None else _words(row, row.text if row.stands else "")

    def standing(self, pk: int) -> Standing:
        row = _rows().filter(pk=pk).first()
        if row is None:
            return NOWHERE
        if row.is_withdrawn:
            return Standing(_("gone for good"))
        sealed, held = row.sealed_at is not None, row.held_at is not None
        if sealed or held:
            return Standing(_("neither of the two can read it"), sealed, held and not sealed)
        return Standing(_("the two it is between can read it"))

    def lock(self, pk: int) -> None:
        list(Message.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk))

    def seal(self, pk: int) -> None:
        with transaction.atomic():
            if Message.objects.filter(pk=pk, sealed_at=None).update(sealed_at=now()):
                _hidden(pk, "message.sealed")

    def unseal(self, pk: int) -> None:
        with transaction.atomic():
            rows = Message.objects.filter(pk=pk, is_withdrawn=False)
            rows = rows.exclude(sealed_at=None, held_at=None)
            if rows.update(sealed_at=None, held_at=None):
                _record("message.unsealed", pk)

    def withdraw(self, pk: int) -> None:
        """The case has the words; here they are gone for good."""
        with transaction.atomic():
            self.seal(pk)
            Message.objects.filter(pk=pk).update(text="", is_withdrawn=True)

    def hold(self, pk: int) -> bool:
        with transaction.atomic():
            rows = Message.objects.filter(pk=pk, sealed_at=None, held_at=None)
            if not rows.update(held_at=now()):
                return False
            _hidden(pk, "message.held")
            return True


def _rows() -> Any:
    return Message.objects.select_related("writer", "correspondence")


def _words(row: Message, text: str) -> Words:
    return Words(
        place=PLACE,
        pk=row.pk,
        text=text,
        title=_("A private message"),
        shown_as=row.writer.shown_name if row.writer else "",
        language=row.language,
        author_id=row.writer_id,
    )


def _hidden(pk: int, kind: str) -> None:
    forget(Message.objects.get(pk=pk).correspondence_id, [pk])
    _record(kind, pk)


def _record(kind: str, pk: int) -> None:
    """Nobody is named: who reported it is no one's business."""
    record(kind, subject_type="message", subject_id=pk, public=False)
