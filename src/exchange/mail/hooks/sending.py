"""What follows for mail that goes: its own queue, and the clock that lets old mails be forgotten.
Loaded by `mail.hooks`."""

from datetime import datetime

from exchange.ledger.models import Event
from exchange.ledger.registry import every, glance, on
from exchange.mail import actions, marks


def let_go_again(event: Event) -> None:
    """A host retries a dead letter."""
    actions.reopen(mail_id=event.subject_id)


def let_rest(event: Event) -> None:
    """A host drops a dead letter."""
    actions.drop(mail_id=event.subject_id)


def send(event: Event) -> None:
    """Send one mail."""
    actions.send(mail_id=event.subject_id)


# An attempt an hour, for as long as the longest mail is good for: a mail server may be away for
# days, and what is stale by then is not sent.
ATTEMPTS = 180

for kind, consumer, is_bulk in (
    ("mail.queued", "mail.send", False),
    ("mail.bulk_queued", "mail.send_bulk", True),
):
    on(
        kind,
        consumer=consumer,
        max_attempts=ATTEMPTS,
        outside=True,
        on_retry=let_go_again,
        on_drop=let_rest,
        bulk=is_bulk,
    )(send)


@on("mail.batch_queued", consumer="mail.send_batch", max_attempts=ATTEMPTS, outside=True, bulk=True)
def send_batch(event: Event) -> None:
    """Send a hundred mails."""
    actions.send_batch(batch=event.subject_id)


@every(hours=1, name="mail.blank_old")
def blank_old(now: datetime) -> None:
    """Some thousand an hour, so that no transaction is long."""
    actions.blank_farewells(now=now)
    actions.blank_old(now=now)


@glance(name="mail.keep_marks", seconds=15)
def keep_marks() -> None:
    """Before anything is sent: has a backup been put back?"""
    marks.keep()
