"""The worker: takes what is owed and does it, each delivery exactly once in the database.
Run by the `work` command; tests and seeding call `run_until_idle`."""

import logging
import os
import socket
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic, sleep

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, connection, transaction
from django.utils import translation

from exchange.core import time
from exchange.ledger import actions, queries, registry
from exchange.ledger.models import Delivery

log = logging.getLogger(__name__)

_PACKAGE = f"{Path(__file__).resolve().parent.parent}{os.sep}"
BATCH = 20
LEASE_SECONDS = 60.0
POLL_SECONDS = 0.3
BEAT_EVERY = timedelta(seconds=10)
DATABASE_PAUSE = 3.0
WRITES_AT_A_STRETCH = 0.3
OPEN_DOOR_SECONDS = 0.105


class LeaseLost(Exception):
    """Another worker has this delivery now; whatever was done here is rolled back."""


class Worker:
    """One worker process. `stop` may be called from a signal handler."""

    def __init__(self, *, batch: int = BATCH, lease_seconds: float = LEASE_SECONDS) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self.batch = batch
        self.lease_seconds = lease_seconds
        self.started_at = time.now()
        self.handled = 0
        self._beaten_at: datetime | None = None
        self._slots: dict[str, datetime] = {}
        self._glanced: dict[str, float] = {}
        self._wrote_for = 0.0
        self._stopping = False

    def stop(self) -> None:
        """Finish the delivery in hand, give back the rest, and end."""
        self._stopping = True

    def run_for_ever(self) -> None:
        """Work until told to stop; a database that is away is waited for."""
        while not self._stopping:
            try:
                close_old_connections()
                if not self.round():
                    self._pause(POLL_SECONDS)
            except (DatabaseError, InterfaceError) as error:
                log.warning("the database is away (%s); trying again", type(error).__name__)
                connection.close()
                self._pause(DATABASE_PAUSE)
        self._leave()

    def run_until_idle(self) -> None:
        """Work until nothing is due; what waits for a later time keeps waiting."""
        while not self._stopping and self.round():
            pass
        self._leave()

    def run_until_nothing_is_owed(self) -> None:
        """Work until nothing is owed at all, waiting for retries and for other workers' leases."""
        while not self._stopping:
            if not self.round():
                if not queries.is_anything_owed():
                    break
                self._pause(POLL_SECONDS)
        self._leave()

    def run_once(self) -> None:
        """One look at the clock and one batch."""
        self.round()
        self._leave()

    def round(self) -> int:
        """The clock, then one batch. Returns how many deliveries were taken."""
        now = time.now()
        self._beat(now)
        self._look_at_the_clock(now)
        self._glance()
        # What the glance has just found is due now, not a moment ago.
        now = time.now()
        batch = actions.claim(limit=self.batch, now=now, lease_seconds=self.lease_seconds)
        renew_at = now + timedelta(seconds=self.lease_seconds / 2)
        for place, delivery in enumerate(batch):
            if self._stopping:
                actions.release(batch[place:], now=time.now())
                break
            if time.now() >= renew_at:
                actions.renew(batch[place:], now=time.now(), lease_seconds=self.lease_seconds)
                renew_at = time.now() + timedelta(seconds=self.lease_seconds / 2)
            self._handle(delivery, batch[place:])
        return len(batch)

    def _handle(self, delivery: Delivery, still_held: list[Delivery]) -> None:
        """One delivery. The only place where any exception at all is caught."""
        consumer = registry.consumers.get(delivery.consumer)
        try:
            with translation.override(settings.LANGUAGE_CODE):
                if consumer is None:
                    raise registry.Later("no-such-consumer")
                if consumer.outside:
                    self._do_outside(consumer, delivery, still_held)
                else:
                    begun = monotonic()
                    _do_inside(consumer, delivery)
                    self._let_others_write(monotonic() - begun)
            self.handled += 1
        except LeaseLost:
            log.warning("delivery %s: the lease was lost, nothing was changed", delivery.pk)
        except registry.NotYet as error:
            actions.put_off(delivery, code=error.code, now=time.now(), seconds=error.seconds)
        except registry.Setback as error:
            _set_back(delivery, error.code, final=isinstance(error, registry.GiveUp))
        except Exception as error:  # noqa: BLE001 - whatever a handler raises must not end the worker
            _set_back(delivery, _where(error), final=False)

    def _do_outside(
        self, consumer: registry.Consumer, delivery: Delivery, still_held: list[Delivery]
    ) -> None:
        """Mail, HTTP: no transaction is open while it lasts; the result is recorded afterwards."""
        if not actions.renew([delivery], now=time.now(), lease_seconds=self.lease_seconds):
            raise LeaseLost
        with self._held(still_held):
            settle = consumer.call(delivery, time.now())
        with transaction.atomic():
            if not actions.complete(delivery, now=time.now()):
                raise LeaseLost
            if settle:
                settle()

    def _let_others_write(self, held_for: float) -> None:
        """SQLite has one writer and no queue: whoever waits looks again every 100 ms. A worker
        that always takes the lock again at once would shut out a member's post for as long as it
        has work (measured: 13 s), so now and then it leaves the door open for a little longer."""
        if connection.vendor != "sqlite":
            return
        self._wrote_for += held_for
        if self._wrote_for >= WRITES_AT_A_STRETCH:
            sleep(OPEN_DOOR_SECONDS)
            self._wrote_for = 0.0

    @contextmanager
    def _held(self, deliveries: list[Delivery]) -> Iterator[None]:
        """Keep the leases alive from a thread while slow outside work lasts."""
        over = threading.Event()

        def keep() -> None:
            while not over.wait(self.lease_seconds / 3):
                with suppress(DatabaseError):
                    actions.renew(deliveries, now=time.now(), lease_seconds=self.lease_seconds)
            connection.close()

        thread = threading.Thread(target=keep, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _look_at_the_clock(self, now: datetime) -> None:
        """The database is asked only when a slot has changed since the last look."""
        for clock in registry.clocks.values():
            slot = clock.slot(now)
            if self._slots.get(clock.name) != slot:
                actions.enqueue_slot(clock, now=now)
                self._slots[clock.name] = slot

    def _glance(self) -> None:
        """What breaks in a glance is tried again at the next one; the deliveries go on."""
        for glance in registry.glances.values():
            if monotonic() < self._glanced.get(glance.name, 0.0) + glance.seconds:
                continue
            try:
                glance.call()
            except Exception as error:  # noqa: BLE001 - as for deliveries
                log.warning("%s: %s", glance.name, _where(error))
            self._glanced[glance.name] = monotonic()

    def _beat(self, now: datetime) -> None:
        if self._beaten_at is None or now - self._beaten_at >= BEAT_EVERY:
            actions.beat(worker=self.name, started_at=self.started_at, now=now)
            self._beaten_at = now

    def _pause(self, seconds: float) -> None:
        # A plain flag and short sleeps: a signal handler may not take the lock of an Event.
        until = monotonic() + seconds
        while not self._stopping and monotonic() < until:
            sleep(POLL_SECONDS)

    def _leave(self) -> None:
        actions.forget_worker(self.name)


def run_until_idle() -> int:
    """Do in this process what is due now, without the clock; for tests and seeding."""
    worker = Worker()
    worker._slots = {clock.name: clock.slot(time.now()) for clock in registry.clocks.values()}
    worker.run_until_idle()
    return worker.handled


def _do_inside(consumer: registry.Consumer, delivery: Delivery) -> None:
    """The effects and the done mark are committed together, or neither is."""
    with transaction.atomic():
        if not actions.complete(delivery, now=time.now()):
            raise LeaseLost
        settle = consumer.call(delivery, time.now())
        if settle:
            settle()


def _set_back(delivery: Delivery, error: str, *, final: bool) -> None:
    log.warning("delivery %s to %s: %s", delivery.pk, delivery.consumer, error)
    actions.fail(delivery, error=error, now=time.now(), final=final)


def _where(error: BaseException) -> str:
    """What broke and where; never the error's own words, which may quote a text or an address."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if frame.filename.startswith(_PACKAGE)] or frames
    place = f"{'/'.join(Path(ours[-1].filename).parts[-2:])}:{ours[-1].lineno}" if ours else "?"
    return f"{type(error).__name__} at {place}"
