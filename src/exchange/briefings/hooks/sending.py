"""The clock of newsletters, their batches, the last look, and what becomes of them when something
is taken back. Loaded by hooks/__init__.py."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from exchange.briefings.sending import actions, again, chain, keys, looking, withdrawing
from exchange.ledger.actions import owe
from exchange.ledger.models import Event
from exchange.ledger.registry import Settle, every, on, to
from exchange.mail.looking import before_sending, before_sending_some

before_sending_some(looking.not_to_the_stopped)
before_sending(keys.PURPOSE)(looking.why_not)


@every(minutes=1, name="briefings.send_due", outside=True)
def send_due(now: datetime) -> None:
    """What is scheduled, what stands still, what is done."""
    actions.start_due(at=now)
    actions.look_after(at=now)


@on(chain.KIND, consumer="briefings.send_first", outside=True, bulk=True)
def send_first(event: Event) -> Settle | None:
    """The first batch, or the next after a pause."""
    batch = chain.build(event)
    return partial(chain.keep, batch, event) if batch else None


@to(consumer=chain.MORE, outside=True, bulk=True)
def send_more(event: Event, recipient: str) -> Settle | None:
    """The batch behind the one that ended with this number."""
    return send_first(event)


@on(again.KIND, consumer="briefings.send_again", bulk=True)
def send_again(event: Event) -> None:
    """Those who missed it, the first hundred."""
    again.send_some(event, after=0)


@to(consumer=again.MORE, bulk=True)
def send_again_more(event: Event, recipient: str) -> None:
    again.send_some(event, after=int(recipient))


@on(
    *("contribution.withdrawn", "contribution.sealed", "contribution.held"),
    "contribution.left_out",
    consumer="briefings.forget_in_newsletters",
    outside=True,
)
def forget_in_newsletters(event: Event) -> Callable[[], None]:
    """Some hundred letters at a time; they are looked for before the transaction."""
    withdrawing.forget_tests(event.subject_id)
    if event.kind in ("contribution.withdrawn", "contribution.sealed"):
        withdrawing.forget_lines(event.subject_id)
    parts = list(withdrawing.parts_with(event.subject_id))
    return partial(owe, event, consumer="briefings.forget_some_newsletters", recipients=parts)


@to(consumer="briefings.forget_some_newsletters")
def forget_some_newsletters(event: Event, recipient: str) -> None:
    withdrawing.forget(event, recipient)
