"""Who listens to which events, and what returns by the clock. One function, one decorator.
Used by every room's `hooks.py` when the program starts; read by the actions and the worker."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TypeVar

from django.core.exceptions import ImproperlyConfigured

from exchange.ledger.models import Delivery, Event

MAX_ATTEMPTS = 8

# Outside work may return one: the worker runs it in the transaction that marks the delivery done.
Settle = Callable[[], None]
EventHandler = TypeVar("EventHandler", bound=Callable[[Event], Settle | None])
RecipientHandler = TypeVar("RecipientHandler", bound=Callable[[Event, str], Settle | None])
ClockHandler = TypeVar("ClockHandler", bound=Callable[[datetime], Settle | None])

_CODE = re.compile(r"[a-z0-9-]{1,60}")
_NAME = re.compile(r"[a-z_]+\.[a-z_]+")


class Setback(Exception):
    """A handler's foreseen trouble, told by a short code that is safe to keep and to show."""

    def __init__(self, code: str) -> None:
        if not _CODE.fullmatch(code):
            raise ValueError("a code is 1-60 of a-z, 0-9 and -")
        super().__init__(code)
        self.code = code


class Later(Setback):
    """Try again later, by the usual backoff."""


class NotYet(Setback):
    """It is not its turn: again after so many seconds, and this was no attempt."""

    def __init__(self, code: str, *, seconds: float = 0.0) -> None:
        super().__init__(code)
        self.seconds = seconds


class GiveUp(Setback):
    """Trying again cannot help: straight to the dead letters, where a host decides."""


@dataclass(frozen=True)
class Consumer:
    """One listener. `outside` means that it talks to the world, with no transaction open; `bulk`
    that everything else goes first."""

    name: str
    kinds: frozenset[str]
    call: Callable[[Delivery, datetime], Settle | None]
    max_attempts: int = MAX_ATTEMPTS
    outside: bool = False
    on_retry: Callable[[Event], None] | None = None
    on_drop: Callable[[Event], None] | None = None
    bulk: bool = False

    @property
    def rank(self) -> Delivery.Rank:
        return Delivery.Rank.BULK if self.bulk else Delivery.Rank.USUAL


@dataclass(frozen=True)
class Clock:
    """One job of the clock: `slot(now)` is the beginning of the slot that `now` lies in."""

    name: str
    slot: Callable[[datetime], datetime]


@dataclass(frozen=True)
class Glance:
    """A quick look at something outside the ledger, by each worker between two batches."""

    name: str
    seconds: float
    call: Callable[[], None]


consumers: dict[str, Consumer] = {}
clocks: dict[str, Clock] = {}
glances: dict[str, Glance] = {}


def on(
    *kinds: str,
    consumer: str,
    max_attempts: int = MAX_ATTEMPTS,
    outside: bool = False,
    on_retry: Callable[[Event], None] | None = None,
    on_drop: Callable[[Event], None] | None = None,
    bulk: bool = False,
) -> Callable[[EventHandler], EventHandler]:
    """Call the function once for every event of these kinds.

    `on_retry` and `on_drop` run when a host takes up or throws away a dead letter."""
    if not kinds:
        raise ImproperlyConfigured(f"{consumer} listens to nothing")

    def register(handler: EventHandler) -> EventHandler:
        def call(delivery: Delivery, now: datetime) -> Settle | None:
            return handler(_event(delivery))

        _add(
            Consumer(
                consumer, frozenset(kinds), call, max_attempts, outside, on_retry, on_drop, bulk
            )
        )
        return handler

    return register


def to(
    *,
    consumer: str,
    max_attempts: int = MAX_ATTEMPTS,
    outside: bool = False,
    bulk: bool = False,
) -> Callable[[RecipientHandler], RecipientHandler]:
    """Call the function once for every recipient that `actions.owe` named for an event."""

    def register(handler: RecipientHandler) -> RecipientHandler:
        def call(delivery: Delivery, now: datetime) -> Settle | None:
            return handler(_event(delivery), delivery.recipient)

        _add(Consumer(consumer, frozenset(), call, max_attempts, outside, bulk=bulk))
        return handler

    return register


def every(
    *,
    name: str,
    minutes: int = 0,
    hours: int = 0,
    daily_at: str = "",
    outside: bool = False,
) -> Callable[[ClockHandler], ClockHandler]:
    """Call the function with the present moment, once a slot: every so often, or daily ("03:20", UTC).

    Slots missed while nothing ran are made up for by one call, not by one each."""
    seconds = minutes * 60 + hours * 3600
    if bool(seconds) == bool(daily_at):
        raise ImproperlyConfigured(f"{name}: give either minutes or hours, or daily_at")
    slot = _daily(time.fromisoformat(daily_at)) if daily_at else _periodic(seconds)

    def register(handler: ClockHandler) -> ClockHandler:
        def call(delivery: Delivery, now: datetime) -> Settle | None:
            return handler(now)

        _add(Consumer(name, frozenset(), call, outside=outside))
        clocks[name] = Clock(name, slot)
        return handler

    return register


def glance(*, name: str, seconds: float) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Call the function again and again, so many seconds apart at least, with no transaction open
    and no delivery written: for what comes from outside, such as a spool of files. It has to be
    quick, may be called by several workers at once, and leaves no trace when there is nothing."""

    def register(handler: Callable[[], None]) -> Callable[[], None]:
        if not _NAME.fullmatch(name) or name in glances:
            raise ImproperlyConfigured(f"{name!r}: a glance is named room.what_it_does, once")
        glances[name] = Glance(name, seconds, handler)
        return handler

    return register


def listening_to(kind: str) -> list[Consumer]:
    """The consumers of one kind of event, in the order they were registered."""
    return [consumer for consumer in consumers.values() if kind in consumer.kinds]


def rank(consumer: str) -> Delivery.Rank:
    """Whether a consumer's work is usual or bulk."""
    return consumers[consumer].rank if consumer in consumers else Delivery.Rank.USUAL


def max_attempts(consumer: str) -> int:
    """How often a consumer is tried; a name nobody registered (a newer or older program) as usual."""
    return consumers[consumer].max_attempts if consumer in consumers else MAX_ATTEMPTS


def _add(consumer: Consumer) -> None:
    if not _NAME.fullmatch(consumer.name):
        raise ImproperlyConfigured(f"{consumer.name!r}: a consumer is named room.what_it_does")
    if consumer.name in consumers:
        raise ImproperlyConfigured(f"two consumers are named {consumer.name}")
    consumers[consumer.name] = consumer


def _event(delivery: Delivery) -> Event:
    if delivery.event is None:
        raise ValueError("this delivery has no event")
    return delivery.event


def _periodic(seconds: int) -> Callable[[datetime], datetime]:
    def slot(now: datetime) -> datetime:
        return datetime.fromtimestamp(now.timestamp() // seconds * seconds, tz=UTC)

    return slot


def _daily(at: time) -> Callable[[datetime], datetime]:
    def slot(now: datetime) -> datetime:
        moment = now.astimezone(UTC)
        today = moment.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
        return today if today <= moment else today - timedelta(days=1)

    return slot
