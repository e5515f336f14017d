"""From batch to batch: a hundred subscribers in the order of their numbers, their letters queued in
one transaction with the mark how far it has come, and with the delivery that brings the next.
Whoever takes over after a kill begins where the last transaction ended. Called by the hooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from exchange.briefings.models import Newsletter, Subscriber
from exchange.briefings.models.subscriber import SubscriberQuerySet
from exchange.briefings.sending import queries
from exchange.briefings.sending.letters import GOOD_FOR, Press
from exchange.briefings.sending.standing import mark_of
from exchange.briefings.subscribing.actions import link_those
from exchange.core.time import now
from exchange.ledger.actions import owe
from exchange.ledger.models import Delivery, Event
from exchange.ledger.registry import Later
from exchange.mail import marks
from exchange.mail.actions import Queued, queue_many
from exchange.mail.rules import MailRefused, check_address, check_content, check_headers

KIND = "newsletter.sending"
MORE = "briefings.send_more"
A_BATCH = 100


@dataclass
class Batch:
    """What one transaction will write."""

    edition: int
    since: int
    upto: int
    mark: str
    letters: list[Queued] = field(default_factory=list)


def build(event: Event) -> Batch | None:
    """The letters of the next hundred; outside a transaction. None: nobody is left, or it may not
    go on."""
    edition = _edition(event.subject_id)
    if edition is None or not may_go_on(edition):
        return None
    some = next_of(queries.audience(edition), edition.upto)
    if not some:
        return None
    press = Press(edition)
    known = queries.rows_of(edition.issue_id, [one.pk for one in some])
    new = [one for one in some if one.pk not in known]
    return Batch(edition.pk, edition.upto, some[-1].pk, press.mark, written(press, new))


def keep(batch: Batch, event: Event) -> None:
    """Queue them, in the transaction that marks the delivery done. Somebody else was faster:
    nothing. Raises Later when something in them was taken back since they were written."""
    edition = locked(batch.edition)
    if edition is None or edition.upto != batch.since or not may_go_on(edition):
        return
    if mark_of(edition) != batch.mark:
        raise Later("taken-back-meanwhile")
    queue_many(batch.letters)
    edition.upto = batch.upto
    edition.save(update_fields=["upto"])
    owe(event, consumer=MORE, recipients=[str(batch.upto)])


def next_of(audience: SubscriberQuerySet, after: int) -> list[Subscriber]:
    """The next hundred. Whoever joined with an address that gets it is one person, not two."""
    some = list(audience.filter(pk__gt=after)[:A_BATCH])
    if link_those(addresses=[one.address for one in some if one.address]):
        some = list(audience.filter(pk__gt=after)[:A_BATCH])
    return some


def may_go_on(edition: Newsletter) -> bool:
    """Whether it is on its way, may be read, and is no past that a backup brought back."""
    return is_open(edition, put_back_at=last_put_back())


def is_open(edition: Newsletter, *, put_back_at: datetime | None) -> bool:
    """The same, knowing when a backup was put back last."""
    since = edition.sending_since
    if edition.phase != Newsletter.Phase.SENDING or not edition.is_public or since is None:
        return False
    return now() < since + GOOD_FOR and (put_back_at is None or put_back_at < since)


def last_put_back() -> datetime | None:
    """When the database went back in time, last: nobody knows who has what was sent around it."""
    event = Event.objects.filter(kind=marks.KIND).order_by("-pk").first()
    return event.at if event is not None else None


def is_at_it(edition: Newsletter) -> bool:
    """Whether a batch of it is owed."""
    begun = Event.objects.filter(
        kind=KIND, subject_type="contribution", subject_id=edition.pk
    ).values("pk")
    return Delivery.objects.filter(event__in=begun, run_after__isnull=False).exists()


def written(press: Press, some: Sequence[Subscriber]) -> list[Queued]:
    """Their letters; one that the queue would not take does not stop the others."""
    return [letter for one in some if is_good(letter := press.for_one(one))]


def locked(edition_id: int) -> Newsletter | None:
    """Its row, held, with that of the shared table: whoever withdraws it holds that one."""
    rows: Any = Newsletter.objects.select_for_update(of=("self", "contribution_ptr"), no_key=True)
    found: Newsletter | None = rows.select_related("issue").filter(pk=edition_id).first()
    return found


def _edition(pk: int) -> Newsletter | None:
    rows: Any = Newsletter.objects
    found: Newsletter | None = rows.select_related("issue").filter(pk=pk).first()
    return found


def is_good(letter: Queued) -> bool:
    """Whether the queue takes it; of many it takes all or none."""
    try:
        check_address(letter.to)
        check_content(subject=letter.subject, text=letter.text, html=letter.html)
        check_headers(letter.headers)
    except MailRefused:
        return False
    return True
