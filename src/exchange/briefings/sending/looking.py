"""The last look before a newsletter leaves: still wanted, still to be read, still the same words and
the same address; if not, a better letter takes its place. Called by the hooks of sending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from exchange.briefings.models import Newsletter, Subscriber
from exchange.briefings.sending import keys, queries
from exchange.briefings.sending.again import free_attempt
from exchange.briefings.sending.chain import is_good
from exchange.briefings.sending.letters import Press
from exchange.briefings.sending.standing import mark_if_public, mark_now
from exchange.mail.actions import queue
from exchange.mail.models import OutgoingMail

State = OutgoingMail.State


def not_to_the_stopped(mails: Sequence[OutgoingMail]) -> Mapping[int, str]:
    """Of some mails those that nobody wants any more, or that would go to a former address."""
    ours = {mail.pk: mail for mail in mails if mail.purpose == keys.PURPOSE}
    names = {pk: keys.name_of(mail.key, mail.item) for pk, mail in ours.items()}
    numbers = {name.subscriber for name in names.values() if name}
    if not numbers:
        return {}
    rows = Subscriber.objects.getting().filter(pk__in=numbers).select_related("member")
    getting = {one.pk: one.mail_address for one in rows}
    return {
        pk: code
        for pk, name in names.items()
        if name and (code := _against(getting.get(name.subscriber), ours[pk]))
    }


def why_not(mail: OutgoingMail) -> str:
    """The code of why this one may not go as it is, or ""."""
    name = keys.name_of(mail.key, mail.item)
    if name is None:
        return ""
    mark = mark_now(name.edition, expected=name.mark)
    if not mark:
        return "not-visible"
    if mark == name.mark:
        return ""
    write_anew(mail)
    return "written-anew"


def write_anew(mail: OutgoingMail) -> None:
    """Its edition as it is now, to the same person, unless another one is on its way already."""
    name = keys.name_of(mail.key, mail.item)
    press = _press(name.edition) if name else None
    if name is None or press is None:
        return
    with transaction.atomic():
        held = Subscriber.objects.getting().select_for_update(of=("self",), no_key=True)
        subscriber = held.select_related("member").filter(pk=name.subscriber).first()
        if subscriber is None:
            return
        others = queries.rows_of(name.issue, [subscriber.pk]).get(subscriber.pk, [])
        attempt = free_attempt(others)
        if attempt is None or any(row.has_it for row in others if row.pk != mail.pk):
            return
        letter = press.for_one(subscriber, attempt=attempt, before=mail.send_before)
        if is_good(letter):
            queue(letter)


def _against(address: str | None, mail: OutgoingMail) -> str:
    if address is None:
        return "newsletter-stopped"
    if address.lower() != mail.to_address.lower():
        write_anew(mail)
        return "address-changed"
    return ""


def _press(edition_id: int) -> Press | None:
    """Many letters in a row are written anew with the same words."""
    edition = Newsletter.objects.filter(pk=edition_id).first()
    mark = mark_if_public(edition)  # type: ignore[arg-type]
    if not mark:
        return None
    if _pressed.get("for") != (edition_id, mark):
        _pressed.update({"for": (edition_id, mark), "press": Press(edition)})  # type: ignore[arg-type]
    found: Press = _pressed["press"]
    return found


_pressed: dict[str, Any] = {}
