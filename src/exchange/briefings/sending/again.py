"""Sending an issue to those who missed it: batch by batch as the first time, each person asked about
anew at the moment of queueing. Called by the hooks and the actions of sending."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from exchange.briefings.models import Issue, Newsletter, Subscriber
from exchange.briefings.sending import keys, queries
from exchange.briefings.sending.chain import is_good, next_of
from exchange.briefings.sending.choosing import edition_for
from exchange.briefings.sending.letters import GOOD_FOR, Press
from exchange.briefings.sending.queries import Row
from exchange.core.time import now
from exchange.ledger.actions import owe
from exchange.ledger.models import Event
from exchange.mail.actions import Queued, drop, queue_many, stop_mails
from exchange.mail.models import OutgoingMail

KIND = "newsletter.again"
MORE = "briefings.send_again_more"


@dataclass
class _Desk:
    """The editions that are out, each made ready once."""

    event: Event
    editions: list[Newsletter]
    presses: dict[int, Press] = field(default_factory=dict)

    def press_for(self, subscriber: Subscriber) -> Press | None:
        edition = edition_for(self.editions, hub=subscriber.hub, language=subscriber.language)
        if edition is None:
            return None
        if edition.pk not in self.presses:
            self.presses[edition.pk] = Press(edition)
        return self.presses[edition.pk]


def send_some(event: Event, *, after: int) -> None:
    """The next hundred subscribers: those of them who missed it are written to. In the transaction
    of the delivery, so that a kill leaves all of it or nothing."""
    issue = Issue.objects.filter(pk=int(event.detail["issue"])).first()
    if issue is None or now() > event.at + GOOD_FOR:
        return
    some = next_of(Subscriber.objects.getting().select_related("member"), after)
    if not some:
        return
    desk = _Desk(event, queries.editions_out(issue))
    known = queries.rows_of(issue.pk, [one.pk for one in some])
    letters = [letter for one in some if (letter := _letter(desk, one, known.get(one.pk, [])))]
    queue_many(letters)
    owe(event, consumer=MORE, recipients=[str(some[-1].pk)])


def _letter(desk: _Desk, subscriber: Subscriber, rows: list[Row]) -> Queued | None:
    """None for whoever has it, will have it, or for whom nothing is out."""
    unsure = bool(desk.event.detail.get("unsure"))
    if not queries.is_to_be_sent_again(rows, unsure=unsure):
        return None
    place = {"hub": subscriber.hub, "language": subscriber.language}
    if queries.will_be_reached(subscriber.pk, desk.editions, **place):
        return None
    press = desk.press_for(subscriber)
    attempt = free_attempt(rows)
    if press is None or attempt is None:
        return None
    before = desk.event.at + GOOD_FOR
    letter = press.for_one(subscriber, attempt=attempt, before=before)
    if not is_good(letter):
        return None
    _put_away(rows)
    return letter


def free_attempt(rows: Sequence[Row]) -> int | None:
    """The next number behind "again"; none when it was tried too often."""
    number = max((row.attempt for row in rows), default=-1) + 1
    return number if number <= keys.MOST_TRIES else None


def _put_away(rows: Sequence[Row]) -> None:
    """What failed, or is in doubt, is not let go again beside the new one."""
    stop_mails(ids=[row.pk for row in rows])
    for row in rows:
        if row.state == OutgoingMail.State.UNSURE:
            drop(mail_id=row.pk)
