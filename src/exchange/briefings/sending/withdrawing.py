"""What is taken back leaves newsletters: letters that have not gone are written anew without it,
those that went keep no word here. With its edition, all of them end. Called by the hooks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.briefings.models import Item, Newsletter
from exchange.briefings.sending import keys
from exchange.briefings.sending.looking import write_anew
from exchange.briefings.sending.standing import mark_if_public
from exchange.core.time import now
from exchange.core.words import day
from exchange.ledger.models import Event
from exchange.mail.actions import KEEP_DAYS, forget_mails, forget_words, queue_mail, stop_mails
from exchange.mail.models import OutgoingMail
from exchange.mail.paper import Paper, Piece
from exchange.mail.queries import PERHAPS_GONE

A_PART = 100


def editions_with(contribution_id: int) -> list[Newsletter]:
    """The edition itself, and those that tell of it, as far as mails of them have words."""
    rows: Any = Newsletter.objects
    concerned = Q(pk=contribution_id) | Q(items__contribution=contribution_id)
    return list(rows.filter(concerned).distinct().order_by("pk"))


def parts_with(contribution_id: int) -> Iterator[str]:
    """Its letters, as stretches of the ledger's numbers with their edition."""
    since = now() - timedelta(days=KEEP_DAYS + 1)
    for edition in editions_with(contribution_id):
        if edition.sending_since is None or edition.sending_since < since:
            continue
        mails = _of_edition(edition).order_by("pk").values_list("pk", flat=True)
        numbers = list(mails)
        for start in range(0, len(numbers), A_PART):
            part = numbers[start : start + A_PART]
            yield f"{edition.pk}-{part[0]}-{part[-1]}"


def forget_tests(contribution_id: int) -> None:
    """Test mails hold the same words."""
    for edition in editions_with(contribution_id):
        forget_words(key_prefix=f"{keys.TEST}:{edition.pk}:")


def forget_lines(contribution_id: int) -> None:
    """What hosts wrote in one line about it goes with it."""
    Item.objects.filter(contribution=contribution_id).exclude(intro="").update(intro="")


def forget(event: Event, part: str) -> None:
    """One stretch: whatever was written before has other words than the edition has now."""
    edition_id, first, last = (int(number) for number in part.split("-"))
    rows: Any = Newsletter.objects
    edition = rows.filter(pk=edition_id).first()
    if edition is None:
        return
    mark = mark_if_public(edition)
    stretch = _of_edition(edition).filter(pk__gte=first, pk__lte=last).order_by("pk")
    with transaction.atomic():
        gone = [mail for mail in stretch if not mark or not mail.item.endswith(f":{mark}")]
        numbers = [mail.pk for mail in gone]
        stopped = stop_mails(ids=numbers)
        if event.detail.get("recall"):
            _recall(numbers)
        forget_mails(ids=numbers)
        for mail in gone:
            if mail.pk in stopped:
                write_anew(mail)


def _of_edition(edition: Newsletter) -> Any:
    begins, item = keys.prefix(edition.issue_id), keys.item_of(edition.pk, "")
    return OutgoingMail.objects.filter(key__startswith=begins, item__startswith=item)


def _recall(numbers: list[int]) -> None:
    """Whoever may have it is asked to delete it: which mail by its day, and nothing of it."""
    gone = OutgoingMail.objects.filter(pk__in=numbers, state__in=PERHAPS_GONE).exclude(text="")
    for mail in gone.exclude(to_address=""):
        with override(mail.language):
            paper = _asks_to_delete(mail)
        queue_mail(
            to=mail.to_address,
            subject=paper.subject,
            text=paper.text,
            html=paper.html,
            language=mail.language,
            purpose="recall",
            key=f"recall:{mail.pk}",
        )


def _asks_to_delete(mail: OutgoingMail) -> Paper:
    sent_on = day((mail.sent_at or mail.created_at).date())
    said = _("Something you were sent by the Exchange on %(day)s was withdrawn. Please delete that mail, and please do not pass it on.")  # fmt: skip
    thanks = _("You need not do anything else. Thank you for helping us to be careful.")
    pieces = (Piece("plain", said % {"day": sent_on}), Piece("plain", thanks))
    return Paper(_("Please delete a mail from us"), pieces, mail.language)
