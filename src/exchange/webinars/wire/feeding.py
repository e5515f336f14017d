"""Brings what was told from the table to those who are connected: when poked at once, else with the
next look, a second later at most. Called by the live process alone."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from datetime import UTC, datetime

from exchange.webinars.wire.halls import Hall, Halls
from exchange.webinars.wire.setting import Setting
from exchange.webinars.wire.store import Store

log = logging.getLogger("exchange.webinars.wire")

BREATH = 0.02  # seconds in which more pokes become one look
STALE = 10.0  # seconds without a look that went well: then we are not well


class Feed:
    """The one loop that looks, for all webinars with somebody in them."""

    def __init__(self, setting: Setting, store: Store, halls: Halls) -> None:
        self._setting, self._store, self._halls = setting, store, halls
        self._poked = asyncio.Event()
        self._minute = _this_minute()
        self._looked = asyncio.get_running_loop().time()
        self._is_well = True

    def poke(self, webinar: int, seq: int) -> None:
        """Somebody says there is something new. Only a hint: the table decides."""
        hall = self._halls.open.get(webinar)
        if hall is not None and seq > hall.last:
            self._poked.set()

    @property
    def is_well(self) -> bool:
        return asyncio.get_running_loop().time() - self._looked < STALE

    async def run(self) -> None:
        """Look for ever."""
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._setting.pace):
                    await self._poked.wait()
                    await asyncio.sleep(BREATH)
            self._poked.clear()
            try:
                await self._look()
                await self._count()
            except Exception as problem:  # noqa: BLE001 - whatever it is, the next look may do
                self._complain(problem)
                await asyncio.sleep(self._setting.pace)
            else:
                self._is_well = True
            self._halls.tend(asyncio.get_running_loop().time())

    async def _look(self) -> None:
        halls = dict(self._halls.open)
        heads = await self._store.heads(halls.keys()) if halls else {}
        self._looked = asyncio.get_running_loop().time()
        for webinar, hall in halls.items():
            if webinar not in heads:
                hall.end()
            elif heads[webinar] > hall.last:
                await self._read(webinar, hall)

    async def _read(self, webinar: int, hall: Hall) -> None:
        page = self._setting.limits.page
        while True:
            events = await self._store.events(webinar, hall.last, page)
            hall.deliver(events)
            if len(events) < page:
                return

    async def _count(self) -> None:
        minute = _this_minute()
        if minute != self._minute:
            counts, self._minute, before = self._halls.counted(), minute, self._minute
            if counts:
                await self._store.note(counts, before)

    async def finish(self) -> None:
        """Keep what was counted in the minute that has begun."""
        with contextlib.suppress(Exception):
            await self._store.note(self._halls.counted(), self._minute)

    def _complain(self, problem: Exception) -> None:
        if self._is_well:
            log.error("the database does not answer the live process: %s", type(problem).__name__)
        self._is_well = False


def _this_minute() -> datetime:
    return datetime.now(UTC).replace(second=0, microsecond=0)
