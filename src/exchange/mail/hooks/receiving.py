"""What follows for mail that comes in: the spool, each mail's way, and what is forgotten in time.
Loaded by `mail.hooks`."""

from collections.abc import Callable
from datetime import datetime

from exchange.ledger.models import Event
from exchange.ledger.registry import every, glance, on
from exchange.mail.receiving import actions


def let_it_in_again(event: Event) -> None:
    """A host retries a dead letter."""
    actions.reopen(incoming_id=event.subject_id)


@glance(name="mail.take_in", seconds=1)
def take_in() -> None:
    """Mails that the door has put down since the last look."""
    actions.take_in()


@on("mail.arrived", consumer="mail.handle_incoming", outside=True, on_retry=let_it_in_again)
def handle_incoming(event: Event) -> Callable[[], None] | None:
    """One mail: who it is from, what it is for, and who takes it."""
    return actions.handle(incoming_id=event.subject_id)


# Both touch many files: no transaction waits for that.
@every(hours=1, name="mail.look_after_incoming", outside=True)
def look_after_incoming(now: datetime) -> None:
    """What nobody finished waits for a host; what a power cut took is found again."""
    actions.keep_stranded()
    actions.bring_back_lost(at=now)


@every(hours=6, name="mail.forget_incoming", outside=True)
def forget_incoming(now: datetime) -> None:
    """Mails are not kept for ever."""
    actions.forget_old(at=now)
