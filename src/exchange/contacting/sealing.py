"""Words to the hosts that may tell of a child at risk: out of the hosts' sight, with those who look
after safeguarding. Registered by hooks; called through `core.reportable`, and by the actions here."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from exchange.contacting.actions.emptying import forget_mail
from exchange.contacting.models import Contact, Word
from exchange.contacting.rules import mails_about
from exchange.core import worries
from exchange.core.reportable import NOWHERE, Standing, Words
from exchange.core.time import now
from exchange.core.worries import Worry
from exchange.ledger.actions import record
from exchange.mail.actions import drop_queued, forget_words

PLACE = "contact"


def hand_over(word: Word, text: str) -> None:
    """A gate says that the words are about one child. They are sealed already; the case keeps them,
    and the mail they came by does not. In the transaction that takes the words in."""
    contact = word.contact
    forget_mail([word.incoming_id])
    named = [contact.shown_from, f"<{contact.address}>" if contact.address else ""]
    worries.take(
        Worry(
            words=_words(word, text),
            key=f"{PLACE}-{word.pk}",
            from_whom=" ".join(filter(None, named)),
            address=contact.address,
            via=word.via,
        )
    )


class ContactWords:
    """One letter in a matter."""

    def find(self, pk: int, reader: Any) -> Words | None:
        """Hosts alone read them."""
        if reader is None or not reader.is_appointed:
            return None
        row = _found(pk)
        is_open = row is not None and row.sealed_at is None and row.contact.emptied_at is None
        return _words(row, row.text) if row is not None and is_open else None

    def look(self, pk: int) -> Words | None:
        row = _found(pk)
        return None if row is None else _words(row, "" if row.sealed_at else row.text)

    def standing(self, pk: int) -> Standing:
        row = _found(pk)
        if row is None:
            return NOWHERE
        sealed = row.sealed_at is not None
        label = _("sealed") if sealed else _("hosts alone can read it")
        return Standing(label, is_sealed=sealed)

    def lock(self, pk: int) -> None:
        list(Word.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk))

    def seal(self, pk: int) -> None:
        with transaction.atomic():
            if not Word.objects.filter(pk=pk, sealed_at=None).update(sealed_at=now()):
                return
            row = Word.objects.get(pk=pk)
            forget_mail([row.incoming_id])
            letters = f"{mails_about(row.contact_id)}answer:{pk}:"
            drop_queued(key_prefix=letters)
            forget_words(key_prefix=letters)
            _record("contact.sealed", row.contact_id)

    def unseal(self, pk: int) -> None:
        """It is a letter like others after all: hosts should answer it."""
        with transaction.atomic():
            rows = Word.objects.filter(pk=pk, is_withdrawn=False).exclude(sealed_at=None)
            if not rows.update(sealed_at=None):
                return
            row = Word.objects.get(pk=pk)
            if not row.is_hosts:
                Contact.objects.filter(pk=row.contact_id, emptied_at=None).update(
                    state=Contact.State.WAITING, waits_since=now()
                )
            _record("contact.unsealed", row.contact_id)

    def withdraw(self, pk: int) -> None:
        """The case has the words; here they are gone for good."""
        with transaction.atomic():
            self.seal(pk)
            Word.objects.filter(pk=pk).update(text="", is_withdrawn=True)

    def hold(self, pk: int) -> bool:
        """Nobody but hosts reads it, so there is nothing to take out of view."""
        return False


def _found(pk: int) -> Word | None:
    return Word.objects.select_related("contact__member").filter(pk=pk).first()


def _words(row: Word, text: str) -> Words:
    contact = row.contact
    return Words(
        place=PLACE,
        pk=row.pk,
        text=text,
        title=_("A letter to the hosts"),
        shown_as=row.host_name if row.is_hosts else contact.shown_from,
        language=contact.language,
        author_id=row.host_id if row.is_hosts else contact.member_id,
    )


def _record(kind: str, contact_id: int) -> None:
    """Nobody is named: who reported it is no one's business."""
    record(kind, subject_type="contact", subject_id=contact_id, public=False)
