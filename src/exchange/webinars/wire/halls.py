"""Who is connected to which webinar, and how an event reaches them: encoded once, put into a short
queue of each. Called by the live process alone; nothing here talks to a database."""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from exchange.webinars.wire.setting import Setting
from exchange.webinars.wire.store import EMPTIED, Count, Event, encoded

BEAT = b":\n\n"


class Client:
    """One reader. It is let go when it cannot keep up, and reads on from the table later."""

    __slots__ = (
        "_abort",
        "_is_over",
        "_last",
        "_limit",
        "_wake",
        "at",
        "audiences",
        "gap",
        "touched",
        "until",
        "waiting",
    )

    def __init__(
        self, abort: Callable[[], None], audiences: frozenset[str], setting: Setting, until: float
    ) -> None:
        self._abort = abort
        self._limit = setting.limits.waiting
        self._wake: asyncio.Future[None] | None = None
        self._is_over = False
        self._last = b""
        self.audiences = audiences
        self.at = 0
        self.until = until
        self.gap = random.uniform(*setting.heartbeat)  # noqa: S311 - only spreads
        self.touched = asyncio.get_running_loop().time()
        self.waiting: deque[bytes] = deque()

    @property
    def is_over(self) -> bool:
        return self._is_over

    def put(self, piece: bytes, now: float) -> None:
        """Something to tell. Too much waits already: let the line go."""
        if len(self.waiting) >= self._limit:
            self.leave()
            self._abort()
            return
        self.waiting.append(piece)
        self.touched = now
        self._stir()

    def beat(self, now: float) -> None:
        """A sign of life, when nothing else was said for a while; not behind what waits."""
        if not self.waiting and now - self.touched >= self.gap:
            self.put(BEAT, now)

    def end(self, *, come_back: int) -> None:
        """Say when to come back (milliseconds), and close in good order."""
        self._last = f"retry: {come_back}\n\n".encode()
        self.leave()

    def leave(self) -> None:
        """The line is gone, or is to go."""
        self._is_over = True
        self._stir()

    async def stream(self, send: Any) -> None:
        """Tell whatever comes until it is over. `send` waits while the line is full."""
        while not self._is_over:
            if self.waiting:
                body = b"".join(self.waiting)
                self.waiting.clear()
                await send({"type": "http.response.body", "body": body, "more_body": True})
            else:
                self._wake = asyncio.get_running_loop().create_future()
                await self._wake

    async def close(self, send: Any) -> None:
        await send({"type": "http.response.body", "body": self._last})

    def _stir(self) -> None:
        if self._wake is not None and not self._wake.done():
            self._wake.set_result(None)


class Hall:
    """Everybody who is in one webinar now, and the last number they were told."""

    def __init__(self, last: int) -> None:
        self.last = last
        self.clients: set[Client] = set()
        self.listeners: set[asyncio.Task[None]] = set()
        # The most there were since they were last counted.
        self.most_reading = self.most_listening = 0

    def deliver(self, events: Iterable[Event]) -> None:
        """Put each event before whoever it is for."""
        now = asyncio.get_running_loop().time()
        for event in events:
            self.last = event.seq
            if event.kind == EMPTIED:
                continue
            piece = encoded(event)
            for client in self.clients:
                if event.audience in client.audiences and event.seq > client.at:
                    client.put(piece, now)

    def end(self) -> None:
        """What was open is not any more: all go, and find the door closed."""
        for client in list(self.clients):
            client.end(come_back=random.randint(3000, 6000))  # noqa: S311 - only spreads
        for listener in list(self.listeners):
            listener.cancel()

    def count(self) -> None:
        self.most_reading = max(self.most_reading, len(self.clients))
        self.most_listening = max(self.most_listening, len(self.listeners))


class Halls:
    """All halls with somebody in them."""

    def __init__(self) -> None:
        self.open: dict[int, Hall] = {}
        self._tended = 0.0

    def hall(self, webinar: int, last: int) -> Hall:
        """The hall of a webinar; a new one begins after `last`."""
        if webinar not in self.open:
            self.open[webinar] = Hall(last)
        return self.open[webinar]

    def join(self, webinar: int, client: Client) -> bool:
        """Let a client in who has been told everything up to `client.at`. False: the others
        were told more meanwhile, so it has to read on first."""
        hall = self.hall(webinar, client.at)
        if hall.last > client.at:
            return False
        hall.clients.add(client)
        hall.count()
        return True

    def leave(self, webinar: int, client: Client) -> None:
        if webinar in self.open:
            self.open[webinar].clients.discard(client)
            self.sweep(webinar)

    def sweep(self, webinar: int) -> None:
        """A hall nobody is in is closed, once it has been counted."""
        hall = self.open.get(webinar)
        if hall is None:
            return
        if not (hall.clients or hall.listeners or hall.most_reading or hall.most_listening):
            del self.open[webinar]

    def tend(self, now: float) -> None:
        """Heartbeats, and the end of lines that are old enough; once a second is enough."""
        if now - self._tended < 1:
            return
        self._tended = now
        for hall in self.open.values():
            for client in list(hall.clients):
                if now >= client.until:
                    client.end(come_back=1000)
                else:
                    client.beat(now)

    def counted(self) -> list[Count]:
        """The most of each webinar since the last time; counting begins anew."""
        found = []
        for webinar, hall in list(self.open.items()):
            if hall.most_reading or hall.most_listening:
                found.append(Count(webinar, hall.most_reading, hall.most_listening))
            hall.most_reading = hall.most_listening = 0
            hall.count()
            self.sweep(webinar)
        return found
