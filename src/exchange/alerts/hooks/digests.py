"""The clock of digests, and what becomes of them when a text is taken back.
Loaded by `hooks/__init__.py`."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from exchange.alerts.digests import chain, rewriting
from exchange.alerts.digests.expecting import set_missing
from exchange.core import time
from exchange.ledger.actions import owe
from exchange.ledger.models import Event
from exchange.ledger.registry import every, on, to
from exchange.mail.looking import before_sending
from exchange.mail.models import OutgoingMail


@every(minutes=5, name="alerts.look_for_digests")
def look_for_digests(now: datetime) -> None:
    """Begin with those that are due, unless somebody is at it."""
    chain.begin(now=now)


@on("digest.due", consumer="alerts.build_digests", outside=True)
def build_digests(event: Event) -> Callable[[], None]:
    """One batch; its letters are queued with the mark that it is done."""
    return partial(chain.go_on, chain.build(now=time.now()))


@every(daily_at="02:40", name="alerts.expect_digests")
def expect_digests(now: datetime) -> None:
    """For whom nobody has said yet when the next one goes."""
    set_missing(now=now)


@on(
    "contribution.withdrawn",
    "contribution.sealed",
    "contribution.held",
    "contribution.left_out",
    "reply.withdrawn",
    "reply.unpublished",
    "reply.sealed",
    "reply.held",
    consumer="alerts.forget_in_digests",
    outside=True,
)
def forget_in_digests(event: Event) -> Callable[[], None]:
    """Some hundred at a time, so that no transaction is long; they are looked for before it."""
    codes = rewriting.codes_about(event.subject_type, event.subject_id)
    parts = list(rewriting.parts_with(codes))
    return partial(owe, event, consumer="alerts.forget_some_digests", recipients=parts)


@to(consumer="alerts.forget_some_digests")
def forget_some_digests(event: Event, recipient: str) -> None:
    first, _, last = recipient.partition("-")
    rewriting.forget(first=int(first), last=int(last), event=event)


@before_sending("digest")
def look(mail: OutgoingMail) -> str:
    """The last look, just before it goes."""
    return rewriting.why_not(mail)
